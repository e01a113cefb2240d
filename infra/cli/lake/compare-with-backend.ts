import { z } from 'zod';
import type { Lake } from '../../../shared/lake/engine/open-lake.ts';
import type { ApiClient } from '../client/api-client.ts';
import { grouped } from '../terminal/text-table.ts';

const pageSchema = z.object({
  orders: z.array(z.object({ orderId: z.string() })),
  cursor: z.string().optional(),
});

const moneySchema = z.object({ amount: z.number(), currency: z.string() });
const orderSchema = z.object({
  ledger: z.array(z.object({ postings: z.array(z.object({ account: z.string(), amount: moneySchema })) })),
  facts: z.array(z.object({ sequence: z.number() })),
});

interface Comparison {
  readonly lines: readonly string[];
  readonly isEqual: boolean;
}

/**
 * Compares the lake with the table of a running backend: the orders of both by their number, and for the latest ones
 * the facts and the balance of each account. What happened within the time that the lake gathers facts is a
 * difference.
 */
export async function compareWithBackend(lake: Lake, client: ApiClient, sample: number): Promise<Comparison> {
  const ofTable = await ordersOfTable(client);
  const ofLake = new Set(
    (await lake.ask('SELECT order_id FROM orders')).rows.map(([orderId]) => String(orderId)),
  );
  const missing = [...ofTable].filter((orderId) => !ofLake.has(orderId));
  const lines = [
    `orders: ${grouped(ofTable.size)} in the table, ${grouped(ofLake.size)} in the lake` +
      (missing.length === 0
        ? ''
        : `; ${grouped(missing.length)} are missing in the lake, such as ${missing[0]}`),
  ];
  const compared = [...ofTable].filter((orderId) => ofLake.has(orderId)).slice(0, sample);
  const different: string[] = [];
  for (const orderId of compared) if (!(await isEqual(lake, client, orderId))) different.push(orderId);
  lines.push(
    `facts and ledger: ${grouped(compared.length)} orders were compared, ${grouped(different.length)} differ` +
      (different.length === 0 ? '' : `, such as ${different[0]}`),
  );
  return { lines, isEqual: missing.length === 0 && different.length === 0 };
}

/** Every order of the lists, the newest of each list first. */
async function ordersOfTable(client: ApiClient): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const status of ['open', 'attention', 'closed']) {
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({
        status,
        limit: '100',
        ...(cursor === undefined ? {} : { cursor }),
      });
      const page = pageSchema.parse(await client.call({ method: 'GET', path: `/v1/admin/orders?${query}` }));
      for (const { orderId } of page.orders) found.add(orderId);
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  return found;
}

async function isEqual(lake: Lake, client: ApiClient, orderId: string): Promise<boolean> {
  const { ledger, facts } = orderSchema.parse(
    await client.call({ method: 'GET', path: `/v1/admin/orders/${orderId}` }),
  );
  const counted = await lake.ask(
    'SELECT (SELECT count(*) FROM order_events WHERE order_id = ?) + (SELECT count(*) FROM scans WHERE order_id = ?)',
    [orderId, orderId],
  );
  if (counted.rows[0]?.[0] !== facts.length) return false;
  const balances = new Map<string, number>();
  for (const { postings } of ledger)
    for (const { account, amount } of postings)
      balances.set(account, (balances.get(account) ?? 0) + amount.amount);
  const { rows } = await lake.ask(
    'SELECT account, sum(amount_minor) FROM journals WHERE order_id = ? GROUP BY account',
    [orderId],
  );
  return (
    rows.length === balances.size && rows.every(([account, sum]) => balances.get(String(account)) === sum)
  );
}
