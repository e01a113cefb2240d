import { describe, expect, it } from 'vitest';
import { type ApiClient, ApiProblem, type Call } from '../../../../infra/cli/client/api-client.ts';
import { atOnce } from '../../../../infra/cli/replay/at-once.ts';
import { callAgain, problemOf } from '../../../../infra/cli/replay/call-again.ts';
import { followOrders } from '../../../../infra/cli/replay/follow-orders.ts';
import { placeOrder } from '../../../../infra/cli/replay/place-order.ts';
import type { PlannedOrder } from '../../../../infra/cli/replay/plan-orders.ts';
import { addReplay } from '../../../../infra/cli/replay/replay-command.ts';
import type { ReplayOptions } from '../../../../infra/cli/replay/replay-options.ts';
import { parseLine } from '../parse-line.ts';

const never = new AbortController().signal;

const order: PlannedOrder = {
  key: '536365/2',
  invoiceNo: '536365',
  country: 'DE',
  customerId: '17850',
  lines: [{ sku: 'MUG', quantity: 2, rows: [2] }],
};

/** A storefront API with a list of answers for each path. A problem is thrown. */
function fakeApi(answers: Record<string, unknown[]>): { client: ApiClient; calls: Call[] } {
  const calls: Call[] = [];
  return {
    calls,
    client: {
      async call<T>(call: Call): Promise<T> {
        calls.push(call);
        const next = answers[call.path.split('?')[0] ?? '']?.shift();
        if (next instanceof Error) throw next;
        return next as T;
      },
    },
  };
}

const money = (amount: number) => ({ amount, currency: 'GBP' });
const quote = {
  quoteId: 'quo_1',
  totals: {
    goods: money(500),
    shipping: money(100),
    duty: money(0),
    tax: money(114),
    fees: money(0),
    total: money(714),
  },
  landedCost: { consignments: [{ shipFrom: 'PL', scheme: 'domestic' }] },
  blockedLines: [],
};
const placed = { orderId: 'ord_1', payment: { nextAction: { type: 'none' } } };
const problem = (status: number, code: string, errors?: unknown) =>
  new ApiProblem('POST /v1/orders', status, {
    type: `https://example.com/problems/${code}`,
    detail: 'why',
    errors,
  });

const shopper = (client: ApiClient) => ({
  storefront: client,
  checkout: { pay: () => Promise.reject(new Error('nothing is to pay')) },
  runId: 'r1',
  signal: never,
});

describe('a shopper', () => {
  it('requests a quote for the invented address, places the order and records its cost', async () => {
    const { client, calls } = fakeApi({ '/v1/quotes': [quote], '/v1/orders': [placed] });
    expect(await placeOrder(shopper(client), order)).toEqual({
      outcome: 'placed',
      orderId: 'ord_1',
      cost: { goods: 500, shipping: 100, duty: 0, tax: 114, fees: 0, total: 714 },
      isPaid: false,
      schemes: ['PL domestic'],
      leftOut: [],
    });
    const [asked, ordered] = calls as unknown as [
      { body: { destination: object } },
      { body: { shippingAddress: object }; headers: Record<string, string> },
    ];
    expect(asked.body).toMatchObject({
      destination: { country: 'DE' },
      currency: 'GBP',
      incoterm: 'DDP',
      lines: [{ sku: 'MUG', quantity: 2 }],
    });
    expect(ordered.body.shippingAddress).toMatchObject(asked.body.destination);
    expect(ordered.headers['idempotency-key']).toBe('replay-r1-536365-2-DE-1');
  });

  it('records which products were left out because they may not be sold there, and the rule', async () => {
    const blockedLines = [{ sku: 'MUG', detail: 'barred there', ruleId: 'x-mugs' }];
    const { client } = fakeApi({ '/v1/quotes': [{ ...quote, blockedLines }], '/v1/orders': [placed] });
    expect(await placeOrder(shopper(client), order)).toMatchObject({
      outcome: 'placed',
      leftOut: [{ sku: 'MUG', reason: 'restricted-goods', detail: 'barred there (x-mugs)' }],
    });
    const errors = [{ pointer: '/lines/0/sku', code: 'restricted-goods', detail: 'barred there' }];
    const all = fakeApi({ '/v1/quotes': [problem(422, 'quote-refused', errors)] });
    expect(await placeOrder(shopper(all.client), order)).toEqual({
      outcome: 'refused',
      reason: 'restricted-goods',
      detail: 'barred there',
      leftOut: [],
    });
  });

  it('removes the line that a refusal names, and requests a quote for the rest', async () => {
    const errors = [{ pointer: '/lines/1/sku', code: 'unclassified', detail: 'no rate is known' }];
    const { client, calls } = fakeApi({
      '/v1/quotes': [problem(422, 'quote-refused', errors), quote],
      '/v1/orders': [placed],
    });
    const two: PlannedOrder = { ...order, lines: [...order.lines, { sku: 'TOY', quantity: 1, rows: [3] }] };
    expect(await placeOrder(shopper(client), two)).toMatchObject({
      outcome: 'placed',
      leftOut: [{ sku: 'TOY', reason: 'api:quote-refused/unclassified', detail: 'no rate is known' }],
    });
    expect(calls[1]?.body).toMatchObject({ lines: [{ sku: 'MUG', quantity: 2 }] });
  });

  it('requests a new quote under a new key after a conflict over stock or a simultaneous write', async () => {
    const { client, calls } = fakeApi({
      '/v1/quotes': [quote, quote],
      '/v1/orders': [problem(409, 'stock-gone'), placed],
    });
    expect(await placeOrder(shopper(client), order)).toMatchObject({ outcome: 'placed' });
    const keys = calls.flatMap(({ headers }) => headers?.['idempotency-key'] ?? []);
    expect(new Set(keys).size).toBe(2);
  });

  it('records the code and text of any other refusal, and does not try again', async () => {
    const errors = [
      { pointer: '/destination/country', code: 'destination-not-served', detail: 'no lane to DE' },
    ];
    const { client, calls } = fakeApi({ '/v1/quotes': [problem(422, 'quote-refused', errors)] });
    expect(await placeOrder(shopper(client), order)).toEqual({
      outcome: 'refused',
      reason: 'api:quote-refused/destination-not-served',
      detail: 'no lane to DE',
      leftOut: [],
    });
    expect(calls).toHaveLength(1);
  });
});

