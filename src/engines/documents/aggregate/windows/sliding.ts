/**
 * What functions keep of a window while it slides: a value comes in at its end, another leaves at its beginning, and
 * neither costs more in a large window than in a small one.
 */
import { compare, type StringOrder } from '../../values/compare.ts';
import { addDecimals, type Decimal, negateDecimal, toDecimal128 } from '../../values/decimal.ts';
import { hashKey } from '../../values/hash.ts';
import { divide, integer, type Numeric, Sum, toDecimal, toNumber } from '../../values/numbers.ts';
import {
  Decimal128,
  double,
  Double,
  isNumeric,
  Long,
  type Maybe,
  type Value,
} from '../../values/types.ts';

/** The state of a function in its window. */
export interface Sliding<T = Maybe> {
  add(value: T): void;
  /** Takes out the value that was added first. */
  remove(value: T): void;
  value(): Value;
}

/**
 * A sum that numbers can be taken out of again. What is left over decides on its type: without its only double, a sum
 * of integers is an integer.
 */
export class RunningSum implements Sliding {
  private integers = 0;
  private big = 0n;
  private longs = 0;
  private doubles = 0;
  private high = 0;
  private low = 0;
  private decimals = 0;
  private decimal: Decimal | null = null;
  /** NaN, Infinity and -Infinity: what they were added to would be lost. */
  private readonly endless = new Map<number, number>();

  add(value: Maybe): void {
    if (isNumeric(value)) this.count(value, 1);
  }

  remove(value: Maybe): void {
    if (isNumeric(value)) this.count(value, -1);
  }

  private count(n: Numeric, sign: 1 | -1): void {
    if (typeof n === 'number') {
      if ((n | 0) === n) this.integers += sign * n;
      else this.countDouble(n, sign);
    } else if (n instanceof Double) this.countDouble(n.value, sign);
    else if (n instanceof Long) {
      this.longs += sign;
      this.big += n.toBigInt() * BigInt(sign);
    } else this.countDecimal(n, sign);
  }

  private countDouble(n: number, sign: 1 | -1): void {
    this.doubles += sign;
    if (!Number.isFinite(n)) {
      this.countEndless(n, sign);
      return;
    }
    const added = sign * n;
    const sum = this.high + added;
    const part = sum - this.high;
    this.low += this.high - (sum - part) + (added - part);
    this.high = sum;
    if (this.doubles === 0) [this.high, this.low] = [0, 0];
  }

  private countDecimal(n: Decimal128, sign: 1 | -1): void {
    this.decimals += sign;
    const number = toDecimal(n);
    if (number.kind !== 'finite') {
      this.countEndless(toNumber(n), sign);
      return;
    }
    const added = sign === 1 ? number : negateDecimal(number);
    this.decimal = this.decimal ? addDecimals(this.decimal, added) : added;
    if (this.decimals === 0) this.decimal = null;
  }

  private countEndless(n: number, sign: 1 | -1): void {
    this.endless.set(n, (this.endless.get(n) ?? 0) + sign);
  }

  private endlessSum(): number {
    let sum = 0;
    for (const [n, count] of this.endless) if (count > 0) sum += n;
    return sum;
  }

  /** The sum as the nearest JavaScript number. */
  number(): number {
    return this.high + this.low + this.integers + Number(this.big) + this.endlessSum();
  }

  value(): Numeric {
    const endless = this.endlessSum();
    if (this.decimals > 0) {
      if (endless !== 0) return Decimal128.fromString(String(endless));
      const sum = new Sum();
      if (this.decimal) sum.add(toDecimal128(this.decimal));
      sum.add(integer(this.big + BigInt(this.integers)));
      sum.add(this.high + this.low);
      return sum.value();
    }
    if (this.doubles > 0) return double(this.number());
    if (this.longs === 0 && (this.integers | 0) === this.integers) return this.integers;
    return integer(this.big + BigInt(this.integers), this.longs > 0 ? 'long' : 'int');
  }
}

export class RunningMean implements Sliding {
  private readonly sum = new RunningSum();
  private count = 0;

  add(value: Maybe): void {
    if (!isNumeric(value)) return;
    this.sum.add(value);
    this.count += 1;
  }

  remove(value: Maybe): void {
    if (!isNumeric(value)) return;
    this.sum.remove(value);
    this.count -= 1;
  }

  value(): Value {
    return this.count === 0 ? null : divide(this.sum.value(), this.count);
  }
}

/** Of the values that are there, each waits only as long as no later one beats it. */
export class RunningExtreme implements Sliding {
  private readonly direction: 1 | -1;
  private readonly strings: StringOrder;
  private readonly waiting: { value: Value; at: number }[] = [];
  private first = 0;
  private added = 0;
  private removed = 0;

  constructor(direction: 1 | -1, strings: StringOrder) {
    this.direction = direction;
    this.strings = strings;
  }

  add(value: Maybe): void {
    const at = this.added++;
    if (value === undefined || value === null) return;
    const { waiting } = this;
    while (
      waiting.length > this.first &&
      this.direction * compare(value, waiting.at(-1)!.value, this.strings) > 0
    )
      waiting.pop();
    waiting.push({ value, at });
  }

