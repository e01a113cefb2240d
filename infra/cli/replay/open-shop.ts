import type { Country } from '../../../shared/kernel/country.ts';
import { type ApiClient, ApiProblem } from '../client/api-client.ts';
import type { Progress } from '../terminal/progress.ts';
import { atOnce } from './at-once.ts';
import type { ReplayProduct } from './build-catalogue.ts';
import { callAgain, problemOf } from './call-again.ts';
import { readKeptTariffs } from './kept-tariffs.ts';
import { replayRates, replaySeller, warehousesIn } from './network.ts';
import { productBody } from './product-body.ts';

export interface ShopToOpen {
  readonly products: readonly ReplayProduct[];
  /** The units of each SKU that the orders need. */
  readonly units: ReadonlyMap<string, number>;
  /** The name of this replay. With it, stock is received only once even if a call is repeated. */
  readonly runId: string;
  readonly concurrency: number;
  /** The countries of the shop's warehouses. */
  readonly from: ReadonlySet<Country>;
}

export interface OpenShop {
  /** The publishable key of the replay's storefront. */
  readonly storefrontKey: string;
  /** The products that the catalogue refused, with the API's message, by SKU. */
  readonly refusedProducts: ReadonlyMap<string, string>;
}

/**
 * Opens the replay's shop through the admin API: network, rates, storefront, products, and stock at each warehouse.
 */
export async function openShop(
  operator: ApiClient,
  { products, units, runId, concurrency, from }: ShopToOpen,
  progress: Progress,
  signal: AbortSignal,
): Promise<OpenShop> {
  const put = <T>(path: string, body: unknown) =>
    callAgain(() => operator.call<T>({ method: 'PUT', path, body }), signal);
  const warehouses = warehousesIn(from);
  for (const { warehouseId, ...warehouse } of warehouses) {
    await put(`/v1/admin/warehouses/${warehouseId}`, warehouse);
  }
  await put('/v1/admin/seller', replaySeller);
  await put('/v1/admin/exchange-rates', replayRates);
  const { publishableKey } = await put<{ publishableKey: string }>('/v1/admin/storefronts/replay', {
    name: 'Replay of old sales',
  });

  const tariffs = await callAgain(() => readKeptTariffs(operator), signal);
  const refusedProducts = new Map<string, string>();
  const step = progress.start('Catalogue and stock', products.length, 'products');
  await atOnce(products, concurrency, signal, async (product) => {
    try {
      await put(`/v1/admin/products/${product.sku}`, productBody(product, tariffs));
      for (const { warehouseId } of warehouses) {
        const received = { sku: product.sku, warehouseId, units: units.get(product.sku) ?? 0 };
        await receive(operator, received, runId, signal);
      }
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status < 400 || error.status >= 500) throw error;
      const { code, detail } = problemOf(error);
      refusedProducts.set(product.sku, `${code}: ${detail}`);
    }
    step.advance();
  });
  step.end();
  return { storefrontKey: publishableKey, refusedProducts };
}

interface Received {
  readonly sku: string;
  readonly warehouseId: string;
  readonly units: number;
}

const MAX_UNITS_A_MOVEMENT = 1_000_000;

/** Every warehouse receives enough for all orders, because the backend decides which warehouse ships an order. */
async function receive(
  operator: ApiClient,
  { sku, warehouseId, units }: Received,
  runId: string,
  signal: AbortSignal,
): Promise<void> {
  for (let left = units, part = 1; left > 0; part += 1) {
    const quantity = Math.min(left, MAX_UNITS_A_MOVEMENT);
    left -= quantity;
    await callAgain(
      () =>
        operator.call({
          method: 'POST',
          path: '/v1/admin/stock/movements',
          headers: { 'idempotency-key': `replay-${runId}-${sku}-${warehouseId}-${part}` },
          body: { kind: 'receive', sku, warehouseId, quantity },
        }),
      signal,
    );
  }
}
