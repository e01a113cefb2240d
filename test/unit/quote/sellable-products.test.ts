import { describe, expect, it } from 'vitest';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { productSchema } from '../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { sellableIn } from '../../../shared/quote/sellable-products.ts';
import { exchangeRates, now, realNetwork } from '../../builders/real-basket.ts';

const [shenzhen] = realNetwork(1);
const bowl = productSchema.parse({
  ...{ sku: 'BOWL', description: 'Bowl of olive wood', hsCode: '441911', originCountry: 'CN' },
  ...{ unitWeightGrams: 400, dimensions: { lengthMm: 200, widthMm: 200, heightMm: 80 } },
  compliance: {
    foodContact: false,
    identifiers: { merchant: 'BOWL', manufacturer: 'OL-1', noGtin: true },
  },
  prices: [{ amount: 2490, currency: 'EUR' }],
});

describe('the products that a market may receive', () => {
  it('end on the day before a restriction begins', () => {
    if (shenzhen === undefined) throw new Error('the sample network has a warehouse in Shenzhen');
    const market = {
      destination: { country: 'FR' },
      seller: sampleSeller,
      warehouses: [shenzhen],
      stock: new Map(),
      ...{ exchangeRates, rules: builtinRuleBook, now },
    };
    // Reg. (EU) 2023/1115 Art. 38: large and medium operators, wood and furniture, from 2026-12-30.
    expect(sellableIn([bowl], { ...market, date: '2026-12-01' })).toEqual([
      { sku: 'BOWL', sellable: true, soldUntil: '2026-12-29' },
    ]);
    expect(sellableIn([bowl], { ...market, date: '2026-12-30' })).toMatchObject([
      { sellable: false, barredBy: { ruleId: 'eu-eudr' } },
    ]);
  });
});