  remove(): void {
    const at = this.removed++;
    if (this.waiting[this.first]?.at === at) this.first += 1;
    if (this.first > 1000) {
      this.waiting.splice(0, this.first);
      this.first = 0;
    }
  }

  value(): Value {
    return this.waiting[this.first]?.value ?? null;
  }
}

export class RunningSet implements Sliding {
  private readonly values = new Map<unknown, { value: Value; count: number }>();

  add(value: Maybe): void {
    if (value === undefined) return;
    const key = hashKey(value);
    const known = this.values.get(key);
    if (known) known.count += 1;
    else this.values.set(key, { value, count: 1 });
  }

  remove(value: Maybe): void {
    if (value === undefined) return;
    const key = hashKey(value);
    const known = this.values.get(key)!;
    known.count -= 1;
    if (known.count === 0) this.values.delete(key);
  }

  value(): Value {
    return Array.from(this.values.values(), ({ value }) => value);
  }
}

/** Welford's method, backwards as well. */
export class RunningDeviation implements Sliding {
  private readonly sample: boolean;
  private sum = new RunningSum();
  private squares = new RunningSum();
  private count = 0;
  private endless = 0;

  constructor(sample: boolean) {
    this.sample = sample;
  }

  add(value: Maybe): void {
    this.update(value, 1);
  }

  remove(value: Maybe): void {
    this.update(value, -1);
  }

  private update(value: Maybe, by: 1 | -1): void {
    if (!isNumeric(value)) return;
    const n = toNumber(value);
    if (!Number.isFinite(n)) {
      this.endless += by;
      return;
    }
    const count = this.count + by;
    const difference = this.count * n - this.sum.number();
    if (count > 0 && this.count > 0)
      this.squares.add(double((difference * difference * by) / (count * this.count)));
    this.sum.add(double(by * n));
    this.count = count;
    if (count > 1) return;
    this.squares = new RunningSum();
    if (count === 0) this.sum = new RunningSum();
  }

  value(): Value {
    if (this.endless > 0) return NaN;
    const divisor = this.sample ? this.count - 1 : this.count;
    if (divisor < 1) return null;
    return double(Math.sqrt(Math.max(0, this.squares.number()) / divisor));
  }
}

/** Pairs of numbers; whatever is none is passed over. */
export class RunningCovariance implements Sliding {
  private readonly sample: boolean;
  private x = new RunningSum();
  private y = new RunningSum();
  private product = 0;
  private count = 0;

  constructor(sample: boolean) {
    this.sample = sample;
  }

  add(value: Maybe): void {
    const pair = pairOf(value);
    if (!pair) return;
    const [x, y] = pair;
    const distance = x - (this.count === 0 ? 0 : this.x.number() / this.count);
    this.count += 1;
    this.x.add(double(x));
    this.y.add(double(y));
    if (this.count > 1) this.product += distance * (y - this.y.number() / this.count);
  }

  remove(value: Maybe): void {
    const pair = pairOf(value);
    if (!pair) return;
    const [x, y] = pair;
    const distance = y - this.y.number() / this.count;
    this.count -= 1;
    this.x.remove(double(x));
    this.y.remove(double(y));
    if (this.count > 1) this.product -= (x - this.x.number() / this.count) * distance;
    else this.product = 0;
  }

  value(): Value {
    const divisor = this.sample ? this.count - 1 : this.count;
    return divisor < 1 ? null : double(this.product / divisor);
  }
}

function pairOf(value: Maybe): [number, number] | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [x, y] = value;
  return isNumeric(x) && isNumeric(y) ? [toNumber(x), toNumber(y)] : null;
}

/** A value of an {@link OrderedWindow}, and when it came: of equals, the earlier is before the later. */
export interface Placed<T> {
  value: T;
  at: number;
}

/** The values of a window in an order of their own. */
export class OrderedWindow<T> {
  private readonly order: (a: T, b: T) => number;
  private items: Placed<T>[] = [];
  private waiting: Placed<T>[] = [];

  constructor(order: (a: T, b: T) => number) {
    this.order = order;
  }

  private readonly compare = (a: Placed<T>, b: Placed<T>): number =>
    this.order(a.value, b.value) || a.at - b.at;

  add(value: T, at: number): void {
    this.waiting.push({ value, at });
  }

  remove(value: T, at: number): void {
    this.settle();
    this.items.splice(this.placeOf({ value, at }), 1);
  }

  /** The values in order. They are the window's own: not to be changed. */
  sorted(): readonly Placed<T>[] {
    this.settle();
    return this.items;
  }

  private placeOf(item: Placed<T>): number {
    let [low, high] = [0, this.items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare(this.items[middle]!, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private settle(): void {
    if (this.waiting.length > 16) this.items = [...this.items, ...this.waiting].sort(this.compare);
    else for (const item of this.waiting) this.items.splice(this.placeOf(item), 0, item);
    this.waiting = [];
  }
}
