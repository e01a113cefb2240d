import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { triggers } from '../../../events/triggers.ts';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { OF_SHOPPERS } from '../../../infra/constructs/written-keys.ts';
import { basket, fullRequests } from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine, type RouteId } from './handlers-on-engine.ts';
import type { Request } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

let handlers: HandlersOnEngine;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-12-01T10:00:00Z') });
  handlers = await handlersOnEngine();
  await seed(handlers.operator);
});
afterAll(async () => {
  vi.useRealTimers();
  await handlers.stop();
});

interface Written {
  readonly Item?: { readonly pk?: string };
  readonly Key?: { readonly pk?: string };
}

/** The partition keys of what a command puts or updates. */
function writtenBy(input: Record<string, unknown>, name: string): string[] {
  const { TransactItems = [] } = input as {
    TransactItems?: { Put?: Written; Update?: Written; Delete?: Written }[];
  };
  const inside = TransactItems.flatMap(({ Put, Update, Delete }) => [Put, Update, Delete]);
  const single = /^(Put|Update|Delete)Command$/.test(name) ? [input as Written] : [];
  return [...inside, ...single].flatMap((each) => each?.Item?.pk ?? each?.Key?.pk ?? []);
}

/** Calls a route, and gives the answer with the partition keys that its function wrote. */
async function watched(route: RouteId, request: Request) {
  const send = DynamoDBDocumentClient.prototype.send;
  const written: string[] = [];
  const spy = vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(async function (
    this: unknown,
    ...given
  ) {
    written.push(...writtenBy({ ...given[0].input }, given[0].constructor.name));
    return Reflect.apply(send, this, given);
  });
  try {
    const answer = await handlers.call(route, request);
    return { answer, written };
  } finally {
    spy.mockRestore();
  }
}

/** A request of {@link fullRequests}, with a key of its own. */
function requestOf(route: RouteId, references: Parameters<typeof fullRequests>[0]): Request {
  const found = fullRequests(references).find((request) => request.route === route);
  return {
    ...(found?.params === undefined ? {} : { params: found.params }),
    ...(found?.body === undefined ? {} : { body: JSON.stringify(found.body) }),
    headers: { 'idempotency-key': `key-of-${route}` },
  };
}

test('functions that strangers call write only items that their permission names', async () => {
  const zone = requestOf('setup/put-slots', { quoteId: '', slotQuoteId: '', slotId: '' });
  expect((await handlers.call('setup/put-slots', zone)).status).toBe(200);
  const slots = await handlers.call('1-quote/get-delivery-slots', {
    query: { country: 'DE', postalCode: '20095' },
  });
  const slotId = (slots.body as { slots: { slotId: string }[] }).slots.at(-1)?.slotId ?? '';
  const written = new Set<string>();
  const call = async (route: RouteId, request: Request) => {
    expect(triggers[route].access.kind).toBe('storefront');
    const { answer, written: keys } = await watched(route, request);
    expect(answer.status, `${route}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    for (const key of keys) {
      const allowed = OF_SHOPPERS.find((start) => key.startsWith(start));
      expect(allowed, `${route} writes ${key}`).toBeDefined();
      written.add(allowed ?? '');
    }
    return answer.body as Record<string, string>;
  };
  const none = { quoteId: '', slotQuoteId: '', slotId };
  const { quoteId = '' } = await call('1-quote/post-quote', { body: JSON.stringify(basket) });
  const { quoteId: slotQuoteId = '' } = await call(
    '1-quote/post-quote',
    requestOf('1-quote/post-quote', none),
  );
  const references = { quoteId, slotQuoteId, slotId };
  await call('1-quote/post-quote-refresh', { params: { quoteId } });
  await call('1-quote/post-slot-hold', requestOf('1-quote/post-slot-hold', references));
  const placed = await call('2-order/post-order', requestOf('2-order/post-order', references));
  await call('2-order/post-cancellation', {
    params: { orderId: placed.orderId ?? '' },
    headers: { authorization: `Bearer ${placed.accessToken}` },
  });
  expect([...written]).toEqual(
    expect.arrayContaining(['QUOTE#', 'ORDER#', 'STOCK#', 'RESERVATION#', 'SLOTS#']),
  );
}, 60_000);
