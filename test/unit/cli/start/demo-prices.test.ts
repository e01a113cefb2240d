import { expect, it } from 'vitest';
import { sampleCatalogue } from '../../../../infra/cli/sample-shop/catalogue.ts';
import { sampleWarehouses } from '../../../../infra/cli/sample-shop/network.ts';
import { productBody } from '../../../../infra/cli/sample-shop/sample-product.ts';
import { sampleRates, sampleSeller } from '../../../../infra/cli/sample-shop/sample-seller.ts';
import { demoDestinations, quoteBody } from '../../../../infra/cli/start/demo-basket.ts';
import { productSchema, warehouseSchema } from '../../../../shared/catalogue/index.ts';
import { priceBasket, quoteRequestSchema } from '../../../../shared/quote/index.ts';
import { exchangeRatesSchema } from '../../../../shared/rates/index.ts';
import { rulesWithEditions } from '../../../builders/editions.ts';

const now = '2026-11-23T10:00:00.000Z';

it.each(demoDestinations)('the basket of the demo has a price in $name', (place) => {
  const request = quoteRequestSchema.parse(quoteBody(place));
  const skus = request.lines.map(({ sku }) => sku);
  const warehouses = sampleWarehouses.map((warehouse) => warehouseSchema.parse(warehouse));
  const stock = new Map(warehouses.map(({ warehouseId }) => [warehouseId, 100]));
  const priced = priceBasket({
    request,
    products: sampleCatalogue
      .filter(({ sku }) => skus.includes(sku))
      .map((each) => productSchema.parse(productBody(each))),
    warehouses,
    stock: new Map(skus.map((sku) => [sku, stock])),
    rules: rulesWithEditions,
    exchangeRates: exchangeRatesSchema.parse(sampleRates),
    seller: sampleSeller,
    now,
  });
  expect(priced).toMatchObject({ ok: true });
});