describe('a call of the API', () => {
  it('is repeated only after a failure that may be temporary', async () => {
    let calls = 0;
    const failing = (error: Error) => async () => {
      calls += 1;
      if (calls < 3) throw error;
      return 'answer';
    };
    expect(await callAgain(failing(problem(503, 'busy')))).toBe('answer');
    calls = 0;
    expect(await callAgain(failing(new TypeError('fetch failed')))).toBe('answer');
    calls = 0;
    await expect(callAgain(failing(problem(422, 'bad')))).rejects.toThrow('422');
    expect(calls).toBe(1);
  });

  it('gives a code even for a refusal without problem details', () => {
    expect(problemOf(new ApiProblem('GET /x', 418, undefined))).toEqual({
      code: 'http-418',
      detail: 'answered 418',
    });
  });
});

describe('concurrent work', () => {
  it('runs all jobs, never more than the limit at a time, and stops on request', async () => {
    let running = 0;
    let max = 0;
    const done: number[] = [];
    const stopping = new AbortController();
    const act = async (item: number) => {
      running += 1;
      max = Math.max(max, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      done.push(item);
      if (item === 50) stopping.abort();
    };
    const items = Array.from({ length: 100 }, (_, index) => index + 1);
    await atOnce(items, 4, stopping.signal, act);
    expect(max).toBe(4);
    expect(done.length).toBeGreaterThanOrEqual(50);
    expect(done.length).toBeLessThan(60);
    await expect(atOnce(items, 4, never, async () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
  });
});

describe('following the orders', () => {
  const heldFact = {
    name: 'screening.held',
    data: { findings: [{ ruleId: 'many-of-one', outcome: 'hold', explanation: '36 units of MUG' }] },
  };
  const holds = [{ rule: 'many-of-one', finding: '36 units of MUG' }];
  const notHeld = { isHeld: false, holds: [], isReleased: false };

  const listed = (orderId: string, status: string, placedAt = '2026-11-22T10:00:01Z') => ({
    orderId,
    status,
    placedAt,
  });
  const reached: number[] = [];
  const step = { advance: () => {}, reach: (count: number) => void reached.push(count), end: () => {} };

  /** Admin lists by name. Each reading gets the pages of a list in turn. */
  function lists(pages: Record<string, unknown[][]>): ApiClient {
    const begun = new Set<unknown>();
    return {
      async call<T>({ path }: Call): Promise<T> {
        if (path.startsWith('/v1/admin/orders/')) return { facts: [heldFact] } as T;
        const query = new URL(path, 'http://x').searchParams;
        const readings = pages[query.get('status') ?? ''] ?? [[]];
        const at = Number(query.get('cursor') ?? '0');
        // The first page begins a new reading. The last page is repeated.
        if (at === 0 && begun.has(readings) && readings.length > 1) readings.shift();
        begun.add(readings);
        const reading = readings[0];
        const page = (reading?.[at] ?? { orders: [] }) as { orders: unknown[] };
        return { ...page, ...(reading?.[at + 1] === undefined ? {} : { cursor: String(at + 1) }) } as T;
      },
    };
  }

  it('reads all pages, ignores other orders, and gives the outcome of every order', async () => {
    const operator = lists({
      open: [
        [{ orders: [listed('a', 'paid'), listed('x', 'paid')] }, { orders: [listed('b', 'paid')] }],
        [{ orders: [listed('x', 'paid')] }],
      ],
      attention: [[{ orders: [listed('c', 'held')] }]],
      closed: [[{ orders: [listed('a', 'delivered')] }, { orders: [listed('b', 'cancelled')] }]],
    });
    const where = await followOrders({
      operator,
      orderIds: new Set(['a', 'b', 'c']),
      since: '2026-11-22T10:00:00Z',
      patienceMs: 5_000,
      releaseHeld: false,
      signal: never,
      step,
    });
    expect(Object.fromEntries(where)).toEqual({
      a: { status: 'delivered', ...notHeld },
      b: { status: 'cancelled', ...notHeld },
      c: { status: 'held', isHeld: true, holds, isReleased: false },
    });
    expect(reached).toEqual([1, 3]);
  });

  it('releases each held order once, if that is requested', async () => {
    const reading = lists({
      open: [[{ orders: [] }], [{ orders: [listed('a', 'paid')] }], [{ orders: [] }]],
      attention: [
        [{ orders: [listed('a', 'held'), listed('x', 'held')] }],
        [{ orders: [listed('b', 'paid')] }],
      ],
      closed: [[{ orders: [listed('a', 'delivered')] }]],
    });
    const posts: string[] = [];
    const operator: ApiClient = {
      call: async (call) => (call.method === 'POST' ? (posts.push(call.path) as never) : reading.call(call)),
    };
    const where = await followOrders({
      operator,
      orderIds: new Set(['a', 'b']),
      since: '2026-11-22T10:00:00Z',
      patienceMs: 5_000,
      releaseHeld: true,
      signal: never,
      step,
    });
    expect(posts).toEqual(['/v1/admin/orders/a/release']);
    expect(where.get('a')).toEqual({ status: 'delivered', isHeld: false, holds, isReleased: true });
    expect(where.get('b')).toEqual({ status: 'paid', isHeld: true, holds, isReleased: false });
  });

  it('gives up if no order has changed for the given time', async () => {
    const operator = lists({ open: [[{ orders: [listed('a', 'booked')] }]] });
    const where = await followOrders({
      operator,
      orderIds: new Set(['a']),
      since: '2026-11-22T10:00:00Z',
      patienceMs: 500,
      releaseHeld: false,
      signal: never,
      step,
    });
    expect(where.get('a')).toEqual({ status: 'booked', ...notHeld });
  });

  it('reads no page of orders that are older than the replay', async () => {
    const old = listed('z', 'delivered', '2026-11-22T09:00:00Z');
    const operator = lists({
      closed: [[{ orders: [listed('a', 'delivered'), old] }, { orders: [listed('b', 'delivered')] }]],
    });
    const where = await followOrders({
      operator,
      orderIds: new Set(['a', 'b']),
      since: '2026-11-22T10:00:00Z',
      patienceMs: 500,
      releaseHeld: false,
      signal: never,
      step,
    });
    expect([...where.keys()]).toEqual(['a']);
  });
});

describe('the command line of the replay', () => {
  const readReplayOptions = (args: readonly string[]) =>
    parseLine<ReplayOptions>(['replay', ...args], (program, give) =>
      addReplay(program, async (options) => give(options)),
    );

  it('takes a file and has sensible defaults', () => {
    expect(readReplayOptions(['sales.csv.gz'])).toEqual({
      file: 'sales.csv.gz',
      url: undefined,
      paymentUrl: undefined,
      dataDir: '.local',
      concurrency: 4,
      limit: undefined,
      countries: undefined,
      from: new Set(['GB', 'PL']),
      patienceMs: 400_000,
      releaseHeld: true,
      keep: false,
    });
    expect(readReplayOptions(['f', '--hold'])).toMatchObject({ releaseHeld: false });
    expect(readReplayOptions(['f', '--from', 'gb'])).toMatchObject({ from: new Set(['GB']) });
    expect(readReplayOptions(['f', '--countries', 'de, fr', '--limit', '5'])).toMatchObject({
      countries: new Set(['DE', 'FR']),
      limit: 5,
    });
  });

  it.each([
    [[], "missing required argument 'file'"],
    [['a', 'b'], 'too many arguments'],
    [['a', '--limit', '-1'], '--limit'],
    [['a', '--limit', 'x'], '--limit'],
    [['a', '--concurrency', '0'], '--concurrency'],
    [['a', '--countries', 'Germany'], '--countries'],
    [['a', '--from', 'fr'], 'no warehouse in FR'],
    [['a', '--from', 'Leeds'], '--from'],
    [['a', '--url', 'http://x'], 'together: orders are paid'],
    [['a', '--url', 'x', '--payment-url', 'http://y'], '--url'],
    [['a', '--bogus'], 'bogus'],
  ])('%j is refused with a helpful message', (args, words) => {
    expect(() => readReplayOptions(args)).toThrow(words);
  });
});
