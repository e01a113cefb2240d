import { describe, expect, it } from 'vitest';
import { priceBasket } from '../../../shared/quote/index.ts';
import { largeBasket } from '../../builders/real-basket.ts';

function priced(country: string, lines: number, warehouses: number) {
  const outcome = priceBasket(largeBasket(country, lines, warehouses));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

describe('the work of one quote is bounded', () => {
  it.each([
    // Up to twelve lines: 15,000 lines of consignments, so 1,250 consignments of twelve lines.
    ['NO', 12, 10, 1250],
    ['SG', 12, 10, 1250],
    // Beyond: 10,000 lines of consignments, so 250 consignments of 40 lines and 125 of 80.
    ['NO', 40, 10, 250],
    ['CH', 80, 3, 125],
    ['NO', 80, 10, 125],
    ['SG', 80, 10, 125],
  ])('to %s with %i lines and %i warehouses it costs at most %i consignments', (country, lines, whs, max) => {
    const { costed, chosen } = priced(country, lines, whs);
    // The heuristic finishes the consignments of the plan that it is pricing: at most one for each warehouse.
    expect(costed).toBeLessThanOrEqual(max + whs);
    expect(chosen.planSearch).toBe('heuristic');
    expect(chosen.consignments.flatMap((consignment) => consignment.lines)).toHaveLength(lines);
  });

  it.each(['NO', 'CH', 'DE', 'SG'])(
    '80 lines of 40 products to %s cost no more than other baskets',
    (country) => {
      for (const warehouses of [2, 10]) {
        const outcome = priceBasket(largeBasket(country, 80, warehouses, 40));
        if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
        expect(outcome.value.costed).toBeLessThanOrEqual(125 + warehouses);
      }
    },
  );

  it('gives the same plan each time', () => {
    const totals = [1, 2].map(() => priced('NO', 40, 3).chosen.totals.total);
    expect(totals[0]).toEqual(totals[1]);
  });

  it('proves the plan of a small basket', () => {
    expect(priced('NO', 4, 4).chosen.planSearch).toBe('exact');
  });
});
