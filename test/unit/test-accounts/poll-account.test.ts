import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkAccounts, pollOnce, waitAfter } from '../../../infra/test-accounts/poll-account.ts';
import { pollPositions } from '../../../infra/test-accounts/poll-positions.ts';
import { findTestAccounts } from '../../../infra/test-accounts/registry.ts';
import { AccountRefused, NotNow, type TestAccount } from '../../../infra/test-accounts/test-account.ts';

const SECRET = '51QaZwSxEdCrFvTgBy';
const kinds = await findTestAccounts();

function open(code: string, baseUrl: string): TestAccount {
  const apiKey = code === 'stripe' ? `sk_test_${SECRET}` : `EZTK${SECRET}`;
  const kind = kinds.find((one) => one.code === code);
  if (kind === undefined) throw new Error(`no test account of ${code}`);
  return kind.open({ apiKey, baseUrl });
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

/** A server in the place of a partner and of our API. The tests replace what it answers. */
let answers: (url: URL) => Answer;
let hooks: (eventId: string) => number;
let server: Server;
let url: string;
let asked: URL[] = [];
let delivered: string[] = [];
let dataDir: string;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'entrepot-poll-'));
  [asked, delivered] = [[], []];
  hooks = () => 200;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const target = new URL(request.url ?? '', url);
      if (target.pathname.startsWith('/v1/hooks/')) {
        const { id } = JSON.parse(Buffer.concat(chunks).toString()) as { id: string };
        response.statusCode = hooks(id);
        if (response.statusCode === 200) delivered.push(id);
        response.end('{}');
        return;
      }
      asked.push(target);
      const { status = 200, headers = {}, body } = answers(target);
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(dataDir, { recursive: true, force: true });
});

const tools = (say: (line: string) => void = () => {}) => ({
  positions: pollPositions(dataDir),
  apiUrl: url,
  secret: 'own-secret',
  say,
});

/** Stripe's list of these events, in pages of two, newest first. */
function stripeOf(events: readonly { id: string; created: number }[]) {
  return (target: URL): Answer => {
    const newestFirst = [...events]
      .sort((a, b) => b.created - a.created)
      .filter(({ created }) => created >= Number(target.searchParams.get('created[gte]')))
      .map((event) => ({ ...event, type: 'payment_intent.succeeded', data: { object: {} } }));
    const after = target.searchParams.get('starting_after');
    const from = after === null ? 0 : newestFirst.findIndex(({ id }) => id === after) + 1;
    return {
      body: { data: newestFirst.slice(from, from + 2), has_more: newestFirst.length > from + 2 },
    };
  };
}

const five = [1, 2, 3, 4, 5].map((n) => ({ id: `evt_${n}`, created: 1_000 + n }));

describe('polling Stripe', () => {
  const stripe = () => open('stripe', url);
  const begin = () => pollPositions(dataDir).write('stripe', { from: 1_000, seen: [] });

  it('reads all pages, and delivers the oldest event first and each once', async () => {
    begin();
    answers = stripeOf(five);
    expect(await pollOnce(stripe(), tools())).toBe(5);
    expect(delivered).toEqual(['evt_1', 'evt_2', 'evt_3', 'evt_4', 'evt_5']);
    expect(await pollOnce(stripe(), tools())).toBe(0);
    expect(delivered).toHaveLength(5);
    expect(asked[0]?.searchParams.getAll('types[]')).toContain('charge.dispute.created');
  });

  it('delivers an event that Stripe lists late, with an earlier time', async () => {
    begin();
    answers = stripeOf(five.slice(3));
    await pollOnce(stripe(), tools());
    answers = stripeOf(five);
    await pollOnce(stripe(), tools());
    expect(delivered).toEqual(['evt_4', 'evt_5', 'evt_1', 'evt_2', 'evt_3']);
  });

  it('forgets ids that the list no longer reaches', async () => {
    begin();
    answers = stripeOf([...five, { id: 'evt_later', created: 9_000 }]);
    await pollOnce(stripe(), tools());
    expect(pollPositions(dataDir).read('stripe')).toEqual({ from: 8_700, seen: ['evt_later'] });
  });

  it('loses nothing when it crashes between two events', async () => {
    begin();
    answers = stripeOf(five);
    hooks = (id) => (id === 'evt_3' ? 503 : 200);
    await expect(pollOnce(stripe(), tools())).rejects.toThrow(NotNow);
    expect(pollPositions(dataDir).read('stripe')).toEqual({ from: 1_000, seen: [] });
    hooks = () => 200;
    await pollOnce(stripe(), tools());
    expect(new Set(delivered)).toEqual(new Set(five.map(({ id }) => id)));
  });

  it('loses nothing when a later page can not be read', async () => {
    begin();
    const list = stripeOf(five);
    answers = (target) =>
      target.searchParams.has('starting_after') ? { status: 500, body: '' } : list(target);
    await expect(pollOnce(stripe(), tools())).rejects.toThrow('it answered 500');
    expect(delivered).toEqual([]);
    answers = list;
    await pollOnce(stripe(), tools());
    expect(delivered).toHaveLength(5);
  });

  it('leaves out an event that the API refuses finally, and says so', async () => {
    begin();
    answers = stripeOf(five);
    hooks = (id) => (id === 'evt_3' ? 413 : 200);
    const said: string[] = [];
    await pollOnce(
      stripe(),
      tools((line) => said.push(line)),
    );
    expect(delivered).toEqual(['evt_1', 'evt_2', 'evt_4', 'evt_5']);
    expect(said[0]).toBe('stripe: the API refused evt_3 (payment_intent.succeeded) with 413; it is left out');
  });

  it('obeys Retry-After, and waits longer after each failure', async () => {
    begin();
    answers = () => ({ status: 429, headers: { 'retry-after': '30' }, body: { error: {} } });
    const error = await pollOnce(stripe(), tools()).catch((thrown: unknown) => thrown);
    expect(waitAfter(stripe(), 1, error)).toBe(30_000);
    const down = new NotNow('it answered 500');
    expect([1, 2, 3, 30].map((failures) => waitAfter(stripe(), failures, down))).toEqual([
      4_000, 8_000, 16_000, 60_000,
    ]);
  });
});

