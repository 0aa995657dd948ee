/** `$bitsAllSet`, `$bitsAllClear`, `$bitsAnySet`, `$bitsAnyClear` (manual, "Bitwise Query Operators"). */
import { fail } from '../errors.ts';
import { describe } from '../values/describe.ts';
import { isIntegral, toNumber } from '../values/numbers.ts';
import { Binary, isNumeric, Long, type Maybe, type Value } from '../values/types.ts';

const TESTS: Record<string, (bits: bigint, mask: bigint) => boolean> = {
  $bitsAllSet: (bits, mask) => (bits & mask) === mask,
  $bitsAllClear: (bits, mask) => (bits & mask) === 0n,
  $bitsAnySet: (bits, mask) => (bits & mask) !== 0n,
  $bitsAnyClear: (bits, mask) => (bits & mask) !== mask,
};

export function bitTest(operator: string, operand: Value): (value: Maybe) => boolean {
  const mask = maskOf(operator, operand);
  const test = TESTS[operator]!;
  return (value) => {
    const bits = bitsOf(value);
    return bits !== null && test(bits, mask);
  };
}

function bitsOf(value: Maybe): bigint | null {
  if (value instanceof Binary) {
    return value.value().reduceRight((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
  }
  if (!isNumeric(value) || !isIntegral(value)) return null;
  return value instanceof Long ? value.toBigInt() : BigInt(toNumber(value));
}

function maskOf(operator: string, operand: Value): bigint {
  if (Array.isArray(operand)) {
    return operand.reduce<bigint>((mask, position) => {
      if (!isNumeric(position) || !isIntegral(position) || toNumber(position) < 0) {
        fail(2, `bit positions must be an integer >= 0 but got: ${describe(position)}`);
      }
      return mask | (1n << BigInt(toNumber(position)));
    }, 0n);
  }
  const mask = bitsOf(operand);
  if (mask === null)
    fail(
      2,
      `${operator} takes an Array, a number, or a BinData but received: ${describe(operand)}`,
    );
  if (mask < 0n) fail(9, `Expected a non-negative number in: ${operator}: ${describe(operand)}`);
  return mask;
}
