/**
 * The random numbers of scripts: `drand48`'s generator (48 bits, linear congruential). They go on from script to script,
 * and begin with the same number after every start of a server.
 */

const MULTIPLIER = 0x5deece66dn;
const INCREMENT = 0xbn;
const MOST = 2 ** 31 - 1;

export class Random {
  private state = 0x1234abcd330en;

  /** @param value 32 bits. */
  seed(value: number): void {
    this.state = (BigInt.asUintN(32, BigInt(value)) << 16n) | 0x330en;
  }
  /** At least 0, below 1. */
  next(): number {
    this.state = BigInt.asUintN(48, this.state * MULTIPLIER + INCREMENT);
    return (Number(this.state >> 17n) % MOST) / MOST;
  }
}
