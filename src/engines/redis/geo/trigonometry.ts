/**
 * Sine, cosine and arc sine, correctly rounded. Browsers differ from one another, and from the C library
 * under redis-server, in the last bit of every thirtieth result; a distance that is stored shows it.
 *
 * Numbers are pairs of doubles here, whose sum has twice the digits.
 */

/** A number as the sum of two doubles that do not overlap. */
interface Double2 {
  high: number;
  low: number;
}

/** The exact sum of two doubles. */
function sum(a: number, b: number): Double2 {
  const high = a + b;
  const part = high - a;
  return { high, low: a - (high - part) + (b - part) };
}

/** 2^27 + 1 cuts the 53 bits of a double in halves. */
const SPLITTER = 134217729;

/** The exact product of two doubles. */
function product(a: number, b: number): Double2 {
  const high = a * b;
  let t = SPLITTER * a;
  const a1 = t - (t - a);
  const a2 = a - a1;
  t = SPLITTER * b;
  const b1 = t - (t - b);
  const b2 = b - b1;
  return { high, low: a1 * b1 - high + a1 * b2 + a2 * b1 + a2 * b2 };
}

function add(a: Double2, b: Double2): Double2 {
  const s = sum(a.high, b.high);
  return sum(s.high, s.low + a.low + b.low);
}
function times(a: Double2, b: Double2): Double2 {
  const p = product(a.high, b.high);
  return sum(p.high, p.low + a.high * b.low + a.low * b.high);
}
function dividedBy(a: Double2, divisor: number): Double2 {
  const high = a.high / divisor;
  const p = product(high, divisor);
  return sum(high, (a.high - p.high - p.low + a.low) / divisor);
}

/** π/2 to 160 bits: the third part is for taking multiples of it away. */
const HALF_PI = [1.5707963267948966, 6.123233995736766e-17, -1.4973849048591833e-33] as const;

/** Terms of the series: enough for π/4 and twice the digits of a double. */
const TERMS = 14;

/** ±1/n!, for the even and the odd n. */
const [EVEN, ODD] = [0, 1].map((first) => {
  const coefficients: Double2[] = [{ high: 1, low: 0 }];
  for (let i = 1; i < TERMS; i++) {
    const n = 2 * i + first;
    coefficients.push(dividedBy(coefficients[i - 1]!, -(n * (n - 1))));
  }
  return coefficients;
}) as [Double2[], Double2[]];

function series(coefficients: Double2[], square: Double2): Double2 {
  let total = coefficients[TERMS - 1]!;
  for (let i = TERMS - 2; i >= 0; i--) total = add(times(total, square), coefficients[i]!);
  return total;
}

/** Beyond it the multiples of π/2 would need more digits, and nothing on Earth is that far. */
const FAR = 1e5;

/** The sine of an angle and `quarter` quarters of a circle. */
function sine(x: number, quarter: number): Double2 {
  const turns = Math.round(x / HALF_PI[0]);
  let rest: Double2 = { high: x, low: 0 };
  for (const part of HALF_PI) rest = add(rest, product(-turns, part));
  const square = times(rest, rest);
  const at = (((turns + quarter) % 4) + 4) % 4;
  const value = at % 2 === 0 ? times(rest, series(ODD, square)) : series(EVEN, square);
  return at < 2 ? value : { high: -value.high, low: -value.low };
}

export function sin(x: number): number {
  return Math.abs(x) < FAR && x !== 0 ? sine(x, 0).high : Math.sin(x);
}
export function cos(x: number): number {
  return Math.abs(x) < FAR ? sine(x, 1).high : Math.cos(x);
}
/** One step of Newton's method makes the browser's result exact. */
export function asin(x: number): number {
  const angle = Math.asin(x);
  if (!(Math.abs(x) < 1) || x === 0) return angle;
  const back = sine(angle, 0);
  return angle + (x - back.high - back.low) / Math.cos(angle);
}
