import { describe, expect, it } from 'vitest';
import { quoteRequestSchema } from '../../../shared/quote/index.ts';
import { priced, products, regional, sku } from '../../builders/tiers.ts';

const other = 'LINEN-BED-COTTON';

/** The products of the sample, with a first day of the one that is sold. */
const withDay = (availableFrom: string | undefined) =>
  products.map((product) =>
    product.sku === sku && availableFrom !== undefined ? { ...product, availableFrom } : product,
  );

/** Now is Monday, 2026-11-23, 11:00 in Poznań; the lane takes two days. */
function quoted(availableFrom: string | undefined) {
  const [only] = priced([regional], { 'pl-poznan': 5 }, { products: withDay(availableFrom) }).chosen
    .consignments;
  return [only?.sentFrom, only?.promise.earliest.slice(0, 10), only?.promise.latest.slice(0, 10)];
}

describe('goods of a presale', () => {
  it('are promised from the first day on which they may leave, on the clocks of the warehouse', () => {
    expect(quoted(undefined)).toEqual([undefined, '2026-11-25', '2026-11-25']);
    // A Friday; Poland is an hour ahead of UTC. Two days later is a Sunday, so they come on Tuesday.
    expect(quoted('2027-01-15')).toEqual(['2027-01-14T23:00:00.000Z', '2027-01-19', '2027-01-19']);
    // In summer it is two hours ahead.
    expect(quoted('2027-07-01')[0]).toBe('2027-06-30T22:00:00.000Z');
  });

  it('are as all others from that day on', () => {
    expect(quoted('2026-11-23')).toEqual([undefined, '2026-11-25', '2026-11-25']);
    expect(quoted('2026-01-01')).toEqual([undefined, '2026-11-25', '2026-11-25']);
  });

  it('keep what goes in one parcel with them', () => {
    const request = quoteRequestSchema.parse({
      ...{ destination: { country: 'FR', postalCode: '75001' }, currency: 'EUR' },
      lines: [
        { sku, quantity: 1 },
        { sku: other, quantity: 1 },
      ],
    });
    const stock = new Map([sku, other].map((each) => [each, new Map([['pl-poznan', 5]])]));
    const { chosen } = priced([regional], {}, { products: withDay('2027-01-15'), request, stock });
    expect(chosen.consignments.map(({ lines, sentFrom }) => [lines.length, sentFrom])).toEqual([
      [2, '2027-01-14T23:00:00.000Z'],
    ]);
  });
});
