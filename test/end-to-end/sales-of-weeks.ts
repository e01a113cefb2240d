import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openPlace } from '../../infra/cli/lake/open-place.ts';
import type { Backend } from '../../infra/local/start-backend.ts';
import { dayAfter } from '../../shared/kernel/time.ts';
import { linesOf } from '../builders/lake-facts.ts';
import { orderRecords, pricedOrder } from '../builders/made-up-orders.ts';

const UNITS_A_DAY = 40;
const DAYS = 42;

/** One order of 40 units of a SKU on each of the last 42 days, as the relay would have put it into the lake. */
export async function sellForWeeks({ url, cloud }: Backend, sku: string, today: string): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'entrepot-sales-'));
  try {
    const place = await openPlace({ kind: 'local', url, dataDir });
    const facts = [pricedOrder({ goods: 1_000, sku, quantity: UNITS_A_DAY })];
    const records = Array.from({ length: DAYS }, (_, ago) =>
      orderRecords(ago + 1, { at: `${dayAfter(today, -1 - ago)}T10:00:00.000Z`, facts }),
    ).flat();
    const file = join(dataDir, 'sales.ndjson.gz');
    await writeFile(file, gzipSync(linesOf(records)));
    await place.store.store(`facts/received=${today}/sales.ndjson.gz`, file);
    await cloud.settled(60_000);
    await cloud.runSchedule('entrepot-local-ReportsEveryHourCompactLake');
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
