import { expect, it } from 'vitest';
import { emptyTally, figuresOf } from '../../bench/load/figures.ts';
import { type GrowthFigures, growthLines } from '../../bench/load/growth.ts';

it('figures of growth are lines with the number of stored orders, and of shoppers where they are more', () => {
  const usage = {
    before: { cpuMs: 0, residentMb: 1, dataKb: 0 },
    after: { cpuMs: 80, residentMb: 1, dataKb: 0 },
  };
  const placing = figuresOf(
    1,
    { ...emptyTally(), checkoutsMs: [40, 40], placingsMs: [24, 24] },
    4_000,
    usage,
  );
  const paying = {
    ...{ shoppers: 1, paid: 3, unpaid: 0, delivered: 3, deliveredPerSecond: 1.5, cpuMsPerOrder: 200 },
    ...{
      questionsPerOrder: 1,
      cpuMsPerQuestion: 3,
      readUnitsPerOrder: 42,
      residentMb: 400,
      mostResidentMb: 500,
      dataKbPerOrder: 9,
    },
    ...{ statuses: new Map([[201, 6]]), withoutAdvice: 0 },
  };
  const level = { shoppers: 1, placing, placingReadUnits: 6, paying };
  const figures: GrowthFigures = {
    stored: 1_000,
    levels: [level, { ...level, shoppers: 4 }],
    openPageMs: 35,
    closedPageMs: undefined,
  };
  const lines = growthLines([figures]);
  expect(lines).toContain('load placing-p50-ms@stored-1000 24.0');
  expect(lines).toContain('load cpu-ms-per-order@stored-1000 40.0');
  expect(lines).toContain('load read-units-per-order-of-4@stored-1000 6.00');
  expect(lines).toContain('load delivered-read-units-per-order@stored-1000 42.0');
  expect(lines).toContain('load open-page-ms@stored-1000 35.0');
  expect(lines.join('\n')).not.toContain('closed-page-ms');
});
