import { describe, expect, it } from 'vitest';
import {
  emptyTally,
  figuresOf,
  hasFailure,
  noteAnswer,
  percentile,
  resultLines,
  sumOf,
} from '../../bench/load/figures.ts';
import { isSound, type PayingFigures, payingLines } from '../../bench/load/paying.ts';

const tally = (checkoutsMs: number[], statuses: readonly [number, number][]) => ({
  ...emptyTally(),
  checkoutsMs,
  statuses: new Map(statuses),
});

describe('the figures of a load', () => {
  it('have percentiles by the nearest rank, and no percentile without values', () => {
    const values = Array.from({ length: 20 }, (_, index) => 20 - index);
    expect([percentile(values, 0.5), percentile(values, 0.95), percentile([7], 0.95)]).toEqual([10, 19, 7]);
    expect(percentile([], 0.5)).toBeUndefined();
  });

  it('are divided by the time, and the usage is divided by the orders', () => {
    const sum = sumOf([
      tally([100, 300], [[201, 4]]),
      tally(
        [200, 400],
        [
          [201, 4],
          [503, 1],
        ],
      ),
    ]);
    const before = { cpuMs: 1_000, residentMb: 300, dataKb: 50 };
    const after = { cpuMs: 1_600, residentMb: 310, dataKb: 58 };
    const figures = figuresOf(2, sum, 8_000, { before, after });
    // 4 orders in 8 s; 600 ms and 8 KB for 4 orders.
    expect(figures).toMatchObject({ orders: 4, ordersPerSecond: 0.5, cpuMsPerOrder: 150, dataKbPerOrder: 2 });
    expect(resultLines([figures])).toEqual([
      'load orders-per-second@2 0.50',
      'load checkout-p50-ms@2 200',
      'load checkout-p95-ms@2 400',
      'load cpu-ms-per-order@2 150',
      'load resident-mb@2 310',
      'load data-kb-per-order@2 2.00',
      'load answers-201@2 8',
      'load answers-503@2 1',
    ]);
  });

  it('have no figure per order if there is no order', () => {
    const usage = { cpuMs: 0, residentMb: 1, dataKb: 0 };
    const { cpuMsPerOrder, ordersPerSecond } = figuresOf(1, emptyTally(), 1_000, {
      before: usage,
      after: usage,
    });
    expect([cpuMsPerOrder, ordersPerSecond]).toEqual([undefined, 0]);
  });

  it('contain the wait from Retry-After, or a second if the header is missing', () => {
    const noted = emptyTally();
    const waits = (['3', null, 'soon'] as const).map((header) => noteAnswer(noted, 503, header));
    expect(waits).toEqual([3_000, 1_000, 1_000]);
    expect(noteAnswer(noted, 201, null)).toBeUndefined();
    expect([...noted.statuses]).toEqual([
      [503, 3],
      [201, 1],
    ]);
    expect(noted.withoutAdvice).toBe(1);
  });

  it.each([
    [[[201, 9]], 0, false],
    [
      [
        [201, 9],
        [503, 4],
        [429, 2],
        [409, 1],
      ],
      0,
      false,
    ],
    [[[503, 4]], 1, true],
    [[[500, 1]], 0, true],
    [[[504, 1]], 0, true],
    [[[0, 1]], 0, true],
  ] as [[number, number][], number, boolean][])(
    'of answers %j with %i bare refusals fail: %s',
    (answers, bare, fails) => {
      expect(hasFailure({ statuses: new Map(answers), withoutAdvice: bare })).toBe(fails);
    },
  );
});

describe('the figures of shoppers that pay', () => {
  const level: PayingFigures = {
    shoppers: 16,
    paid: 30,
    unpaid: 0,
    delivered: 30,
    deliveredPerSecond: 2.5,
    partOfBest: 0.9,
    cpuMsPerOrder: 400,
    cpuPartsPerOrder: { main: 90, functions: 200, helpers: 40, engine: 70, lake: 3 },
    questionsPerOrder: 1.5,
    cpuMsPerQuestion: 4,
    readUnitsPerOrder: 50,
    residentMb: 700,
    mostResidentMb: 900,
    dataKbPerOrder: 90,
    statuses: new Map([
      [201, 60],
      [503, 2],
    ]),
    withoutAdvice: 0,
  };

  it('are lines with the number of shoppers', () => {
    expect(payingLines([level])).toEqual([
      'load paid-orders@16 30',
      'load unpaid-orders@16 0',
      'load delivered-orders@16 30',
      'load delivered-per-second@16 2.50',
      'load delivered-rate-of-best@16 0.90',
      'load delivered-cpu-ms-per-order@16 400',
      'load delivered-cpu-ms-main@16 90.0',
      'load delivered-cpu-ms-functions@16 200',
      'load delivered-cpu-ms-helpers@16 40.0',
      'load delivered-cpu-ms-engine@16 70.0',
      'load delivered-cpu-ms-lake@16 3.00',
      'load delivered-cpu-ms-questions@16 6.00',
      'load delivered-read-units-per-order@16 50.0',
      'load delivered-resident-mb@16 700',
      'load delivered-most-resident-mb@16 900',
      'load delivered-data-kb-per-order@16 90.0',
      'load paying-answers-201@16 60',
      'load paying-answers-503@16 2',
    ]);
  });

  it('are sound if each paid order was delivered and nothing failed', () => {
    expect(isSound(level)).toBe(true);
    expect(isSound({ ...level, delivered: 29 })).toBe(false);
    expect(isSound({ ...level, statuses: new Map([[500, 1]]) })).toBe(false);
    expect(isSound({ ...level, withoutAdvice: 1 })).toBe(false);
  });
});
