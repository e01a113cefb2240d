import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareWithBackend } from '../../infra/cli/lake/compare-with-backend.ts';
import { buildTables } from '../../infra/cli/lake/make-tables.ts';
import { type LakePlace, openPlace } from '../../infra/cli/lake/open-place.ts';
import { createProgress } from '../../infra/cli/terminal/progress.ts';
import { checkLake } from '../../shared/lake/engine/check-lake.ts';
import { compact } from '../../shared/lake/engine/compact.ts';
import { openLake } from '../../shared/lake/engine/open-lake.ts';
import { rebuild } from '../../shared/lake/engine/rebuild.ts';
import { type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, isDelivered, type Placed } from './shopper.ts';

let running: RunningBackend;
let work: string;
let order: Placed;
let place: LakePlace;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'entrepot-lake-tables-'));
  running = await runBackend({ faultSeed: 3, faultRates: { duplicate: 0.1 } });
  order = await running.shopper.buy(baskets.DE, running.stripeUrl);
  await running.shopper.follow(order, isDelivered);
  await running.backend.cloud.settled(60_000);
  await running.backend.cloud.flush();
  place = await openPlace({ kind: 'local', url: running.backend.url, dataDir: work });
});
afterAll(async () => {
  await running.stop();
  await rm(work, { recursive: true, force: true });
});

const now = () => new Date().toISOString();

it('the job makes tables that have all of an order, and every sum is equal to its table', async () => {
  const lines: string[] = [];
  const progress = createProgress({
    write: (text: string) => lines.push(text),
  } as unknown as NodeJS.WriteStream);
  // The command starts the job of the backend. The clock may have started a run with the first facts a moment ago.
  const where = { kind: 'local', url: running.backend.url, dataDir: work } as const;
  expect(await buildTables(where, progress)).toBe(true);
  expect(lines.join('')).toMatch(/\d+ facts of \d+ objects are in the tables/);
  // So nothing is left for a run from outside.
  expect(await compact({ store: place.store, folder: join(work, 'run'), now: now() })).toMatchObject({
    ...{ objects: 0, facts: 0, setAside: 0, left: 0 },
  });
  const lake = await openLake({ folder: await place.askable() });
  try {
    expect((await checkLake(lake)).filter(({ wrong }) => wrong > 0)).toEqual([]);
    const compared = await compareWithBackend(lake, running.backend.operator, 10);
    expect(compared).toMatchObject({ isEqual: true });
    expect((await lake.ask('SELECT order_id, ended_as FROM journeys')).rows).toEqual([
      [order.orderId, 'order.delivered'],
    ]);
  } finally {
    lake.close();
  }
});

it('a rebuild from the facts gives the same figures', async () => {
  const { differences, facts } = await rebuild({
    ...{ store: place.store, folder: join(work, 'again'), now: now(), replaces: false },
  });

  expect(facts).toBeGreaterThan(20);
  expect(differences).toEqual([]);
});
