import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { product } from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

let handlers: HandlersOnEngine;
beforeAll(async () => {
  handlers = await handlersOnEngine();
  await handlers.call('catalogue/put-product', { params: { sku: 'MUG' }, body: JSON.stringify(product) });
});
afterAll(() => handlers.stop());

const post = (body: unknown) => handlers.call('catalogue/post-costs-import', { body: JSON.stringify(body) });
const stored = async () =>
  (await handlers.items()).filter(({ pk }) => String(pk).startsWith('COST#')).map(({ cost }) => String(cost));

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const cost = (over: object = {}) => ({
  ...{ sku: 'MUG', validFrom: '2026-01-01', purchase: eur(420), firstLeg: eur(35) },
  ...over,
});
const spent = (over: object = {}) => ({
  ...{ storefrontId: 'shop', market: 'DE', channel: 'search', day: '2026-01-15', amount: eur(1_000) },
  ...over,
});

describe('POST /v1/admin/costs/import', () => {
  test('lists what it adds, and stores nothing in a dry run', async () => {
    const answer = await post({
      dryRun: true,
      purchase: [cost(), cost({ sku: 'HAT' })],
      marketing: [spent()],
    });

    expect(answer).toMatchObject({
      status: 200,
      body: {
        ...{ stored: false, added: 3, changed: 0, unchanged: 0 },
        changes: [
          { kind: 'purchase', index: 0, change: 'added' },
          { kind: 'purchase', index: 1, change: 'added' },
          { kind: 'marketing', index: 0, change: 'added' },
        ],
        warnings: [{ pointer: '/purchase/1/sku', code: 'unknown-product' }],
      },
    });
    expect(await stored()).toEqual([]);
  });

  test('stores all costs, replaces those of the same key, and a repeat changes nothing', async () => {
    const body = { purchase: [cost()], marketing: [spent(), spent({ channel: 'newsletter' })] };
    expect(await post(body)).toMatchObject({ body: { stored: true, added: 3 } });
    expect(await stored()).toHaveLength(3);
    expect(await post(body)).toMatchObject({ body: { stored: false, unchanged: 3, changes: [] } });
    const { firstLeg: _, ...unknownLeg } = cost();

    const again = await post({
      purchase: [unknownLeg, cost({ validFrom: '2026-02-01', purchase: eur(440) })],
      marketing: [spent({ amount: eur(1_200) })],
    });

    expect(again).toMatchObject({
      body: {
        ...{ stored: true, added: 1, changed: 2, unchanged: 0 },
        changes: [
          { kind: 'purchase', index: 0, change: 'changed', before: expect.stringContaining('firstLeg') },
          { kind: 'purchase', index: 1, change: 'added' },
          { kind: 'marketing', index: 0, change: 'changed' },
        ],
      },
    });
    expect((await stored()).map((text) => JSON.parse(text))).toEqual(
      expect.arrayContaining([unknownLeg, spent({ amount: eur(1_200) })]),
    );
    expect(await stored()).toHaveLength(4);
  });

  test('stores nothing if one cost is wrong, and names each field', async () => {
    const before = await stored();
    const wrong = {
      purchase: [cost({ sku: 'NEW' }), cost({ purchase: eur(-1) }), cost({ validFrom: '2026-02-30' })],
      marketing: [spent({ market: 'XX' }), spent({ channel: 'A B' }), spent({ email: 'ada@example.com' })],
    };
    const { status, body } = await post(wrong);

    const pointers = (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
    expect({ status, pointers }).toEqual({
      status: 422,
      pointers: [
        '/purchase/1/purchase/amount',
        '/purchase/2/validFrom',
        '/marketing/0/market',
        '/marketing/1/channel',
        '/marketing/2/email',
      ],
    });
    expect(await stored()).toEqual(before);
  });

  test('refuses a day that has not begun, a cost that is there twice, none, and too many', async () => {
    const tomorrowWeek = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    const many = Array.from({ length: 60 }, (_, index) => cost({ sku: `S-${index}` }));
    const channels = Array.from({ length: 41 }, (_, index) => spent({ channel: `c-${index}` }));

    expect(await post({ marketing: [spent(), spent({ day: tomorrowWeek })] })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/marketing/1/day', code: 'in-the-future' }] },
    });
    expect(await post({ purchase: [cost(), cost({ purchase: eur(1) })] })).toMatchObject({
      body: { errors: [{ pointer: '/purchase/1/validFrom' }] },
    });
    for (const body of [{}, { purchase: many, marketing: channels }])
      expect(await post(body)).toMatchObject({ status: 422, body: { errors: [{ pointer: '' }] } });
    // A hundred are stored, with a purchase cost that holds from a later day on.
    const future = cost({ sku: 'FUTURE', validFrom: '2099-01-01' });
    expect(await post({ purchase: [...many.slice(1), future], marketing: channels.slice(1) })).toMatchObject({
      body: { stored: true, added: 100 },
    });
  });
});
