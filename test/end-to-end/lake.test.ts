import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LakeRecord, readRecord } from '../../shared/lake/record.ts';
import { operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, isDelivered, type Placed } from './shopper.ts';

/** What the shopper of the basket to Germany gives. The carrier writes the town into its scans. */
const PERSON = /Erika|Muster|Hamburg|20095|shopper@|example\.com|\+49/;
/** Messages and records come twice, and each service refuses some calls. */
const faultRates = { duplicate: 0.1, throttle: 0.03 };

let running: RunningBackend;
let dataDir: string;
let first: Placed;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'entrepot-lake-'));
  running = await runBackend({ dataDir, faultSeed: 7, faultRates });
  first = await running.shopper.buy(baskets.DE, running.stripeUrl);
  await running.shopper.follow(first, isDelivered);
});
afterAll(async () => {
  await running.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** The text of every object of the bucket, and what no object has yet. */
function texts(): string[] {
  const objects = join(dataDir, 's3/buckets');
  const waiting = join(dataDir, 'delivery-streams');
  const files = (folder: string, ending: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(ending))
      .map((name) => readFileSync(join(folder, name)));
  expect(files(waiting, 'Z')).toEqual([]);
  return files(objects, '.data').map((body) => gunzipSync(body).toString());
}

function recordsIn(all: readonly string[]): LakeRecord[] {
  return all.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const read = readRecord(line);
        if (read.kind !== 'known') throw new Error(`${read.reason}: ${line}`);
        return read.record;
      }),
  );
}

/** The numbers of an order's facts in the lake, each once although it may come several times. */
const sequencesOf = (records: readonly LakeRecord[], orderId: string) =>
  [
    ...new Map(
      records.flatMap((each) =>
        'sequence' in each && each.orderId === orderId ? [[each.id, each.sequence]] : [],
      ),
    ).values(),
  ].toSorted((left, right) => left - right);

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

it('the lake has every fact of an order once, its quote and its calls, although messages come twice', async () => {
  await running.backend.cloud.flush();
  const records = recordsIn(texts());
  const { facts } = await operatorView(running.backend, first.orderId);

  expect(sequencesOf(records, first.orderId)).toEqual(numbers(facts.length));
  const names = new Set(records.map(({ name }) => name));
  for (const name of ['quote.given', 'callback.received', 'product.stored', 'stock.moved', 'rates.stored'])
    expect(names).toContain(name);
});

it('the journals in the lake are those of the order', async () => {
  const { ledger } = await operatorView(running.backend, first.orderId);
  const journals = new Map(
    recordsIn(texts()).flatMap((each) =>
      'journal' in each && each.orderId === first.orderId && each.journal !== undefined
        ? [[each.sequence, each.journal.postings.map(({ account, amountMinor }) => [account, amountMinor])]]
        : [],
    ),
  );

  expect([...journals].toSorted(([left], [right]) => left - right).map(([, postings]) => postings)).toEqual(
    ledger.map(({ postings }) => postings.map(({ account, amount }) => [account, amount.amount])),
  );
});

it('what a storefront reports of a visit is in the lake, in a backend that repeats and refuses calls', async () => {
  const answer = await fetch(`${running.backend.url}/v1/visits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-entrepot-key': running.storefrontKey },
    body: JSON.stringify({
      batchId: '0f0c2f3e-5a54-4c6e-9d0b-5f6d6c1a7b01',
      steps: [{ step: 'cart', sku: 'MUG-CERAMIC-350', quantity: 2 }],
    }),
  });
  expect(answer.status).toBe(202);

  await running.backend.cloud.flush();
  // A message that comes twice is written twice. The tables have each id once.
  const reported = recordsIn(texts()).filter(({ name }) => name === 'visit.reported');
  const visits = new Map(reported.map(({ id, data }) => [id, data]));
  expect([...visits.values()]).toEqual([
    { storefrontId: 'sample-shop', steps: [{ step: 'cart', sku: 'MUG-CERAMIC-350', quantity: 2 }] },
  ]);
});

it('no byte of the lake has anything of the shopper', () => {
  const all = texts();

  expect(all.join('').length).toBeGreaterThan(20_000);
  for (const text of all) expect(PERSON.exec(text)).toBeNull();
});

it('what was gathered when the backend stopped is in the bucket, and a new start continues behind it', async () => {
  const placed = await running.shopper.buy(baskets.US, running.stripeUrl);
  const { orderId } = placed;
  await running.backend.stop();
  const before = recordsIn(texts());
  expect(sequencesOf(before, orderId).length).toBeGreaterThan(0);

  running = await runBackend({ dataDir, faultSeed: 8, faultRates: { duplicate: 0.1 } });
  // The partners go on by themselves, so the order is brought to its end before its facts are counted.
  await running.shopper.follow(placed, isDelivered);
  await running.backend.cloud.settled(60_000);
  await running.backend.cloud.flush();
  const after = recordsIn(texts());
  const { facts } = await operatorView(running.backend, orderId);
  expect(sequencesOf(after, orderId)).toEqual(numbers(facts.length));
  expect(sequencesOf(after, first.orderId)).toEqual(sequencesOf(before, first.orderId));
});
