import { describe, expect, it } from 'vitest';
import { quoteRequestSchema } from '../../../shared/quote/index.ts';
import { lane } from '../../builders/network.ts';
import { abroad, hub, priced, products, regional } from '../../builders/tiers.ts';

const network = [abroad(), regional, hub];

/** The total without the goods. Goods cost the same from every warehouse, so the scores compare the rest. */
const costOf = ({ totals }: ReturnType<typeof priced>['chosen']) =>
  totals.shipping.amount + totals.duty.amount + totals.tax.amount + totals.fees.amount;

describe('the scores that explain a plan', () => {
  it('show that the chosen warehouse is the best with stock, and the costs of the others', () => {
    const { chosen, scores } = priced(network, { 'pl-poznan': 5, 'de-leipzig': 5, 'cn-shenzhen': 5 });
    const best = scores
      ?.flatMap((score) => ('cost' in score ? [score.cost.amount] : []))
      .sort((a, b) => a - b);
    expect(best).toHaveLength(3);
    expect(best?.[0]).toBe(costOf(chosen));
    expect(scores).toMatchObject([
      { warehouseId: 'cn-shenzhen', carrier: 'easypost', service: 'standard' },
      { warehouseId: 'pl-poznan', cost: { amount: costOf(chosen), currency: 'EUR' } },
      { warehouseId: 'de-leipzig', via: ['pl-poznan'] },
    ]);
  });

  it.each([
    [{ 'de-leipzig': 5, 'cn-shenzhen': 5 }],
    [{ 'cn-shenzhen': 5 }],
    [{ 'pl-poznan': 1, 'cn-shenzhen': 1 }],
  ])('agree with the plan for the stock %j', (stock) => {
    const { chosen, scores = [] } = priced(network, stock);
    const [consignment] = chosen.consignments;
    const own = scores.find(({ warehouseId }) => warehouseId === consignment?.warehouseId);
    expect(own).toMatchObject({
      cost: { amount: costOf(chosen) },
      promisedBy: consignment?.promise.latest,
      carbonGrams: consignment?.carbonGrams,
    });
    for (const { warehouseId } of network) {
      const score = scores.find((each) => each.warehouseId === warehouseId);
      const has = (stock as Record<string, number>)[warehouseId] !== undefined;
      if (!has) expect(score).toEqual({ warehouseId, refused: 'not-in-stock' });
      else expect(score && 'cost' in score ? score.cost.amount : 0).toBeGreaterThanOrEqual(costOf(chosen));
    }
  });

  it('leave out warehouses that do not serve the destination, and say where no lane takes the goods', () => {
    const elsewhere = { ...abroad(), warehouseId: 'us-reno', lanes: [lane({ countries: ['US'] })] };
    const { rateCards } = lane();
    const light = lane({
      countries: ['FR'],
      rateCards: rateCards.map((card) => ({ ...card, maxWeightGrams: 50 })),
    });
    const small = { ...regional, warehouseId: 'at-small', parent: undefined, lanes: [light] };
    const { scores } = priced([regional, elsewhere, small], { 'pl-poznan': 5, 'us-reno': 5, 'at-small': 5 });
    expect(scores?.map(({ warehouseId }) => warehouseId)).toEqual(['pl-poznan', 'at-small']);
    expect(scores?.[1]).toEqual({ warehouseId: 'at-small', refused: 'no-lane' });
  });

  it('are not computed for a basket of more than twelve lines', () => {
    const lines = products.slice(0, 13).map(({ sku }) => ({ sku, quantity: 1 }));
    const request = quoteRequestSchema.parse({ destination: { country: 'FR' }, currency: 'EUR', lines });
    const stock = new Map(lines.map(({ sku }) => [sku, new Map([['pl-poznan', 9]])]));
    expect(priced([regional], {}, { request, stock }).scores).toBeUndefined();
  });
});
