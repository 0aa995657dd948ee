/**
 * x87 `long double` arithmetic for INCRBYFLOAT and HINCRBYFLOAT: Redis adds in 80 bits (64 of them
 * mantissa) and prints `%.17Lf`, which is why 0.1 + 0.2 is 0.3 there. A value is `mantissa × 2^exponent`.
 */
interface LongDouble {
  mantissa: bigint;
  exponent: number;
}

const bits = (n: bigint): number => n.toString(2).length;
const abs = (n: bigint): bigint => (n < 0n ? -n : n);

/** Rounds `numerator / denominator` to a 64-bit mantissa, halves to even. */
function round(numerator: bigint, denominator: bigint): LongDouble {
  if (numerator === 0n) return { mantissa: 0n, exponent: 0 };
  const negative = numerator < 0n;
  let n = abs(numerator);
  let d = denominator;
  let exponent = bits(n) - bits(d) - 64;
  if (exponent < 0) n <<= BigInt(-exponent);
  else d <<= BigInt(exponent);
  while (n / d >= 1n << 64n) {
    d <<= 1n;
    exponent++;
  }
  while (n / d < 1n << 63n) {
    n <<= 1n;
    exponent--;
  }
  let q = n / d;
  const twice = (n % d) * 2n;
  if (twice > d || (twice === d && (q & 1n) === 1n)) q++;
  return { mantissa: negative ? -q : q, exponent };
}

const DECIMAL = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i;
const HEX = /^([+-]?)0x([\da-f]*)\.?([\da-f]*)(?:p([+-]?\d+))?$/i;

/** The value of `text`, `'infinite'`, or `undefined` where it is no number (or out of the type's range). */
export function parseLongDouble(text: string): LongDouble | 'infinite' | undefined {
  if (/^[+-]?inf(inity)?$/i.test(text)) return 'infinite';
  const decimal = DECIMAL.exec(text);
  const hex = decimal ? null : HEX.exec(text);
  const [, sign, whole, fraction, power] = decimal ?? hex ?? [];
  if (whole === undefined || fraction === undefined) return undefined;
  if (whole.length + fraction.length === 0) return undefined;
  const prefix = hex ? '0x' : '';
  let n = BigInt(`${prefix}${whole}${fraction}`);
  if (sign === '-') n = -n;
  if (n === 0n) return { mantissa: 0n, exponent: 0 };
  if (hex) return shift(n, Number(power ?? 0) - 4 * fraction.length);
  const e = Number(power ?? 0) - fraction.length;
  if (e + bits(abs(n)) * 0.30103 > 4932.1 || e < -4950 - whole.length - fraction.length)
    return undefined;
  return e >= 0 ? round(n * 10n ** BigInt(e), 1n) : round(n, 10n ** BigInt(-e));
}

function shift(n: bigint, e: number): LongDouble | undefined {
  if (Math.abs(e) > 16000) return undefined;
  return e >= 0 ? round(n << BigInt(e), 1n) : round(n, 1n << BigInt(-e));
}

export function addLongDoubles(a: LongDouble, b: LongDouble): LongDouble {
  const e = Math.min(a.exponent, b.exponent);
  const sum = (a.mantissa << BigInt(a.exponent - e)) + (b.mantissa << BigInt(b.exponent - e));
  return e >= 0 ? round(sum << BigInt(e), 1n) : round(sum, 1n << BigInt(-e));
}

/** `%.17Lf` with the zeros at its end dropped. */
export function formatLongDouble({ mantissa, exponent }: LongDouble): string {
  const negative = mantissa < 0n;
  let scaled = abs(mantissa) * 10n ** 17n;
  if (exponent >= 0) scaled <<= BigInt(exponent);
  else {
    const d = 1n << BigInt(-exponent);
    const twice = (scaled % d) * 2n;
    scaled /= d;
    if (twice > d || (twice === d && (scaled & 1n) === 1n)) scaled++;
  }
  const digits = scaled.toString().padStart(18, '0');
  const fraction = digits.slice(-17).replace(/0+$/, '');
  const text = digits.slice(0, -17) + (fraction && `.${fraction}`);
  return negative && text !== '0' ? `-${text}` : text;
}

/** `ceill(value × factor)`, rounded to the type after the multiplication. */
export function ceilTimes(value: LongDouble, factor: bigint): bigint {
  const e = value.exponent;
  const n = value.mantissa * factor;
  const product = e >= 0 ? round(n << BigInt(e), 1n) : round(n, 1n << BigInt(-e));
  if (product.exponent >= 0) return product.mantissa << BigInt(product.exponent);
  const d = 1n << BigInt(-product.exponent);
  const q = product.mantissa / d;
  return product.mantissa % d > 0n ? q + 1n : q;
}
