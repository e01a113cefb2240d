import type { NewFact } from '../../events/all-events.ts';
import type { PlannedConsignment } from '../../events/landed-cost.ts';
import { booked, placed } from './facts.ts';
import { consignment, landedCost, line } from './landed-cost.ts';

/** Five towels and a lamp in three cartons across a customs border. The first two cartons are equal. */
export function inThreeCartons(over: Partial<PlannedConsignment> = {}): PlannedConsignment {
  const alike = { dimensions: { lengthMm: 300, widthMm: 200, heightMm: 120 }, grossWeightGrams: 500 };
  const last = { dimensions: { lengthMm: 400, widthMm: 300, heightMm: 200 }, grossWeightGrams: 900 };
  return consignment({
    lines: [
      line({ lineId: '1', quantity: 5, goodsValue: { amount: 1601, currency: 'EUR' } }),
      line({
        ...{ lineId: '2', sku: 'LAMP', description: 'Lamp', hsCode: '940521', quantity: 1 },
        ...{ unitWeightGrams: 300, goodsValue: { amount: 799, currency: 'EUR' } },
      }),
    ],
    packages: [
      { count: 2, ...alike, contents: [{ lineId: '1', quantity: 2 }] },
      {
        ...{ count: 1, ...last },
        contents: [
          { lineId: '2', quantity: 1 },
          { lineId: '1', quantity: 1 },
        ],
      },
    ],
    ...over,
  });
}

/** The booking of three cartons: TRACK1 to TRACK3. */
const bookedInThree = () =>
  booked({
    cost: { amount: 1350, currency: 'EUR' },
    pieces: [1, 2, 3].map((number) => ({
      carrierShipmentId: `shp_${number}`,
      trackingNumber: `TRACK${number}`,
      labelUrl: `https://labels.test/${number}.pdf`,
      cost: { amount: 450, currency: 'EUR' as const },
    })),
  });

/** The facts of an order in three cartons. */
export function forThreeCartons(
  facts: readonly NewFact[],
  over: Partial<PlannedConsignment> = {},
): NewFact[] {
  return facts.map((fact) => {
    if (fact.name === 'order.placed')
      return placed({ landedCost: landedCost({ consignments: [inThreeCartons(over)] }) });
    return fact.name === 'parcel.booked' ? bookedInThree() : fact;
  });
}
