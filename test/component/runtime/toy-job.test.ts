import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { handler } from '../../fixtures/toys/job/every-6-hours-check-rates.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import { context } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

const logged = gatherLog();

let handlers: HandlersOnEngine;

beforeAll(async () => {
  handlers = await handlersOnEngine();
});
afterAll(async () => {
  vi.useRealTimers();
  await handlers.stop();
});

const rates = {
  id: 'toy-rates',
  base: 'EUR',
  date: '2026-11-25',
  source: 'European Central Bank',
  rates: { GBP: '0.88' },
};

test('the toy job runs on the table engine with the dependencies of a deployment', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-28T06:00:00.000Z') });
  expect(await handler({}, context)).toEqual({ stored: false });
  await handlers.operator.call({ method: 'PUT', path: '/v1/admin/exchange-rates', body: rates });
  // The next run reads again, because nothing is kept for that long.
  vi.setSystemTime('2026-11-28T12:00:00.000Z');
  expect(await handler({}, context)).toEqual({ stored: true, ageDays: 3 });
  expect(
    logged()
      .filter(({ code }) => code === 'COMPLETED')
      .at(-1),
  ).toMatchObject({ stored: true, ageDays: 3 });
});
