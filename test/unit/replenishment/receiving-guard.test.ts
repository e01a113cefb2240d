import { describe, expect, it } from 'vitest';
import { findOrderRisks } from '../../../shared/replenishment/inbound/find-order-risks.ts';
import { noteStoredUnits } from '../../../shared/replenishment/inbound/note-stored-units.ts';
import { capacityRisks } from '../../../shared/replenishment/inbound/receiving-guard.ts';
import type { OrderState } from '../../../shared/replenishment/purchasing/order-state.ts';
import { now, sentOrder } from './replenishment-builders.ts';

const warehouse = {
  ...{ warehouseId: 'pl-poznan', receiving: { unitsPerDay: 100 }, workingDays: [1, 2, 3, 4, 5] },
  holidays: ['2026-12-24', '2026-12-25'],
};
/** The lead time of the orders ends on 21 December 2026, a Monday. */
const order = (id: string, units: number, over: Partial<OrderState> = {}) => ({
  state: { ...sentOrder({ MUG: units }), replenishmentOrderId: id, ...over },
  steps: [],
  sendAttempts: 0,
});
const noticed = (id: string, units: number, expectedAt: string, portOfArrival?: string) => {
  const { state, ...stored } = order(id, units);
  const leg = {
    ...{ mode: 'sea' as const, fromCountry: 'CN' as const },
    ...(portOfArrival === undefined ? {} : { portOfArrival }),
  };
  const shipped = {
    ...{ noticeId: 'N', lines: [{ sku: 'MUG', units }], leg, expectedAt, spreadBy: 'weight', bulkEntry: [] },
    ...{ replenishmentOrderId: id, sequence: 4, at: now, by: 'supplier' },
  };
  return {
    ...stored,
    state: {
      ...state,
      status: 'shipped',
      lines: state.lines.map((line) => ({ ...line, onTheWay: units })),
      notices: [{ shipped }],
    } as unknown as OrderState,
  };
};
const days = (
  orders: Parameters<typeof capacityRisks>[0],
  over: Partial<Parameters<typeof capacityRisks>[1]> = {},
) =>
  capacityRisks(orders, { warehouses: [warehouse], stored: [], congested: [], now, ...over }).map(
    ({ from, fitsOn }) => [from, fitsOn],
  );

describe('a warehouse whose dock takes 100 units a working day', () => {
  it('is warned of the day on which more arrives, with the day on which the rest fits', () => {
    expect(days([order('a', 60), order('b', 40)])).toEqual([]);
    // 21 December has 60; 50 more fit on the 22nd.
    expect(days([order('a', 60), order('b', 50)])).toEqual([['2026-12-21', '2026-12-22']]);
    // 22 and 23 December are full; 24 and 25 are holidays, 26 and 27 a weekend.
    const three = ['a', 'b', 'c', 'd'].map((id) => order(id, 100));
    expect(days(three)).toEqual([['2026-12-21', '2026-12-28']]);
  });

  it('takes several days for a delivery that is larger than a day', () => {
    expect(days([order('a', 250)])).toEqual([['2026-12-21', '2026-12-23']]);
  });

  it('counts what is announced on the day of the notice, and the rest on that of the order', () => {
    const early = noticed('a', 60, '2026-12-14T08:00:00.000Z');
    expect(days([early, order('b', 100)])).toEqual([]);
    const partly = { ...early, state: { ...early.state, lines: order('a', 160).state.lines } };
    // 160 are open, 60 of them announced: the others come on the 21st.
    const rest = partly.state.lines.map((line) => ({ ...line, onTheWay: 60 }));
    expect(days([{ ...partly, state: { ...partly.state, lines: rest } }, order('b', 1)])).toEqual([
      ['2026-12-21', '2026-12-22'],
    ]);
  });

  it('counts what comes by a congested port later, and what is overdue today', () => {
    const byPort = noticed('a', 60, '2026-12-14T08:00:00.000Z', 'PLGDN');
    const congested = [{ port: 'PLGDN', delayDays: 7, until: '2027-01-01T00:00:00.000Z' }];
    expect(days([byPort, order('b', 50)], { congested })).toEqual([['2026-12-21', '2026-12-22']]);
    expect(
      days([byPort, order('b', 50)], { congested: [{ port: 'PLGDN', delayDays: 7, until: now }] }),
    ).toEqual([]);
    // The first of December is a Tuesday.
    const late = noticed('c', 70, '2026-11-20T08:00:00.000Z');
    expect(days([late, noticed('d', 70, now)])).toEqual([['2026-12-01', '2026-12-02']]);
  });

  it('moves an arrival of a closed day to the next one without a warning', () => {
    const saturday = noticed('a', 60, '2026-12-19T08:00:00.000Z');
    expect(days([saturday])).toEqual([]);
    expect(days([saturday, order('b', 41)])).toEqual([['2026-12-21', '2026-12-22']]);
  });

  it('counts a delivery until it was received', () => {
    const coming = noticed('a', 60, '2026-12-21T08:00:00.000Z');
    expect(days([coming, order('b', 50)])).toHaveLength(1);
    const { state } = coming;
    const came = {
      ...{ ...state, status: 'received' as const },
      notices: state.notices.map((notice) => ({ ...notice, received: {} as never })),
      lines: state.lines.map((line) => ({ ...line, onTheWay: 0, open: 0, received: 60 })),
    };
    expect(days([{ ...coming, state: came }, order('b', 50)])).toEqual([]);
  });

  it('is not warned of ended orders, of other warehouses, or of what is far away', () => {
    const many = (over: Partial<OrderState>) => [order('a', 200, over)];
    expect(days(many({ status: 'cancelled' }))).toEqual([]);
    expect(days(many({ warehouseId: 'cn-shenzhen' }))).toEqual([]);
    expect(days(many({ expectedAt: '2027-03-02T10:00:00.000Z' }))).toEqual([]);
    expect(days(many({ expectedAt: '2027-03-01T10:00:00.000Z' }))).toHaveLength(1);
    const { receiving: _, ...unlimited } = warehouse;
    expect(days(many({}), { warehouses: [unlimited] })).toEqual([]);
  });
});

