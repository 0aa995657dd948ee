import { expect, it } from 'vitest';
import { loadEveryPart } from './parts/parts.ts';
import { operatorReference } from './reference.ts';

it('OPERATORS.md lists what the code has', async () => {
  await loadEveryPart();
  await expect(operatorReference()).toMatchFileSnapshot('./OPERATORS.md');
});
