import { expect, it } from 'vitest';
import { medianCounts } from '../../bench/median-counts.ts';

it('gives the median of each unit, and leaves out what most counts lack', () => {
  const counts = [
    { 'sqs.requests': 60, 'lambda.mbMs': 900, 'logs.bytes': 260 },
    { 'sqs.requests': 63, 'lambda.mbMs': 400 },
    { 'sqs.requests': 60, 'lambda.mbMs': 500 },
  ];
  expect(medianCounts(counts)).toEqual({ 'sqs.requests': 60, 'lambda.mbMs': 500 });
});
