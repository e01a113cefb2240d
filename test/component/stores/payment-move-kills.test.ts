import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { dayMs, minuteMs } from '../../../shared/kernel/time.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import {
  checkPayment,
  receivePaymentCallback,
  returnMoney,
  startPayment,
} from '../../../shared/payment/index.ts';
import type { StartDeps } from '../../../shared/payment/start-deps.ts';
import { factsNamed, intentsOf } from '../../../shared/timeline/index.ts';
import { details } from '../../builders/details.ts';
import { createIntentProvider, type IntentProvider, keptBy } from '../../fakes/intent-provider.ts';
import { createReaper, liveThrough, type Reaper, watchedProvider, watchedStore } from './reaper.ts';
import { costOf, openShop, type Shop } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

const cause = { by: 'journey' } as const;

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

/** An order in the table, to be paid by card at the first provider; the second one takes cards, too. */
async function placedOrder(reaper: Reaper) {
  await shop.receive('TEA-TOWEL', 1);
  const orderId = await shop.buy(costOf([{ sku: 'TEA-TOWEL', quantity: 1 }]));
  const providers = [createIntentProvider('stripe'), createIntentProvider('second')] as const;
  const deps: StartDeps = {
    ...{ timelines: watchedStore(shop.timelines, reaper), clock: shop.clock, newId, report: () => undefined },
    details: { read: async () => details() },
    providerByCode: async (code) => {
      const found = providers.find((provider) => provider.code === code);
      if (found === undefined) throw new Error(`no provider ${code}`);
      return watchedProvider(found, reaper);
    },
    methodsWithout: async (_, without) =>
      providers
        .filter(({ code }) => !without.includes(code))
        .map(({ code }) => ({ method: 'card', provider: code, reservationMs: 30 * minuteMs })),
  };
  const facts = async () => (await shop.timelines.load(orderId))?.facts ?? [];
  return { orderId, providers, deps, facts };
}

type Placed = Awaited<ReturnType<typeof placedOrder>>;

/**
 * The first provider made its intent and its answer is lost, once or for as long as the shopper waits; the shopper pays
 * wherever that is possible, and both providers call.
 */
function stepsOf({ orderId, providers, deps }: Placed, isOut: boolean): (() => Promise<unknown>)[] {
  const [first, second] = providers;
  if (isOut) first.trouble = 'lost-answer';
  else first.next = 'lost-answer';
  const answersAgain = async () => {
    first.trouble = undefined;
  };
  let calls = 0;
  const callOf = (provider: IntentProvider) => async () => {
    for (const { paymentId } of provider.intents) {
      provider.pay(paymentId, 'captured');
      calls += 1;
      const call = {
        code: provider.code,
        callbackId: `evt_${calls}`,
        rawBody: provider.says(orderId, paymentId),
      };
      await receivePaymentCallback(deps, call);
    }
  };
  return [
    () => startPayment(deps, orderId),
    answersAgain,
    callOf(second),
    callOf(first),
    () => returnMoney(deps, orderId, cause),
  ];
}

/** Nothing runs but what deadlines ask for, until they ask for nothing of the money. */
async function settle({ orderId, deps, facts }: Placed): Promise<void> {
  for (let round = 0; round < 40; round += 1) {
    const steps = new Set(deadlinesOf(await facts()).map(({ step }) => step));
    if (!steps.has('payment') && !steps.has('refund')) return;
    shop.pass(31 * dayMs);
    if (steps.has('payment')) await checkPayment(deps, orderId, cause);
    if (steps.has('refund')) await returnMoney(deps, orderId, cause);
  }
  throw new Error('the order is never settled');
}

async function checkSettled({ providers, facts }: Placed): Promise<void> {
  const all = await facts();
  const [placed] = factsNamed(all, 'order.placed');
  const total = placed?.data.landedCost.totals.total.amount ?? 0;
  const isOver = all.some(({ name }) => name === 'order.expired' || name === 'order.cancelled');
  expect(providers.reduce((sum, provider) => sum + keptBy(provider), 0)).toBe(isOver ? 0 : total);
  expect(factsNamed(all, 'payment.captured').length).toBe(isOver ? 0 : 1);
  for (const { code, intents } of providers) {
    for (const { status } of intents) expect(['captured', 'voided']).toContain(status);
    // No intent is there that the order does not know.
    const { current, earlier } = intentsOf(all);
    const known = [current, ...earlier].filter(({ provider }) => provider === code);
    expect(intents.length).toBeLessThanOrEqual(known.length);
  }
}

/** Lives through the move, and is killed once. Says whether it was. */
async function killedAt(killAt: number, repeats: boolean, isOut: boolean): Promise<boolean> {
  const reaper = createReaper(killAt);
  const order = await placedOrder(reaper);
  await liveThrough(stepsOf(order, isOut), repeats);
  await settle(order);
  await checkSettled(order);
  return reaper.hasKilled();
}

describe.each([
  [true, true],
  [true, false],
  [false, true],
  [false, false],
])(
  'a move of a payment that is killed (what was killed is repeated: %s; its provider stays out: %s)',
  (repeats, isOut) => {
    test('between any two writes and calls charges the shopper once, and leaves nothing open', async () => {
      let killAt = 1;
      while (await killedAt(killAt, repeats, isOut)) killAt += 1;
      // Two for each write and each call: both starts, the move, the callbacks, and the refund or the void. Each lost
      // answer has one.
      expect(killAt).toBeGreaterThan(isOut ? 16 : 15);
    }, 120_000);
  },
);
