import { afterAll, beforeAll, expect, test } from 'vitest';
import { triggers } from '../../../events/triggers.ts';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { fullRequests } from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

let handlers: HandlersOnEngine;

beforeAll(async () => {
  handlers = await handlersOnEngine();
  await seed(handlers.operator);
});
afterAll(() => handlers.stop());

const AT_ONCE = 12;
const nobody = { quoteId: 'quo_01KAXB3J5K0000000000000000', slotQuoteId: '', slotId: '' };

/** What operators and merchants write. Orders and quotes have tests of their own. */
const writes = fullRequests(nobody).filter(
  ({ route }) => triggers[route].method !== 'GET' && /^(setup|catalogue|stock|5-shipping)/.test(route),
);

test.each(writes.map((request, index) => [request.route, index, request] as const))(
  '%s (request %i): the same write many times at once is carried out, refused with a reason, or asked for again',
  async (route, index, { params, query, body }) => {
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, copy) =>
        handlers.call(route, {
          ...(params === undefined ? {} : { params }),
          ...(query === undefined ? {} : { query }),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          // Half of the copies are repeats of one request.
          headers: { 'idempotency-key': `at-once-${index}-${copy % 2 === 0 ? 'same' : copy}` },
        }),
      ),
    );
    const statuses = answers.map(({ status = 500 }) => status);
    expect(statuses.filter((status) => status >= 500 && status !== 503)).toEqual([]);
    for (const { status = 500, headers, body: answer } of answers) {
      if (status >= 400)
        expect(answer).toMatchObject({ type: expect.any(String), detail: expect.any(String) });
      if (status === 503) expect(headers).toHaveProperty('retry-after');
    }
    expect(statuses.some((status) => status < 400 || status === 404 || status === 409)).toBe(true);
  },
);
