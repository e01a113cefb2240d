import { expect, it } from 'vitest';
import { functionLimits } from '../../../shared/lake/engine/function-limits.ts';

it.each([
  // 34 percent of the memory, and a processor for each 1,769 MB.
  [512, { memoryMb: 174, threads: 1 }],
  [1_769, { memoryMb: 601, threads: 1 }],
  [3_538, { memoryMb: 1_202, threads: 2 }],
])('of %i MB, the engine takes %j', (memoryMb, limits) => {
  expect(functionLimits(memoryMb)).toEqual(limits);
});
