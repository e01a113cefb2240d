import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { triggers } from '../../../events/triggers.ts';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { OF_SHOPPERS } from '../../../infra/constructs/written-keys.ts';
import { basket, fullRequests } from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine, type RouteId } from './handlers-on-engine.ts';
import type { Request } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';
import type { WireCall } from './table-relay.ts';

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
  readonly Item?: { readonly pk?: { readonly S?: string } };
  readonly Key?: { readonly pk?: { readonly S?: string } };
}

/** The partition keys of what a call puts, updates or deletes. */
function writtenBy({ operation, input }: WireCall): string[] {
  const { TransactItems = [] } = input as {
    TransactItems?: { Put?: Written; Update?: Written; Delete?: Written }[];
  };
  const inside = TransactItems.flatMap(({ Put, Update, Delete }) => [Put, Update, Delete]);
  const single = /^(Put|Update|Delete)Item$/.test(operation) ? [input as Written] : [];
  return [...inside, ...single].flatMap((each) => each?.Item?.pk?.S ?? each?.Key?.pk?.S ?? []);
}

/** Calls a route, and gives the answer with the partition keys that its function wrote. */
async function watched(route: RouteId, request: Request) {
  const written: string[] = [];
  handlers.through((call, ask) => {
    written.push(...writtenBy(call));
    return ask();
  });
  try {
    const answer = await handlers.call(route, request);
    return { answer, written };
  } finally {
    handlers.through(undefined);
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
  await call('2-order/post-payment', {
    params: { orderId: placed.orderId ?? '' },
    headers: { authorization: `Bearer ${placed.accessToken}` },
    body: JSON.stringify({ method: 'card' }),
  });
  await call('2-order/post-cancellation', {
    params: { orderId: placed.orderId ?? '' },
    headers: { authorization: `Bearer ${placed.accessToken}` },
  });
  expect([...written]).toEqual(expect.arrayContaining(['QUOTE#', 'ORDER#', 'STOCK#', 'SLOTS#']));
}, 60_000);
