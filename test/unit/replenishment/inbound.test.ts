import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receiptEffects, receiveCommand } from '../../../shared/replenishment/inbound/receive.ts';
import { spreadFreight } from '../../../shared/replenishment/inbound/spread-freight.ts';
import { decideOrder } from '../../../shared/replenishment/purchasing/decide-order.ts';
import { evolve } from '../../../shared/replenishment/purchasing/order-state.ts';
import { eur, now, sentOrder } from './replenishment-builders.ts';

const line = (units: number, unitWeightGrams: number, unitValueMinor: number) => ({
  ...{ units, unitWeightGrams, unitValueMinor },
});

describe('a bill of freight', () => {
  it('is spread by weight or by value, to the cent', () => {
    // 10.01 EUR over 3 x 500 g and 7 x 100 g, 2,200 g: 682.5 and 318.5 cents, so 683 and 318 (the earlier line first).
    // 683 = 3 x 227 + 2, 318 = 7 x 45 + 3.
    expect(spreadFreight(eur(1_001), [line(3, 500, 1), line(7, 100, 9)], 'weight')).toEqual([
      { share: eur(683), perUnitMinor: 227, unitsWithOneMore: 2 },
      { share: eur(318), perUnitMinor: 45, unitsWithOneMore: 3 },
    ]);
    // By value, 3 x 1 and 7 x 9, 66: 45.5 and 955.5, so 46 and 955. 46 = 3 x 15 + 1, 955 = 7 x 136 + 3.
    expect(spreadFreight(eur(1_001), [line(3, 500, 1), line(7, 100, 9)], 'value')).toEqual([
      { share: eur(46), perUnitMinor: 15, unitsWithOneMore: 1 },
      { share: eur(955), perUnitMinor: 136, unitsWithOneMore: 3 },
    ]);
    expect(spreadFreight(eur(1_001), [line(0, 500, 1)], 'weight')).toBeUndefined();
  });

  it('is the sum of what all units bear, whatever the units', () => {
    const lines = fc.array(
      fc.tuple(fc.nat(5_000), fc.nat(30_000), fc.nat(1_000_000)).map(([u, w, v]) => line(u, w, v)),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(
        lines,
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.constantFrom('weight', 'value'),
        (all, bill, by) => {
          const shares = spreadFreight(eur(bill), all, by);
          if (shares === undefined) return;
          const units = shares.map(({ share, perUnitMinor, unitsWithOneMore }, index) => {
            const count = all[index]?.units ?? 0;
            expect(unitsWithOneMore).toBeLessThan(Math.max(1, count));
            expect(perUnitMinor * count + unitsWithOneMore).toBe(share.amount);
            return perUnitMinor * count + unitsWithOneMore;
          });
          expect(units.reduce((sum, each) => sum + each, 0)).toBe(bill);
        },
      ),
    );
  });
});

describe('a receipt', () => {
  const sent = sentOrder({ MUG: 10, HAT: 10 });
  const shipped = decideOrder(
    sent,
    {
      ...{ kind: 'ship', noticeId: 'N1', spreadBy: 'weight', bulkEntry: [], freight: eur(1_000) },
      ...{ leg: { mode: 'sea', fromCountry: 'CN' }, expectedAt: '2026-12-20T08:00:00.000Z' },
      lines: [
        { sku: 'MUG', units: 10 },
        { sku: 'HAT', units: 10 },
      ],
    },
    { at: now, by: 'operator' },
  );
  const state = shipped.ok ? shipped.value.reduce(evolve, sent) : sent;
  const products = new Map(
    ['MUG', 'HAT'].map((sku) => [sku, { unitWeightGrams: sku === 'MUG' ? 400 : 100 }]),
  ) as unknown as Parameters<typeof receiveCommand>[2];
  const counted = [
    { sku: 'HAT', received: 0, short: 10, damaged: 0, rejected: 0 },
    { sku: 'MUG', received: 8, short: 0, damaged: 2, rejected: 1 },
  ];

  it('makes the good units bear the whole bill, and books stock, cost and outcome', () => {
    const command = receiveCommand(state, { noticeId: 'N1', lines: counted }, products);
    const decided = decideOrder(state, command, { at: '2026-12-24T09:00:00.000Z', by: 'operator' });
    if (!decided.ok) throw new Error(decided.error.reason);
    const [fact] = decided.value;
    if (fact?.name !== 'replenishment.received') throw new Error('it is received');
    // No hat came, so the eight mugs bear 10.00 EUR: 1.25 each.
    expect(fact.data.lines).toMatchObject([
      { sku: 'MUG', noticed: 10, received: 8, firstLeg: eur(1_000) },
      { sku: 'HAT', noticed: 10, received: 0, firstLeg: eur(0) },
    ]);
    expect(receiptEffects(state, fact.data)).toEqual({
      movements: [
        {
          key: `${state.replenishmentOrderId}.N1.in.MUG`,
          movement: { kind: 'receive', sku: 'MUG', warehouseId: 'pl-poznan', quantity: 8 },
        },
      ],
      costs: [{ sku: 'MUG', validFrom: '2026-12-24', purchase: eur(400), firstLeg: eur(125) }],
      outcome: {
        supplierId: 'ningbo',
        delivery: {
          ...{ replenishmentOrderId: state.replenishmentOrderId, noticeId: 'N1', warehouseId: 'pl-poznan' },
          ...{ at: '2026-12-24T09:00:00.000Z', daysLate: 3, noticed: 20 },
          ...{ received: 8, short: 10, damaged: 2, rejected: 1 },
        },
      },
    });
  });
});
