import type { SkuExplained } from '../../../../shared/replenishment/explain/explain-sku.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import type { ApiClient } from '../../client/api-client.ts';
import type { OperatorOptions } from '../../client/operator-options.ts';
import { listOrders } from '../client/list-orders.ts';
import { refusalOf, withScope } from '../client/needs-scope.ts';
import type { ExplainOptions } from './explain-options.ts';
import { explainedText } from './explained-text.ts';

interface Around {
  readonly client: ApiClient;
  readonly write: (text: string) => void;
}

/** Writes what the last run found for a product, and its open orders. Throws an Error that can be shown to the user. */
export async function explainSku(
  { sku, warehouse, market, json }: Omit<ExplainOptions, keyof OperatorOptions>,
  { client, write }: Around,
): Promise<void> {
  const scoped = withScope(client, 'replenishment:read');
  const explained = await load(scoped, sku, market);
  const sites = explained.sites.filter(
    ({ warehouseId }) => warehouse === undefined || warehouseId === warehouse,
  );
  if (sites.length === 0) {
    const planned = explained.sites.map(({ warehouseId }) => warehouseId).join(', ');
    throw new Error(`the run of ${explained.day} did not plan ${sku} at ${warehouse}: it planned ${planned}`);
  }
  const openOrders = await ordersOf(scoped, sku, warehouse);
  const shown = { ...explained, sites };
  write(
    json ? `${JSON.stringify({ ...shown, openOrders }, undefined, 2)}\n` : explainedText(shown, openOrders),
  );
}

const hints: Readonly<Record<string, (sku: string) => string>> = {
  'no-run': () => 'no run has planned anything yet: npx entrepot replenish plan',
  'not-in-run': (sku) =>
    `the last run knew no product ${sku}: it was not sold in the days that are read, and no supplier offers it`,
};

async function load(client: ApiClient, sku: string, market: string | undefined): Promise<SkuExplained> {
  const query = market === undefined ? '' : `?market=${encodeURIComponent(market)}`;
  try {
    return await client.call<SkuExplained>({
      ...{ method: 'GET', path: `/v1/admin/replenishment/skus/${encodeURIComponent(sku)}${query}` },
    });
  } catch (error) {
    const refusal = refusalOf(error);
    const hint = hints[refusal?.code ?? ''];
    if (hint !== undefined) throw new Error(hint(sku), { cause: error });
    if (refusal?.status === 422) {
      const wrong =
        market === undefined ? `${sku} is no SKU` : `${sku} is no SKU, or ${market} is no country`;
      throw new Error(`${wrong}: ${refusal.detail}`, { cause: error });
    }
    throw error;
  }
}

/** The open orders of the product, newest first. */
async function ordersOf(
  client: ApiClient,
  sku: string,
  warehouse: string | undefined,
): Promise<ReplenishmentOrderView[]> {
  const found: ReplenishmentOrderView[] = [];
  for await (const order of listOrders(client, 'open'))
    if (
      order.lines.some((line) => line.sku === sku) &&
      (warehouse === undefined || order.warehouseId === warehouse)
    )
      found.push(order);
  return found;
}
