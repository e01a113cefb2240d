import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPlace } from '../../infra/cli/lake/open-place.ts';
import { dayAfter, toInstant } from '../../shared/kernel/time.ts';
import { linesOf } from '../builders/lake-facts.ts';
import { orderRecords, pricedOrder } from '../builders/made-up-orders.ts';
import { type RunningBackend, runBackend } from './running-backend.ts';
import { patiently } from './shopper.ts';

/** A sample supplier offers it, and 300 units are at Shenzhen. */
const SKU = 'MUG-CERAMIC-350';
const today = toInstant(new Date()).slice(0, 10);
const KILLS = 10;

let running: RunningBackend;
let work: string;
let kills = 0;
let areOn = false;
let seed = 11;

/** So small that it never happens. A rate above zero at the start gives each function a process of its own. */
const NEVER = Number.MIN_VALUE;

/** Kills the worker of a function at one call in four, ten times. Its message comes back by its queue. */
const faultRates = {
  get kill(): number {
    if (!areOn || kills >= KILLS) return NEVER;
    seed = (seed * 48_271) % 2_147_483_647;
    if (seed % 4 !== 0) return NEVER;
    kills += 1;
    return 1;
  },
};

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'entrepot-replenish-kills-'));
  running = await runBackend({ faultRates });
  const place = await openPlace({ kind: 'local', url: running.backend.url, dataDir: work });
  const facts = [pricedOrder({ goods: 1_000, sku: SKU, quantity: 40 })];
  const records = Array.from({ length: 42 }, (_, ago) =>
    orderRecords(ago + 1, { at: `${dayAfter(today, -1 - ago)}T10:00:00.000Z`, facts }),
  ).flat();
  const file = join(work, 'sales.ndjson.gz');
  await writeFile(file, gzipSync(linesOf(records)));
  await place.store.store(`facts/received=${today}/sales.ndjson.gz`, file);
  await running.backend.cloud.settled(60_000);
  await running.backend.cloud.runSchedule('entrepot-local-ReportsEveryHourCompactLake');
});
afterAll(async () => {
  await running.stop();
  await rm(work, { recursive: true, force: true });
});

const get = <Answer>(path: string): Promise<Answer> =>
  patiently(() =>
    running.backend.operator.call<Answer>({ method: 'GET', path: `/v1/admin/replenishment${path}` }),
  );

interface Order {
  readonly lines: readonly { readonly sku: string; readonly units: number }[];
}
interface Explained {
  readonly sites: readonly {
    readonly warehouseId: string;
    readonly outcome: string;
    readonly units?: number;
  }[];
}

it('a run whose functions are killed ten times places each order once', { timeout: 240_000 }, async () => {
  await running.backend.operator.call({ method: 'POST', path: '/v1/admin/replenishment/runs', body: {} });
  areOn = true;
  const run = () => get<{ state: string }>(`/runs/${today}`);
  await expect.poll(async () => (await run()).state, { timeout: 200_000, interval: 500 }).toBe('done');
  areOn = false;
  expect(kills).toBe(KILLS);
  const { proposals } = await get<{ proposals: readonly Order[] }>('/proposals?limit=50');
  const ordered = proposals.flatMap(({ lines }) => lines).filter(({ sku }) => sku === SKU);
  const { sites } = await get<Explained>(`/skus/${SKU}`);
  const wanted = sites.filter(({ outcome }) => outcome === 'proposed').map(({ units }) => units);
  expect(wanted).toHaveLength(1);
  expect(ordered.map(({ units }) => units)).toEqual(wanted);
});
