import { expect, it } from 'vitest';
import { operatorReference } from './reference.ts';

it('OPERATORS.md lists what the code has', async () => {
  await expect(operatorReference()).toMatchFileSnapshot('./OPERATORS.md');
});
