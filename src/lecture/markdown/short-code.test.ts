import { expect, test } from 'vitest';
import { shortCodeClass } from '../../foundation/markup/short-code.ts';

test.each(['->>', 'ORDER BY', 'IS NOT NULL', "data->>'ram'"])('%s stays on one line', (code) => {
  expect(shortCodeClass(code)).toBe('short-code');
});
test.each(['SELECT', 'db.orders.find({ customer_id: 1 })', ''])('%s may break', (code) => {
  expect(shortCodeClass(code)).toBeUndefined();
});
