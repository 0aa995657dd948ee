/** A time left or passed, as a person says it, in at most two units: `59 s`, `4 min 30 s`, `2 d 3 h`. */
const UNITS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

/** @param milliseconds a fraction of a second counts as a whole one: what has time left is still there. */
export function sayDuration(milliseconds: number): string {
  let left = Math.ceil(milliseconds / 1000);
  if (left < 1) return '0 s';
  const first = UNITS.findIndex(([seconds]) => left >= seconds);
  return UNITS.slice(first, first + 2)
    .map(([seconds, unit]) => {
      const count = Math.floor(left / seconds);
      left -= count * seconds;
      return count > 0 ? `${count} ${unit}` : '';
    })
    .filter(Boolean)
    .join(' ');
}
