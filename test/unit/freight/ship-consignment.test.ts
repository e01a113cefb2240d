import { describe, expect, it } from 'vitest';
import { type ConsignmentToShip, shipConsignment } from '../../../shared/freight/ship-consignment.ts';
import { lane, rateCard, warehouse } from '../../builders/network.ts';

const boxes = [
  {
    boxId: 'only',
    ...{ innerLengthMm: 292, innerWidthMm: 192, innerHeightMm: 92 },
    ...{ wallMm: 4, tareGrams: 150, maxGrams: 5_000 },
  },
];
const site = warehouse({ boxes });
const road = lane({
  distanceKm: 270,
  rateCards: [
    rateCard({
      rateCardId: 'autumn',
      validTo: '2026-11-23',
      dimensionalDivisor: 5_000,
      fuel: [{ from: '2026-11-01', percent: '10' }],
    }),
    rateCard({
      rateCardId: 'winter',
      validFrom: '2026-11-24',
      validTo: '2026-12-31',
      zones: [{ zone: 'all', weightBreaks: [{ upToGrams: 30_000, priceMinor: 990 }] }],
    }),
  ],
});

function ship(over: Partial<ConsignmentToShip> = {}) {
  const answer = shipConsignment({
    warehouse: site,
    lane: road,
    items: [
      {
        lineId: 'line-1',
        ...{ quantity: 5, unitWeightGrams: 600, dimensions: { lengthMm: 290, widthMm: 190, heightMm: 46 } },
      },
    ],
    destination: { country: 'DE', postalCode: '10115' },
    now: '2026-11-23T10:00:00.000Z',
    ...over,
  });
  return answer;
}

describe('a consignment', () => {
  it('gets packing, price, promise and emissions in one answer', () => {
    // Two a carton: 2 x 600 + 150 = 1,350 g twice, and one of 750 g; all three are 300 x 200 x 100 mm outside.
    // Dimensional weight 6,000,000 / 5,000 = 1,200 g. 1,350 g: 5.00 + 2 x 1.00 = 7.00; 1,200 g: the same; fuel 0.70
    // each.
    expect(ship()).toMatchObject({
      parcelCount: 3,
      parcels: [
        { count: 2, boxId: 'only', grossWeightGrams: 1_350, contents: [{ lineId: 'line-1', quantity: 2 }] },
        { count: 1, boxId: 'only', grossWeightGrams: 750, contents: [{ lineId: 'line-1', quantity: 1 }] },
      ],
      freight: { amountMinor: 3 * 770, currency: 'EUR' },
      rateCardId: 'autumn',
      // 3.45 kg x 270 km x 107 g/tkm = 99.67 g; three cartons of 150 g x 491 g/kg = 220.95 g.
      carbonGrams: 321,
      carbon: { packaging: { weightGrams: 450, grams: 221 } },
      promise: { handOver: '2026-11-23T19:00:00.000Z', latest: '2026-11-25T19:00:00.000Z' },
    });
  });

  it('shows each amount for each kind of parcel', () => {
    const answer = ship();
    expect(
      'freightParts' in answer && answer.freightParts.map(({ code, amount }) => [code, amount.amountMinor]),
    ).toEqual([
      ['freight', 1_400],
      ['fuel', 140],
      ['freight', 700],
      ['fuel', 70],
    ]);
    expect('freightParts' in answer && answer.freightParts[1]?.formula).toBe(
      '1.40 EUR = 2 parcels x (0.70 EUR = 10 % of 7.00 EUR, rate card autumn)',
    );
  });

  it('is refused by name if it has more cartons than can be booked together', () => {
    const units = (quantity: number) => [
      {
        lineId: 'line-1',
        ...{ quantity, unitWeightGrams: 600, dimensions: { lengthMm: 290, widthMm: 190, heightMm: 46 } },
      },
    ];
    expect(ship({ items: units(100) })).toMatchObject({ parcelCount: 50 });
    expect(ship({ items: units(101) })).toMatchObject({ reason: 'too-many-parcels' });
  });

  it('is charged by the rate card of the day on which the carrier receives it', () => {
    // Past the cut-off of Monday it is handed over on Tuesday, when the next card holds.
    expect(ship({ now: '2026-11-23T13:00:00.000Z' })).toMatchObject({
      ...{ rateCardId: 'winter', freight: { amountMinor: 3 * 990 } },
    });
    expect(ship({ now: '2027-01-04T10:00:00.000Z' })).toMatchObject({ reason: 'no-rate-card' });
    // Goods that come from the hub first are later, and so is their card.
    expect(ship({ availableAt: '2026-11-25T06:00:00.000Z' })).toMatchObject({ rateCardId: 'winter' });
  });

  it('gets the same answer, whatever was computed before', () => {
    const first = ship();
    ship({ destination: { country: 'DE', postalCode: '80331' } });
    ship({ now: '2026-12-01T10:00:00.000Z' });
    ship({ percentile: 50 });
    expect(ship()).toEqual(first);
  });

  it('is sent only where the lane leads', () => {
    expect(ship({ destination: { country: 'FR' } })).toMatchObject({ reason: 'not-served' });
  });

  it('is packed in standard cartons if the warehouse lists none', () => {
    expect(ship({ warehouse: warehouse() })).toMatchObject({ parcels: [{ boxId: 'std-m', count: 1 }] });
  });

  it('is refused with the line that the lane cannot take', () => {
    const items = [
      {
        lineId: 'rug',
        quantity: 1,
        unitWeightGrams: 9_000,
        dimensions: { lengthMm: 2_400, widthMm: 250, heightMm: 250 },
      },
    ];
    const short = lane({ rateCards: [rateCard({ maxLongestSideMm: 1_750 })] });
    expect(ship({ items, lane: short })).toEqual({
      reason: 'too-long',
      detail: '2400 mm is over the limit of 1750 mm',
      lineId: 'rug',
    });
  });
});
