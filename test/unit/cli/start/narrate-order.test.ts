import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NarratedOrder, narrator } from '../../../../infra/cli/start/narrate-order.ts';

type Fact = NarratedOrder['facts'][number];

const amount = { amount: 8223, currency: 'EUR' };
const of = (parcelId: string): Fact[] => [
  {
    name: 'parcel.booked',
    data: { parcelId, carrier: 'easypost', service: 'Air', trackingNumber: `T-${parcelId}` },
  },
  { name: 'parcel.cleared', data: { parcelId, basis: 'declaration-released' } },
  { name: 'parcel.packed', data: { parcelId, weightGrams: 700 } },
  { name: 'parcel.dispatched', data: { parcelId } },
  ...['accepted', 'in_transit', 'out_for_delivery', 'delivered'].map((status, at) => ({
    name: 'parcel.scanned',
    data: { parcelId, status, scannedAt: `2026-12-0${at + 1}T00:00:00.000Z` },
  })),
  { name: 'parcel.delivered', data: { parcelId } },
];
const facts: readonly Fact[] = [
  { name: 'order.placed', data: {} },
  { name: 'payment.authorised', data: { amount } },
  { name: 'screening.released', data: { findings: [{}, {}] } },
  { name: 'payment.captured', data: { amount } },
  { name: 'declaration.filed', data: { parcelId: 'a', dataSet: 'EU_H7' } },
  ...of('a'),
  ...of('b'),
];

const order = (known: readonly Fact[]): NarratedOrder => ({
  status: 'paid',
  parcels: [
    { parcelId: 'a', consignmentId: '1', warehouseId: 'cn-shenzhen' },
    { parcelId: 'b', consignmentId: '2', warehouseId: 'pl-poznan' },
  ],
  landedCost: { consignments: [{ consignmentId: '1', dataSet: 'EU_H7' }, { consignmentId: '2' }] },
  facts: known,
});

const wholeStory = narrator()(order(facts)).map(({ what, detail }) => `${what}: ${detail}`);

describe('the story of an order', () => {
  it('names every step once with its parcel, and combines the scans', () => {
    expect(wholeStory).toEqual([
      'paid: the card holds 82.23 EUR',
      'screened: 2 checks: fraud, embargoes, limits',
      'captured: 82.23 EUR taken from the card',
      'booked: parcel 1 from cn-shenzhen: easypost Air, tracking number T-a',
      'declared: parcel 1 from cn-shenzhen: import declaration EU_H7 filed with the customs broker',
      'cleared: parcel 1 from cn-shenzhen: released by customs',
      'packed: parcel 1 from cn-shenzhen: in its carton, with its label',
      'dispatched: parcel 1 from cn-shenzhen: handed to the carrier',
      'scanned: parcel 1 from cn-shenzhen: 3 scans, last: out for delivery',
      'delivered: parcel 1 from cn-shenzhen: at the door',
      'booked: parcel 2 from pl-poznan: easypost Air, tracking number T-b',
      'cleared: parcel 2 from pl-poznan: released by customs',
      'packed: parcel 2 from pl-poznan: in its carton, with its label',
      'dispatched: parcel 2 from pl-poznan: handed to the carrier',
      'scanned: parcel 2 from pl-poznan: 3 scans, last: out for delivery',
      'delivered: parcel 2 from pl-poznan: at the door',
    ]);
  });

  it('contains only what has happened', () => {
    expect(narrator()(order(facts.slice(0, 1)))).toEqual([]);
  });

  it('keeps the order of the steps, in whatever order and pace the facts arrive', () => {
    const arrivals = fc.tuple(
      fc.shuffledSubarray([...facts], { minLength: facts.length }),
      fc.array(fc.integer({ min: 1, max: facts.length }), { maxLength: 6 }),
    );
    fc.assert(
      fc.property(arrivals, ([shuffled, readings]) => {
        const narrate = narrator();
        const said = [...readings.toSorted((a, b) => a - b), facts.length].flatMap((known) =>
          narrate(order(shuffled.slice(0, known))),
        );
        const kept = (words: string) =>
          said.map(({ detail }) => detail).filter((text) => text.startsWith(words));
        // Every step occurs once. The steps of the payment come first, and the steps of each parcel keep their order.
        expect(said.slice(0, 3).map(({ what }) => what)).toEqual(['paid', 'screened', 'captured']);
        expect(said).toHaveLength(wholeStory.length);
        for (const [parcel, steps] of [
          ['parcel 1', 7],
          ['parcel 2', 6],
        ] as const) {
          const whats = said.filter(({ detail }) => detail.startsWith(parcel)).map(({ what }) => what);
          const inOrder = wholeStory
            .filter((line) => line.includes(parcel))
            .map((line) => line.split(':')[0]);
          expect(whats).toEqual(inOrder);
          expect(kept(parcel)).toHaveLength(steps);
        }
      }),
    );
  });
});
