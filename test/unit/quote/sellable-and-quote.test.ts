import { expect, test } from 'vitest';
import { sampleCatalogue } from '../../../infra/cli/sample-shop/catalogue.ts';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { bookableNetwork } from '../../../shared/catalogue/index.ts';
import { builtinRuleBook, regimeFor } from '../../../shared/duties/index.ts';
import { calendarDateIn } from '../../../shared/kernel/zoned-time.ts';
import { priceBasket, quoteRequestSchema } from '../../../shared/quote/index.ts';
import { sellableIn } from '../../../shared/quote/sellable-products.ts';
import { knownPartners } from '../../../shared/runtime/known-partners.ts';
import { exchangeRates, now, realNetwork, realProducts } from '../../builders/real-basket.ts';

const { warehouses } = bookableNetwork({ warehouses: realNetwork(2), carriers: [] }, knownPartners);
const places: Readonly<Record<string, object>> = {
  BR: { region: 'SP', postalCode: '01310-100' },
  CA: { region: 'ON' },
  US: { region: 'NY' },
};
const destinations = 'DE FR GB CH US JP BR AU CA KR IN VN ZA TH MX'.split(' ');

/** Goods with and without documents in turn, each in one warehouse or in all. */
const products = realProducts.map(({ compliance, ...product }, index) =>
  index % 3 === 0 ? product : { ...product, compliance },
);
const stock = new Map(
  products.map(({ sku }, index) => [
    sku,
    new Map(
      warehouses.map(({ warehouseId }, place) => [warehouseId, index % 4 === place || index % 4 > 1 ? 9 : 0]),
    ),
  ]),
);

test.each(destinations)(
  'the products that %s may receive are quoted, and the others are refused by the same rule',
  (country) => {
    expect(products).toHaveLength(sampleCatalogue.length);
    const destination = { country, ...places[country] };
    const date = calendarDateIn(regimeFor(country)?.timeZone ?? 'UTC', now);
    const market = { seller: sampleSeller, warehouses, stock, exchangeRates, rules: builtinRuleBook, now };
    const answers = sellableIn(products, { ...market, destination, date });
    for (const { sku, sellable, barredBy, notTaxed } of answers) {
      const request = { destination, currency: 'EUR', lines: [{ sku, quantity: 1 }] };
      const quoted = priceBasket({ ...market, products, request: quoteRequestSchema.parse(request) });
      const refusal = quoted.ok || quoted.error.reason === 'no-lane' ? undefined : quoted.error;
      expect(refusal === undefined, `${sku} to ${country}: ${refusal?.problems[0]?.detail}`).toBe(sellable);
      if (barredBy !== undefined) expect(refusal?.problems[0]?.detail).toContain(barredBy.ruleId);
      if (notTaxed !== undefined)
        expect(notTaxed).toEqual({ reason: refusal?.reason, detail: refusal?.problems[0]?.detail });
    }
  },
);