it('a warehouse that is full is warned of, until enough was sold', () => {
  const full = { ...warehouse, receiving: { unitsPerDay: 1_000, storageUnits: 500 } };
  const stored = [{ warehouseId: 'pl-poznan', units: 500, perDayMilli: 4_000, day: '2026-12-01' }];
  // Until 21 December 20 x 4 = 80 are sold: 420 are left, and 100 do not fit before 25 days: 28 December, a Monday.
  const over = { warehouses: [full], stored };
  expect(days([order('a', 80)], over)).toEqual([]);
  expect(days([order('a', 100)], over)).toEqual([['2026-12-21', '2026-12-28']]);
  // It never sells: no day is found.
  const never = [{ ...stored[0], perDayMilli: 0 }] as typeof stored;
  expect(days([order('a', 100)], { warehouses: [full], stored: never })).toEqual([['2026-12-21', undefined]]);
});

it('a run notes the units of the warehouses whose storage has a limit, unplanned products included', async () => {
  const noted: unknown[] = [];
  const plan = (sku: string, available: number, perDay?: number, warehouseId = 'pl-poznan') => ({
    ...{ sku, warehouseId, outcome: 'enough', reasons: [] },
    stock: { available, reserved: 2, quarantined: 1, open: 50, openOrderIds: [] },
    ...(perDay === undefined ? {} : { forecast: { method: 'mean', version: '1', perDay } }),
  });
  const plans = [
    plan('MUG', 10, 1.5),
    plan('CUP', -4, 0.25),
    plan('HAT', 5),
    plan('MUG', 99, 1, 'cn-shenzhen'),
  ];
  const deps = {
    runs: { load: async () => ({ folder: 'f' }), batches: async () => [{ plansKey: 'p' }] },
    files: { read: async () => plans },
    catalogue: {
      network: async () => ({
        warehouses: [
          { warehouseId: 'pl-poznan', receiving: { unitsPerDay: 1, storageUnits: 1 } },
          { warehouseId: 'cn-shenzhen', receiving: { unitsPerDay: 1 } },
        ],
      }),
    },
    risks: { putStoredUnits: async (stored: readonly unknown[]) => void noted.push(...stored) },
  };
  await noteStoredUnits(deps as unknown as Parameters<typeof noteStoredUnits>[0], '2026-12-01');
  // MUG 10 + 2 + 1, CUP 0 + 2 + 1, HAT 5 + 2 + 1.
  expect(noted).toEqual([{ warehouseId: 'pl-poznan', units: 24, perDayMilli: 1_750, day: '2026-12-01' }]);
});

it('a cancellation that nobody took for a day is a risk until it is taken', async () => {
  const cancelled = (over: Partial<OrderState> = {}) =>
    order('a', 10, { status: 'cancelled', cancelledAt: now, cancelledFor: 'not-needed', ...over });
  const found = async (stored: ReturnType<typeof order> | undefined, at: string) =>
    (
      await findOrderRisks(
        {
          orders: {
            open: async () => [],
            dueToSend: async () => (stored === undefined ? [] : ['a']),
            load: async () => stored,
          },
          risks: { congestedPorts: async () => [], storedUnits: async () => [] },
          catalogue: { network: async () => ({ warehouses: [] }) as never },
        },
        at,
      )
    ).map(({ riskKey }) => riskKey);
  expect(await found(cancelled(), '2026-12-02T10:00:00.000Z')).toEqual([]);
  expect(await found(cancelled(), '2026-12-02T10:00:00.001Z')).toEqual(['cancellation-not-taken#a']);
  // The supplier refused it itself, it is still to be sent, or it was taken.
  const later = '2026-12-03T10:00:00.000Z';
  expect(await found(cancelled({ cancelledFor: 'supplier-refused' }), later)).toEqual([]);
  expect(await found(order('a', 10, { status: 'approved' }), later)).toEqual([]);
  expect(await found(undefined, later)).toEqual([]);
});
