import type { ApiClient } from '../client/api-client.ts';
import { nationalCodes, type SampleProduct, sampleCatalogue } from './catalogue.ts';
import { sampleWarehouses } from './network.ts';
import { samplePapers } from './sample-papers.ts';
import { sampleRates, sampleSeller } from './sample-seller.ts';

export interface Seeded {
  readonly storefrontId: string;
  /** The publishable key of the sample storefront. */
  readonly storefrontKey: string;
  readonly products: number;
}

const AT_ONCE = 8;

/**
 * Fills network, rates, catalogue and stock through the admin API. Repeating it changes nothing: stock is
 * received under keys of its own, so that a second start does not receive it again.
 */
export async function seed(operator: ApiClient): Promise<Seeded> {
  for (const { warehouseId, ...warehouse } of sampleWarehouses) {
    await operator.call({ method: 'PUT', path: `/v1/admin/warehouses/${warehouseId}`, body: warehouse });
  }
  await operator.call({ method: 'PUT', path: '/v1/admin/seller', body: sampleSeller });
  await operator.call({ method: 'PUT', path: '/v1/admin/exchange-rates', body: sampleRates });
  const { publishableKey } = await operator.call<{ publishableKey: string }>({
    method: 'PUT',
    path: '/v1/admin/storefronts/sample-shop',
    body: { name: 'Sample shop' },
  });
  await forEachAtOnce(sampleCatalogue, (product) => seedProduct(operator, product));
  return { storefrontId: 'sample-shop', storefrontKey: publishableKey, products: sampleCatalogue.length };
}

async function seedProduct(operator: ApiClient, product: SampleProduct): Promise<void> {
  const [lengthMm, widthMm, heightMm] = product.size;
  await operator.call({
    method: 'PUT',
    path: `/v1/admin/products/${product.sku}`,
    body: {
      description: product.description,
      hsCode: product.hsCode,
      ...(nationalCodes[product.sku] === undefined ? {} : { nationalCodes: nationalCodes[product.sku] }),
      originCountry: product.originCountry,
      unitWeightGrams: product.unitWeightGrams,
      dimensions: { lengthMm, widthMm, heightMm },
      prices: [{ amount: product.priceMinor, currency: 'EUR' }],
      compliance: samplePapers(product.sku, product.hsCode),
    },
  });
  for (const [place, warehouseId] of (['cn-shenzhen', 'pl-poznan'] as const).entries()) {
    const quantity = product.stock[place] ?? 0;
    if (quantity === 0) continue;
    await operator.call({
      method: 'POST',
      path: '/v1/admin/stock/movements',
      headers: { 'idempotency-key': `seed-${product.sku}-${warehouseId}` },
      body: { kind: 'receive', sku: product.sku, warehouseId, quantity },
    });
  }
}

/** Runs `act` for every item, a few at once, and throws the first error. */
export async function forEachAtOnce<T>(
  items: readonly T[],
  act: (item: T) => Promise<void>,
  atOnce = AT_ONCE,
): Promise<void> {
  const queue = [...items];
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
