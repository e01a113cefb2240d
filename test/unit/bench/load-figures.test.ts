import { describe, expect, it } from 'vitest';
import {
  emptyTally,
  figuresOf,
  percentile,
  resultLines,
  retryAfterMs,
  sumOf,
} from '../../bench/load/figures.ts';

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
    expect([retryAfterMs('3'), retryAfterMs(null), retryAfterMs('soon')]).toEqual([3_000, 1_000, 1_000]);
  });
});
