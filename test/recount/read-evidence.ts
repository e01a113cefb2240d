import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { openPlace } from '../../infra/cli/lake/open-place.ts';
import type { Backend } from '../../infra/local/start-backend.ts';
import { unpack } from '../../shared/aws/pack.ts';
import { everyOrder } from './every-order.ts';

type Item = Readonly<Record<string, { readonly S?: string; readonly B?: Uint8Array }>>;

/**
 * Writes what the program reads that counts again: the orders and the stock as the API gives them, and the quotes,
 * which no route lists, as the table holds them. The lake is not asked.
 */
export async function readEvidence({ operator, url }: Backend, work: string): Promise<void> {
  const orders = await everyOrder(operator);
  await writeLines(
    join(work, 'orders.ndjson'),
    orders.map(({ answer }) => answer),
  );
  const items = await everyItem(url, work);
  const ofKind = (pk: string, sk: string) =>
    items.filter((item) => item.pk?.S?.startsWith(pk) && item.sk?.S?.startsWith(sk));
  const skus = new Set(ofKind('STOCK#', 'WAREHOUSE#').map((item) => item.pk?.S?.slice('STOCK#'.length)));
  const stock: object[] = [];
  for (const sku of skus)
    stock.push(await operator.call<object>({ method: 'GET', path: `/v1/admin/stock/${sku}` }));
  await writeLines(join(work, 'stock.ndjson'), stock);
  await writeLines(join(work, 'quotes.ndjson'), [
    ...ofKind('QUOTE#', 'QUOTE').map((item) => ({
      outcome: 'given',
      ...(unpack(item.quote?.B) as object),
    })),
    ...ofKind('QUOTE#', 'REFUSED').map((item) => ({
      ...{ outcome: 'refused', createdAt: item.refusedAt?.S },
      ...JSON.parse(item.refusal?.S ?? '{}'),
    })),
  ]);
  const rates = ofKind('RATES', 'daily#').map((item) => JSON.parse(item.rates?.S ?? '{}'));
  await writeFile(join(work, 'rates.json'), JSON.stringify(rates));
}

async function everyItem(url: string, dataDir: string): Promise<readonly Item[]> {
  const { table } = await openPlace({ kind: 'local', url, dataDir });
  if (table === undefined) throw new Error('a local backend has a table');
  const items: Item[] = [];
  let from: Record<string, never> | undefined;
  do {
    const page = await table.client.send(
      new ScanCommand({ TableName: table.name, ...(from === undefined ? {} : { ExclusiveStartKey: from }) }),
    );
    items.push(...((page.Items ?? []) as readonly Item[]));
    from = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (from !== undefined);
  return items;
}

const writeLines = (file: string, rows: readonly object[]) =>
  writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
