import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, isDelivered, type Placed } from './shopper.ts';

/**
 * A number of Visa's range with a right check digit that no sandbox has. From the right each second digit twice:
 * 6+3+3+0+3+7+2+2+1+1+1+0+2+6+5+8 = 50.
 */
const NUMBER = '4532015112830366';
const groups = NUMBER.match(/\d{4}/g) ?? [];

/** The ways in which a shopper may write it, as the JSON of a text. */
const written: Readonly<Record<string, string>> = {
  plain: `"card ${NUMBER}"`,
  'in groups': `"${groups.join(' ')}"`,
  'with dashes': `"${groups.join('-')}"`,
  'with slashes that are escaped': `"${groups.join('\\/')}"`,
  'in full-width digits': `"${NUMBER.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))}"`,
  'as a number': NUMBER,
};

let running: RunningBackend;
let dataDir: string;
let placed: Placed;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'entrepot-cards-'));
  running = await runBackend({ dataDir });
  placed = await running.shopper.buy(baskets.DE, running.stripeUrl);
});
afterAll(async () => {
  await running.stop();
  await rm(dataDir, { recursive: true, force: true });
});

interface Sent {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends JSON in which one text is written as given, and tells how it was answered. */
async function send({ path, body, headers = {} }: Sent, json = JSON.stringify(body)) {
  const response = await fetch(`${running.backend.url}${path}`, {
    method: json === undefined ? 'GET' : 'POST',
    headers: {
      'x-entrepot-key': running.storefrontKey,
      'idempotency-key': randomUUID(),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: json }),
  });
  return { status: response.status, text: await response.text() };
}

const PLACE = '\u0001place\u0001';

/** The body once for each of its texts and numbers, with the number of the card in its place. */
function bodiesWith(body: unknown, number: string): string[] {
  const places: string[] = [];
  const walk = (value: unknown, put: (value: unknown) => unknown): void => {
    if (typeof value === 'string' || typeof value === 'number') places.push(JSON.stringify(put(PLACE)));
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value))
        walk(inner, (changed) =>
          put(
            Array.isArray(value)
              ? value.map((each, index) => (String(index) === name ? changed : each))
              : { ...value, [name]: changed },
          ),
        );
  };
  walk(body, (value) => value);
  return places.map((json) => json.replace(JSON.stringify(PLACE), () => number));
}

/** The files of the backend's data as text: the table, the queues, the logs, and what the lake holds or waits for. */
async function stored(): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = join(entry.parentPath, entry.name);
        const bytes = await readFile(file);
        const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
        const text = (isCompressed ? gunzipSync(bytes) : bytes).toString('utf8');
        return [relative(dataDir, file), text] as const;
      }),
  );
  return new Map(files);
}

/** The text with all digits as 0 to 9, and with nothing between two of them. */
const digitsOf = (text: string) => text.normalize('NFKC').replace(/(?<=\d)[\s\-/_.\\]+(?=\d)/g, '');

it('is refused in every text of what a shopper sends, in its path, query and headers, and repeated nowhere', async () => {
  const { quoteId } = await running.shopper.quote<{ quoteId: string }>(baskets.DE);
  const order = running.shopper.placeBody(quoteId, 'DE');
  const own = { authorization: `Bearer ${placed.accessToken}` };
  const requests: readonly Sent[] = [
    { path: '/v1/quotes', body: baskets.DE },
    { path: '/v1/orders', body: { ...order, channel: 'search' } },
    { path: `/v1/orders/${placed.orderId}/payment`, body: { method: 'card' }, headers: own },
  ];
  for (const request of requests)
    for (const [way, number] of Object.entries(written))
      for (const json of bodiesWith(request.body, number)) {
        const { status, text } = await send(request, json);
        expect({ way, path: request.path, json, status }).toMatchObject({ status: 422 });
        expect(text).toContain('card-number');
        expect(digitsOf(text)).not.toContain(NUMBER);
      }
  for (const path of [`/v1/orders/${NUMBER}`, `/v1/payment-methods?country=DE&currency=EUR&amount=${NUMBER}`])
    expect((await send({ path, headers: own })).status).toBeGreaterThanOrEqual(400);
  const keyed = { path: '/v1/orders', body: order, headers: { 'idempotency-key': NUMBER } };
  expect((await send(keyed)).status).toBe(422);
  // A call in a partner's name without its signature is not kept.
  const forged = { path: '/v1/hooks/payment/stripe', body: { id: 'evt_1', number: NUMBER } };
  expect((await send(forged)).status).toBeGreaterThanOrEqual(400);
});

it('is found by its digits in each way of writing it', () => {
  for (const json of Object.values(written)) expect(digitsOf(String(JSON.parse(json)))).toContain(NUMBER);
});

it('is in no table, queue, log or file of the lake after a whole run', async () => {
  await running.shopper.follow(placed, isDelivered);
  expect((await operatorView(running.backend, placed.orderId)).status).toBe('delivered');
  // What the lake gathers is in its bucket then, and no table was made of it yet.
  await running.backend.cloud.flush();
  const files = await stored();
  const naming = [...files].filter(([, text]) => text.includes(placed.orderId)).map(([file]) => file);
  // The order itself is found in the table, the queues and the lake: they are read, and the logs are there.
  for (const place of [/^table\.db/, /^queue-messages\.db/, /^(?:s3|delivery-streams)\//])
    expect(naming).toContainEqual(expect.stringMatching(place));
  expect([...files].filter(([file, text]) => file.startsWith('logs/') && text !== '').length).toBeGreaterThan(
    5,
  );
  const holding = [...files].filter(([, text]) => digitsOf(text).includes(NUMBER)).map(([file]) => file);
  expect(holding).toEqual([]);
}, 120_000);
