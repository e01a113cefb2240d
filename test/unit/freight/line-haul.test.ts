import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withTiers } from '../../../shared/catalogue/index.ts';
import { minOfLane, shipConsignment } from '../../../shared/freight/index.ts';
import { hub, now, regional, transfer } from '../../builders/tiers.ts';

const destination = { country: 'FR' };

/** A lane of the hub through the regional warehouse at that rate. */
function laneAt(perConsignmentMinor: number, perKilogramMinor: number, currency: 'EUR' | 'PLN') {
  const transferRate = { currency, perConsignmentMinor, perKilogramMinor };
  const parent = { warehouseId: hub.warehouseId, mode: 'road' as const, ...transfer, transferRate };
  const [, planned] = withTiers([{ ...regional, parent }, hub]);
  const [lane] = planned?.lanes ?? [];
  if (lane === undefined) throw new Error('the hub has a lane by the regional warehouse');
  return lane;
}

describe('a consignment that continues by line-haul', () => {
  it('never costs, emits or takes less than the lower bound of its lane', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_000 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(500),
        fc.nat(300),
        fc.constantFrom('EUR' as const, 'PLN' as const),
        (unitWeightGrams, quantity, perConsignment, perKilogram, currency) => {
          const lane = laneAt(perConsignment, perKilogram, currency);
          const dimensions = { lengthMm: 200, widthMm: 150, heightMm: 40 };
          const items = [{ lineId: '1', quantity, unitWeightGrams, dimensions }];
          const question = { warehouse: hub, lane, destination, now };
          const shipped = shipConsignment({ ...question, items });
          const min = minOfLane(question);
          if ('reason' in shipped || min === undefined) throw new Error('the lane takes it');
          const grams = unitWeightGrams * quantity;
          const inCurrency = shipped.transferParts.filter(({ amount }) => amount.currency === min.currency);
          const charged = inCurrency.reduce(
            (all, { amount }) => all + amount.amountMinor,
            shipped.freight.amountMinor,
          );
          expect(min.freightMinor(grams)).toBeLessThanOrEqual(charged);
          expect(min.carbonGrams(grams)).toBeLessThanOrEqual(shipped.carbonGrams);
          expect(min.latestMs).toBe(Date.parse(shipped.promise.latest));
          // The bound is close, because it includes the minimum cost of the transfer.
          if (currency === 'EUR') expect(min.freightMinor(grams)).toBeGreaterThanOrEqual(perConsignment);
        },
      ),
    );
  });

  it('waits for working days at the warehouse that packs it and at the warehouse that hands it over', () => {
    const lane = laneAt(0, 0, 'EUR');
    const shipped = (at: string) =>
      shipConsignment({
        ...{ warehouse: hub, lane, destination, now: at },
        items: [
          {
            lineId: '1',
            quantity: 1,
            unitWeightGrams: 100,
            dimensions: { lengthMm: 50, widthMm: 50, heightMm: 50 },
          },
        ],
      });
    // On Friday after the cut-off: packed on Monday, in Poznań on Tuesday morning, collected when it closes.
    expect(shipped('2026-11-20T15:00:00.000Z')).toMatchObject({
      promise: { handOver: '2026-11-24T19:00:00.000Z' },
      transferParts: [],
      carbon: { legs: [{ mode: 'road', distanceBasis: 'great-circle' }, { mode: 'road' }] },
    });
    // On Friday in time: in Poznań on Saturday, where nobody works.
    expect(shipped('2026-11-20T10:00:00.000Z')).toMatchObject({
      promise: { handOver: '2026-11-23T19:00:00.000Z' },
    });
  });
});
