import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseSuppliers, rankSuppliers } from '../../../shared/replenishment/purchasing/choose-suppliers.ts';
import { type DeliveryOutcome, scoreSupplier } from '../../../shared/replenishment/purchasing/scorecard.ts';
import {
  missingCertificates,
  orderableUnits,
  type Supplier,
  unitPriceOf,
} from '../../../shared/replenishment/purchasing/supplier.ts';
import { delivery, eur, now, supplier } from './replenishment-builders.ts';

describe('a score', () => {
  it('is the share of good deliveries, with four of a supplier that nobody knows', () => {
    // (3 + 0) / (4 + 0)
    expect(scoreSupplier([])).toMatchObject({ score: 7_500, reasons: [{ code: 'no-history' }] });
    // Two good ones: (3 + 2) / (4 + 2) = 0.8333.
    expect(scoreSupplier([delivery(), delivery()])).toEqual({ score: 8_333, deliveries: 2, reasons: [] });
    // A good one, and one 15 days late, which counts 1 + 2 times: (3 + 1) / (4 + 1 + 3) = 0.5.
    expect(scoreSupplier([delivery(), delivery({ daysLate: 15 })])).toEqual({
      ...{ score: 5_000, deliveries: 2 },
      reasons: [{ code: 'late', deliveries: 1, detail: 'up to 15 days late' }],
    });
    // 70 good, 10 short, 20 damaged of which 10 rejected: good 0.7, faults 0.1 + 0.2 + 0.1 = 0.4.
    // (3 + 0.7) / (4 + 0.7 + 0.4) = 3.7 / 5.1 = 0.72549.
    expect(scoreSupplier([delivery({ received: 70, short: 10, damaged: 20, rejected: 10 })])).toMatchObject({
      score: 7_254,
      reasons: [{ code: 'short' }, { code: 'rejected' }, { code: 'damaged' }],
    });
  });

  it('has the price in it where one is compared: 30 % of it', () => {
    // Reliability 0.75, price 400 / 500 = 0.8: 0.7 x 0.75 + 0.3 x 0.8 = 0.765.
    expect(scoreSupplier([], { own: 500, lowest: 400 })).toMatchObject({
      score: 7_650,
      reasons: [{ code: 'no-history' }, { code: 'price', detail: '25 % above the lowest price' }],
    });
  });

  const outcome = fc
    .record({
      noticed: fc.integer({ min: 1, max: 1_000 }),
      good: fc.integer({ min: 0, max: 100 }),
      harm: fc.integer({ min: 0, max: 100 }),
      daysLate: fc.integer({ min: 0, max: 60 }),
    })
    .map(({ noticed, good, harm, daysLate }): DeliveryOutcome => {
      const received = Math.floor((noticed * good) / 100);
      const damaged = Math.floor(((noticed - received) * harm) / 100);
      const short = noticed - received - damaged;
      return delivery({ noticed, received, damaged, short, rejected: damaged, daysLate });
    });
  const history = fc.array(outcome, { maxLength: 30 });

  it('falls with every late delivery and with every rejected one, whatever was before', () => {
    fc.assert(
      fc.property(history, outcome, fc.integer({ min: 1, max: 60 }), (before, one, daysLate) => {
        const { score } = scoreSupplier(before);
        expect(scoreSupplier([...before, { ...one, daysLate }]).score).toBeLessThan(score);
        const { noticed } = one;
        const rejected = delivery({ noticed, received: 0, short: 0, damaged: noticed, rejected: noticed });
        expect(scoreSupplier([...before, rejected]).score).toBeLessThan(score);
      }),
    );
  });

  it('never rises when a delivery is later or has fewer good units, and stays within its bounds', () => {
    fc.assert(
      fc.property(history, outcome, (before, one) => {
        const { score } = scoreSupplier([...before, one]);
        const perfect = { ...one, received: one.noticed, short: 0, damaged: 0, rejected: 0, daysLate: 0 };
        expect(scoreSupplier([...before, perfect]).score).toBeGreaterThanOrEqual(score);
        expect(scoreSupplier([...before, { ...one, daysLate: one.daysLate + 7 }]).score).toBeLessThanOrEqual(
          score,
        );
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});

const offer = (over: object = {}) => ({
  ...{ sku: 'MUG', prices: [{ fromUnits: 1, unitPrice: eur(400) }], leadTimeDays: 20 },
  ...over,
});
const need = { sku: 'MUG', units: 100, needBy: '2026-12-25' };
const facts = (suppliers: readonly Supplier[], over: object = {}) => ({
  ...{ suppliers, outcomesOf: () => [], unitsOrdered: new Map<string, number>(), now },
  comparable: ({ amount }: { readonly amount: number }) => amount as number | undefined,
  ...over,
});

describe('the supplier of a need', () => {
  const good = supplier('good');
  const bad = supplier('bad');
  const outcomesOf = (id: string) => (id === 'bad' ? [delivery({ daysLate: 3 })] : [delivery()]);

  it.each(['down', 'retired'] as const)('is none that is %s', (status) => {
    const { ranked, leftOut } = rankSuppliers(need, facts([{ ...good, status }, bad]));
    expect(ranked.map(({ supplierId }) => supplierId)).toEqual(['bad']);
    expect(leftOut).toEqual([{ supplierId: 'good', reason: status }]);
  });

  it('is the one with the best score that meets the day', () => {
    const slow = supplier('slow', { offers: [offer({ leadTimeDays: 40 })] });
    const { ranked } = rankSuppliers(need, {
      ...facts([bad, slow, good]),
      outcomesOf: (id) => (id === 'slow' ? Array(9).fill(delivery()) : outcomesOf(id)),
    });
    expect(ranked.map(({ supplierId, isInTime }) => [supplierId, isInTime])).toEqual([
      ['good', true],
      ['bad', true],
      ['slow', false],
    ]);
  });

  it('is the next one while the first is down, or its certificate has expired', () => {
    const { allotments } = chooseSuppliers(need, {
      ...facts([{ ...good, status: 'down' }, bad]),
      outcomesOf,
    });
    expect(allotments.map(({ supplierId, units }) => [supplierId, units])).toEqual([['bad', 100]]);
    const certificate = { kind: 'bsci', reference: 'C1', validUntil: '2026-11-30' };
    const expired = { ...good, requiredCertificates: ['bsci'], certificates: [certificate] };
    expect(missingCertificates(expired, '2026-11-30')).toEqual([]);
    expect(chooseSuppliers(need, { ...facts([expired, bad]), outcomesOf })).toMatchObject({
      allotments: [{ supplierId: 'bad' }],
      leftOut: [{ supplierId: 'good', reason: 'certificate' }],
    });
    expect(chooseSuppliers(need, facts([good], { comparable: () => undefined }))).toMatchObject({
      ...{ allotments: [], unplaced: 100, leftOut: [{ reason: 'no-rate' }] },
    });
  });

  it('gets whole cartons, its minimum, and the price of the quantity', () => {
    const { offers } = supplier('one', {
      offers: [
        offer({
          ...{ casePack: 12, minimumUnits: 30 },
          prices: [
            { fromUnits: 1, unitPrice: eur(400) },
            { fromUnits: 100, unitPrice: eur(350) },
          ],
        }),
      ],
    });
    const [first] = offers;
    if (first === undefined) throw new Error('an offer');
    expect([1, 36, 37].map((units) => orderableUnits(first, units))).toEqual([36, 36, 48]);
    expect([1, 99, 100, 500].map((units) => unitPriceOf(first, units).amount)).toEqual([400, 400, 350, 350]);
  });

  const anySupplier = fc.record({
    shareLimitPercent: fc.integer({ min: 1, max: 100 }),
    casePack: fc.integer({ min: 1, max: 12 }),
    minimumUnits: fc.integer({ min: 1, max: 60 }),
    before: fc.integer({ min: 0, max: 300 }),
    isDown: fc.boolean(),
  });

  it('keeps its share of the units of a year, over any suppliers', () => {
    fc.assert(
      fc.property(
        fc.array(anySupplier, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 500 }),
        (all, units) => {
          const suppliers = all.map(({ shareLimitPercent, casePack, minimumUnits, isDown }, index) =>
            supplier(`s-${index}`, {
              ...{ shareLimitPercent, status: isDown ? 'down' : 'up' },
              offers: [offer({ casePack, minimumUnits })],
            }),
          );
          const unitsOrdered = new Map(all.map(({ before }, index) => [`s-${index}`, before]));
          const { allotments, unplaced } = chooseSuppliers(
            { ...need, units },
            facts(suppliers, { unitsOrdered }),
          );
          const total = all.reduce((sum, { before }) => sum + before, units);
          const placed = allotments.reduce((sum, each) => sum + each.units, 0);
          expect(placed + unplaced).toBeGreaterThanOrEqual(units);
          if (unplaced > 0) expect(placed + unplaced).toBe(units);
          for (const { supplierId, units: own } of allotments) {
            const of = all[Number(supplierId.slice(2))];
            expect(of?.isDown).toBe(false);
            expect(own % (of?.casePack ?? 1)).toBe(0);
            expect(own).toBeGreaterThanOrEqual(of?.minimumUnits ?? 0);
            if (of?.shareLimitPercent !== 100)
              expect(((of?.before ?? 0) + own) * 100).toBeLessThanOrEqual(
                total * (of?.shareLimitPercent ?? 0),
              );
          }
        },
      ),
    );
  });
});
