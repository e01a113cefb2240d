import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { factNames } from '../../events/all-events.ts';
import { erasePerson } from '../../infra/cli/person/erase-person.ts';
import { createProgress } from '../../infra/cli/terminal/progress.ts';
import { imageOf } from '../../shared/aws/relay/image.ts';
import { outgoingOf } from '../../shared/runtime/outgoing.ts';
import type { StoredItem } from '../bench/load/order-copies.ts';
import { openTableFile } from '../bench/load/table-file.ts';
import { personalIn } from '../component/stores/erasure-orders.ts';
import { operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, isDelivered, type Placed } from './shopper.ts';

/** What the shopper of the basket to Germany gives. The carrier writes the town into its scans. */
const words = {
  name: 'Erika Musterfrau',
  street: 'Musterstraße',
  town: 'Hamburg',
  postalCode: '20095',
  email: 'shopper@example.com',
} as const;

let running: RunningBackend;
let dataDir: string;
let placed: Placed;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'entrepot-personal-'));
  running = await runBackend({ dataDir });
  placed = await running.shopper.buy(baskets.DE, running.stripeUrl);
  await running.shopper.follow(placed, isDelivered);
});
afterAll(async () => {
  await running.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** The table as it is on the disk. */
function itemsOnDisk(): StoredItem[] {
  const file = openTableFile(dataDir);
  try {
    return file.items();
  } finally {
    file.close();
  }
}

/** The items with their values as a client gives them. */
const readable = () =>
  itemsOnDisk().map((item) =>
    Object.fromEntries(
      Object.entries(item).map(([name, { S, N, B }]) => [
        name,
        B === undefined ? (S ?? N) : Buffer.from(String(B), 'base64'),
      ]),
    ),
  );

const found = (text: string) => Object.values(words).filter((word) => text.includes(word));

it('no event and no message of a whole run has anything of the address, also where all facts are published', () => {
  const items = itemsOnDisk().filter(({ sk }) => sk?.S?.startsWith('FACT#') === true);
  const sent = items.flatMap((item) =>
    outgoingOf({ ...imageOf(item), outbox: factNames.join(' ') }, { publishesAllFacts: true }),
  );

  expect(sent.length).toBeGreaterThan(20);
  expect(JSON.stringify(sent)).toContain('parcel.booked');
  for (const each of sent) expect(found(JSON.stringify(each))).toEqual([]);
});

it('no log of a whole run has anything of the shopper', async () => {
  const logs = await readdir(join(dataDir, 'logs'));
  expect(logs.length).toBeGreaterThan(5);

  for (const log of logs)
    expect([log, found(await readFile(join(dataDir, 'logs', log), 'utf8'))]).toEqual([log, []]);
});

it('the command erases the person everywhere in the table, and the order keeps its ledger', async () => {
  const { backend } = running;
  const before = await operatorView(backend, placed.orderId);
  expect(personalIn(readable(), words).length).toBeGreaterThan(0);
  const options = { orderIds: [], email: words.email, dryRun: false, yes: true };

  const isDone = await erasePerson(
    { ...options, url: backend.url, token: undefined, dataDir },
    { client: backend.operator, progress: createProgress(process.stderr), ask: async () => false },
  );

  expect(isDone).toBe(true);
  expect(personalIn(readable(), words)).toEqual([]);
  const after = await operatorView(backend, placed.orderId);
  expect(after.ledger).toEqual(before.ledger);
  expect(after.landedCost.totals).toEqual(before.landedCost.totals);
  expect(after.facts.slice(before.facts.length).map(({ name }) => name)).toEqual([
    'order.erasure_requested',
    'order.erased',
  ]);
  expect(await running.shopper.order(placed)).toMatchObject({ status: 'delivered' });
});