describe('polling EasyPost', () => {
  const easypost = () => open('easypost', url);
  const begin = () =>
    pollPositions(dataDir).write('easypost', { since: '2026-11-29T08:00:00.000Z', seen: {} });
  const tracker = (id: string, ...statuses: readonly string[]) => ({
    id,
    shipment_id: 'shp_1',
    tracking_code: 'EZ1',
    status: statuses.at(-1) ?? 'unknown',
    updated_at: '2026-11-29T09:00:00Z',
    tracking_details: statuses.map((status) => ({ status, datetime: '2026-11-29T09:00:00Z' })),
  });
  const list = (...trackers: readonly object[]) => {
    answers = () => ({ body: { trackers, has_more: false } });
  };

  it('delivers a tracker each time that it says something new', async () => {
    begin();
    list(tracker('trk_1', 'pre_transit'));
    expect(await pollOnce(easypost(), tools())).toBe(0);
    list(tracker('trk_1', 'pre_transit', 'in_transit'));
    expect(await pollOnce(easypost(), tools())).toBe(1);
    expect(await pollOnce(easypost(), tools())).toBe(0);
    list(tracker('trk_1', 'pre_transit', 'in_transit', 'delivered'));
    expect(await pollOnce(easypost(), tools())).toBe(1);
    expect(new Set(delivered).size).toBe(2);
    expect(asked[0]?.searchParams.get('start_datetime')).toBe('2026-11-29T08:00:00.000Z');
  });

  it('leaves out trackers that belong to no shipment', async () => {
    begin();
    list({ ...tracker('trk_1', 'delivered'), shipment_id: null });
    expect(await pollOnce(easypost(), tools())).toBe(0);
  });

  it('reads all pages', async () => {
    begin();
    answers = (target) =>
      target.searchParams.get('before_id') === 'trk_2'
        ? { body: { trackers: [tracker('trk_1', 'in_transit')], has_more: false } }
        : { body: { trackers: [tracker('trk_2', 'in_transit')], has_more: true } };
    expect(await pollOnce(easypost(), tools())).toBe(2);
  });
});

describe('the check at the start', () => {
  const refusal = (code: string, answer: Answer) => {
    answers = () => answer;
    return checkAccounts([open(code, url)], pollPositions(dataDir)).then(
      () => 'accepted',
      (error: Error) => error.message,
    );
  };

  it.each([
    [401, 'invalid_request_error', 'the key in the file is wrong, or was replaced'],
    [403, 'permission_error', 'the key may not read its events: give it that permission'],
    [302, '', 'check the account'],
  ])('says what a %i means', async (status, type, advice) => {
    const said = await refusal('stripe', {
      status,
      body: { error: { type, message: `Invalid API Key provided: sk_test_${SECRET}` } },
    });
    expect(said).toContain(advice);
    expect(said).toContain(`stripe at ${url} refused with ${status}`);
    expect(said).not.toContain(SECRET);
  });

  it('says that a partner is away', async () => {
    expect(await refusal('easypost', { status: 503, body: '' })).toBe(`easypost at ${url}: it answered 503`);
    const nowhere = open('stripe', 'https://stripe.invalid');
    await expect(checkAccounts([nowhere], pollPositions(dataDir))).rejects.toThrow(
      /no machine has the name stripe.invalid|can't be reached/,
    );
  });

  it("begins at the partner's own time, and goes on where an earlier start stopped", async () => {
    const date = 'Sun, 29 Nov 2026 08:00:00 GMT';
    expect(await refusal('stripe', { headers: { date }, body: { data: [], has_more: false } })).toBe(
      'accepted',
    );
    const first = { from: Date.parse(date) / 1_000, seen: [] };
    expect(pollPositions(dataDir).read('stripe')).toEqual(first);
    await refusal('stripe', { body: { data: [], has_more: false } });
    expect(pollPositions(dataDir).read('stripe')).toEqual(first);
  });

  it('names no key in an error', () => {
    expect(String(new AccountRefused(401, ''))).toBe('AccountRefused: refused with 401');
  });
});
