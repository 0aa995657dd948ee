/** The time of day that a minute of the lecture falls on. */

/**
 * @param start as a time field gives it, `09:30`.
 * @param minute of the lecture, from 0.
 * @returns `10:05`; nothing for a field that is empty.
 */
export function timeOfDay(start: string, minute: number): string | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(start) ?? [];
  if (hours === undefined) return undefined;
  const at = Number(hours) * 60 + Number(minutes) + minute;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(at / 60) % 24)}:${two(at % 60)}`;
}
