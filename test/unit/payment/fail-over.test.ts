import { describe, expect, test } from 'vitest';
import { fromJson } from '../../../shared/kernel/money.ts';
import { minuteMs } from '../../../shared/kernel/time.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { headOf, orderView } from '../../../shared/order/index.ts';
import { PartnerUnavailable } from '../../../shared/partners/send.ts';
import { checkPayment } from '../../../shared/payment/index.ts';
import { paymentOf } from '../../../shared/payment/payment.ts';
import type { PaymentUpdate } from '../../../shared/payment/provider.ts';
import { paymentId as first, total } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId } from '../../builders/timeline.ts';
import { keptBy } from '../../fakes/intent-provider.ts';
import { createTwoProviders, type TwoProviders } from '../../fakes/two-providers.ts';

const balance = ({ harness }: TwoProviders, account: string): number =>
  harness.timelines.journals
    .flatMap(({ postings }) => postings)
    .reduce((all, posting) => (posting.account === account ? all + posting.amount.amountMinor : all), 0);

/** The payment moved because the first provider gave no answer; the second one made an intent. */
async function moved(trouble: 'no-answer' | 'lost-answer' = 'no-answer') {
  const two = createTwoProviders();
  two.stripe.trouble = trouble;
  const started = await two.start();
  if (!started.ok) throw new Error(started.error.reason);
  two.stripe.trouble = undefined;
  return { two, started: started.value, paymentId: started.value.paymentId };
}

/** The first provider knows its intents by our ids, as one does that asks the shopper on the phone. */
const findsByOurIds = ({ stripe }: TwoProviders) =>
  Object.assign(stripe, {
    findStarted: async (_now: string, { paymentId }: { readonly paymentId: string }) =>
      stripe.intents.find((intent) => intent.paymentId === paymentId),
  });

describe('a provider that is out', () => {
  test.each(['no-answer', 'lost-answer'] as const)(
    'is left for the next one that offers the method (%s): paid once, one failure and one success',
    async (trouble) => {
      const { two, started, paymentId } = await moved(trouble);
      expect(started).toMatchObject({ provider: 'second', method: 'card' });
      expect(started.nextAction).toEqual({ type: 'confirm', clientSecret: 'second_1_secret' });
      expect(two.harness.facts()[1]).toMatchObject({
        name: 'payment.moved',
        data: {
          ...{ paymentId: first, provider: 'stripe', method: 'card', country: 'DE', reason: 'no-answer' },
          to: { paymentId, provider: 'second', method: 'card' },
        },
      });
      two.second.pay(paymentId, 'captured');
      await two.call(two.second, paymentId);
      await two.settle();
      expect(two.names()).toEqual([
        ...['order.placed', 'payment.moved', 'payment.started'],
        ...['payment.authorised', 'payment.captured', 'intent.voided'],
      ]);
      expect([keptBy(two.stripe), keptBy(two.second)]).toEqual([0, total.amount]);
      expect(two.stripe.intents.map(({ status }) => status)).toEqual(['voided']);
      expect(balance(two, 'provider-clearing:second')).toBe(total.amount);
    },
  );

  test('is left only once: a repeated request gives the same intent of the other one', async () => {
    const { two, started } = await moved();
    expect(await two.start()).toEqual({ ok: true, value: started });
    expect(two.second.intents).toHaveLength(1);
  });

  test('that refuses the payment is left as well, with its code, and nothing is there to be voided', async () => {
    const two = createTwoProviders();
    two.stripe.trouble = { refused: 400 };
    expect(await two.start()).toMatchObject({ ok: true, value: { provider: 'second' } });
    expect(two.harness.facts()[1]).toMatchObject({ data: { reason: 'refused', code: 'no' } });
    await two.settle();
    expect(two.names().at(-1)).toBe('intent.voided');
    expect(two.stripe.intents).toEqual([]);
  });

  test('tells the shopper what others offer if none takes the method, and the failure is recorded once', async () => {
    const two = createTwoProviders();
    two.deps.methodsWithout = async () => [{ method: 'voucher', provider: 'second', reservationMs: 1 }];
    two.stripe.trouble = 'no-answer';
    const pending = {
      ...{ paymentId: first, method: 'card', provider: 'stripe', nextAction: { type: 'pending' } },
      otherMethods: [{ method: 'voucher', provider: 'second' }],
    };
    expect(await two.start()).toEqual({ ok: true, value: pending });
    expect(await two.start()).toEqual({ ok: true, value: pending });
    expect(two.names()).toEqual(['order.placed', 'payment.failed']);
    two.stripe.trouble = undefined;
    expect(await two.start()).toMatchObject({ ok: true, value: { nextAction: { type: 'confirm' } } });
  });

  test('ends nothing if both are out, and the shopper can repeat the request', async () => {
    const two = createTwoProviders();
    for (const provider of two.providers) provider.trouble = 'no-answer';
    expect(await two.start()).toMatchObject({ ok: true, value: { nextAction: { type: 'pending' } } });
    two.second.trouble = undefined;
    expect(await two.start()).toMatchObject({ ok: true, value: { provider: 'second' } });
    expect(two.names()).toEqual(['order.placed', 'payment.moved', 'payment.failed', 'payment.started']);
  });
});

describe('an answer that was lost', () => {
  test('leaves no intent that can be paid before the next one is made', async () => {
    const two = createTwoProviders();
    two.stripe.next = 'lost-answer';
    const seen: unknown[] = [];
    const { start } = two.second;
    Object.assign(two.second, {
      start: (...given: Parameters<typeof start>) => {
        seen.push(two.stripe.intents.map(({ status }) => status));
        return start(...given);
      },
    });
    expect(await two.start()).toMatchObject({ ok: true, value: { provider: 'second' } });
    expect(seen).toEqual([['voided']]);
    expect(two.names()).toEqual(['order.placed', 'payment.moved', 'intent.voided', 'payment.started']);
  });

  test('is found by our ids where the provider can, and the intent is voided before the next one', async () => {
    const two = createTwoProviders();
    findsByOurIds(two);
    two.stripe.next = 'lost-answer';
    await two.start();
    expect(two.names()).toEqual(['order.placed', 'payment.moved', 'intent.voided', 'payment.started']);
  });

  test('of an intent that was paid at once pays the order, and no other one is made', async () => {
    const two = createTwoProviders();
    const { start } = two.stripe;
    Object.assign(two.stripe, {
      start: async (...given: Parameters<typeof start>) => {
        const started = await start(...given);
        const isFirst = two.names().length === 1;
        two.stripe.pay(first, 'captured');
        if (isFirst) throw new PartnerUnavailable('stripe', 'timeout');
        return started;
      },
    });
    expect(await two.start()).toMatchObject({
      ...{ ok: true, value: { paymentId: first, provider: 'stripe', nextAction: { type: 'none' } } },
    });
    expect(two.second.intents).toEqual([]);
    expect(two.intents().current.paymentId).toBe(first);
  });

  test('of the only provider is voided before the shopper gets another method', async () => {
    const two = createTwoProviders();
    two.deps.methodsWithout = async (_, without) =>
      without.includes('second') ? [] : [{ method: 'voucher', provider: 'second', reservationMs: 1 }];
    two.stripe.next = 'lost-answer';
    expect(await two.start()).toMatchObject({ value: { nextAction: { type: 'pending' } } });
    expect(await two.choose('voucher')).toMatchObject({ ok: true, value: { method: 'voucher' } });
    expect(two.stripe.intents.map(({ status }) => status)).toEqual(['voided']);
  });
});

describe('a decline because nobody could be reached', () => {
  async function declined(code: string) {
    const two = createTwoProviders();
    await two.start();
    two.stripe.decline(first, code);
    await two.call(two.stripe, first);
    return two;
  }

  test('is offered anew through the next provider, after the first intent is void', async () => {
    for (const again of ['start', 'choose'] as const) {
      const two = await declined('try_again_later');
      const next = again === 'start' ? await two.start() : await two.choose('card');
      expect(next).toMatchObject({ ok: true, value: { provider: 'second', method: 'card' } });
      expect(two.names().slice(-4)).toEqual([
        ...['payment.failed', 'payment.moved', 'intent.voided', 'payment.started'],
      ]);
      expect(two.harness.facts().at(-3)).toMatchObject({
        data: { reason: 'soft-decline', code: 'try_again_later', provider: 'stripe' },
      });
      expect(two.stripe.pay(first, 'captured')).toBe(false);
      expect(await two.start()).toEqual(next);
    }
  });

  test('stays with its provider where no other takes the method, and the shopper may try again there', async () => {
    const two = await declined('try_again_later');
    two.deps.methodsWithout = async () => [{ method: 'voucher', provider: 'second', reservationMs: 1 }];
    expect(await two.start()).toMatchObject({ ok: true, value: { paymentId: first, provider: 'stripe' } });
    expect(two.names()).not.toContain('payment.moved');
  });

  test('is none where the money or the shopper is the reason', async () => {
    const two = await declined('insufficient_funds');
    expect(await two.start()).toMatchObject({ ok: true, value: { paymentId: first, provider: 'stripe' } });
    expect(two.names()).not.toContain('payment.moved');
  });

  test('pays the order by the first intent if the shopper succeeded there meanwhile', async () => {
    const two = await declined('try_again_later');
    two.stripe.pay(first, 'captured');
    expect(await two.start()).toMatchObject({
      ...{ ok: true, value: { paymentId: first, nextAction: { type: 'none' } } },
    });
    expect(two.second.intents).toEqual([]);
    expect(keptBy(two.stripe)).toBe(total.amount);
  });
});

describe('an intent that was left', () => {
  test('is due until it is void, also after the order has ended', async () => {
    const { two } = await moved('lost-answer');
    const due = () => deadlinesOf(two.harness.facts()).filter(({ key }) => key === `intent:${first}`);
    expect(due()).toMatchObject([{ step: 'refund', waitingFor: 'the earlier intent to be settled' }]);
    two.stripe.trouble = 'no-answer';
    two.harness.pass(40 * minuteMs);
    await checkPayment(two.deps, orderId, two.harness.cause);
    expect(two.names().slice(-2)).toEqual(['payment.voided', 'order.expired']);
    await expect(two.settle()).rejects.toThrow('timeout');
    expect(due()).toHaveLength(1);
    two.stripe.trouble = undefined;
    await two.settle();
    expect(headOf(two.harness.facts())).toMatchObject({ list: 'closed', dueAt: undefined });
  });

  test('is looked for by our ids where the provider can, so that nobody is asked on the phone', async () => {
    const { two } = await moved('no-answer');
    findsByOurIds(two);
    await expect(two.settle()).rejects.toThrow('may still arrive');
    expect(two.names()).not.toContain('intent.voided');
    two.harness.pass(3 * minuteMs);
    await two.settle();
    expect(two.names().at(-1)).toBe('intent.voided');
    expect(two.stripe.intents).toEqual([]);
  });

  test('that arrived after all is found by our ids, and voided', async () => {
    const { two } = await moved('lost-answer');
    findsByOurIds(two);
    await two.settle();
    expect(two.names().at(-1)).toBe('intent.voided');
    expect(two.stripe.intents.map(({ status }) => status)).toEqual(['voided']);
  });

  test('of an order that ended is looked for alike', async () => {
    const two = createTwoProviders();
    two.deps.methodsWithout = async () => [];
    two.stripe.trouble = 'no-answer';
    await two.start();
    two.stripe.trouble = undefined;
    findsByOurIds(two);
    two.harness.pass(40 * minuteMs);
    await checkPayment(two.deps, orderId, two.harness.cause);
    await expect(two.settle()).rejects.toThrow('may still arrive');
    two.harness.pass(3 * minuteMs);
    await two.settle();
    expect(two.names().slice(-2)).toEqual(['order.expired', 'payment.voided']);
    expect(two.stripe.intents).toEqual([]);
  });

  test('that turns out paid first pays the order, and the other one is voided', async () => {
    const { two, paymentId } = await moved('lost-answer');
    two.stripe.pay(first, 'captured');
    await two.call(two.stripe, first);
    const back = ['payment.moved', 'payment.started', 'payment.authorised', 'payment.captured'];
    expect(two.names().slice(-4)).toEqual(back);
    expect(two.harness.facts().at(-4)).toMatchObject({ data: { reason: 'paid', to: { paymentId: first } } });
    await two.settle();
    expect(two.second.intents.map(({ status }) => status)).toEqual(['voided']);
    expect(two.second.pay(paymentId, 'captured')).toBe(false);
    expect(paymentOf(two.harness.timeline())).toMatchObject({ paymentId: first, status: 'captured' });
  });

  test('that is authorised is voided, also where its callback comes after the void', async () => {
    const { two, paymentId } = await moved('lost-answer');
    two.stripe.pay(first, 'authorised');
    const late = two.stripe.says(orderId, first);
    await two.settle();
    await two.deliver(two.stripe, late);
    expect(two.names().at(-1)).toBe('intent.voided');
    expect(two.intents().current.paymentId).toBe(paymentId);
  });

  test('that is authorised before it is voided does not pay the order: no money moved', async () => {
    const { two, paymentId } = await moved('lost-answer');
    two.stripe.pay(first, 'authorised');
    await two.call(two.stripe, first);
    expect(two.intents().current.paymentId).toBe(paymentId);
    await two.settle();
    expect(two.stripe.intents.map(({ status }) => status)).toEqual(['voided']);
    two.second.pay(paymentId, 'captured');
    await two.call(two.second, paymentId);
    expect(paymentOf(two.harness.timeline())).toMatchObject({ paymentId, status: 'captured' });
  });

  test('that is paid second is refunded once, and the order keeps the money of the first', async () => {
    const { two, paymentId } = await moved('lost-answer');
    two.second.pay(paymentId, 'captured');
    two.stripe.pay(first, 'captured');
    await two.call(two.second, paymentId);
    await two.call(two.stripe, first);
    await two.call(two.stripe, first);
    expect(two.names().filter((name) => name === 'intent.captured')).toHaveLength(1);
    expect(balance(two, 'payments-to-return')).toBe(-total.amount);
    two.stripe.next = 'lost-answer';
    await expect(two.settle()).rejects.toThrow('timeout');
    await two.settle();
    await two.settle();
    expect(two.names().slice(-2)).toEqual(['intent.refund_requested', 'intent.refunded']);
    expect([keptBy(two.stripe), keptBy(two.second)]).toEqual([0, total.amount]);
    expect(balance(two, 'payments-to-return')).toBe(0);
    expect(balance(two, 'provider-clearing:stripe')).toBe(0);
    expect(orderView(two.harness.facts()).payments).toMatchObject([
      { paymentId, provider: 'second', status: 'captured', captured: total },
      { paymentId: first, provider: 'stripe', status: 'refunded', refunded: total },
    ]);
  });

  test('that is paid after the order was cancelled is refunded', async () => {
    const { two, paymentId } = await moved('lost-answer');
    two.stripe.pay(first, 'captured');
    const timeline = two.harness.timeline();
    await two.harness.timelines.append({
      ...{ timeline, facts: [{ name: 'order.cancelled', data: { reason: 'asked-for' } }] },
      ...{ cause: { by: 'shopper' }, now: '2026-11-23T10:05:00.000Z' },
    });
    await two.call(two.stripe, first);
    await two.settle();
    expect(keptBy(two.stripe)).toBe(0);
    expect(two.second.pay(paymentId, 'captured')).toBe(false);
    expect(headOf(two.harness.facts())).toMatchObject({ status: 'cancelled', dueAt: undefined });
  });

  test('whose money can not be returned is on a person’s list', async () => {
    const { two, paymentId } = await moved('lost-answer');
    two.second.pay(paymentId, 'captured');
    await two.call(two.second, paymentId);
    two.stripe.pay(first, 'captured');
    two.stripe.refundsAnswer = 'failed';
    await two.settle();
    await two.settle();
    expect(two.names().filter((name) => name === 'intent.refund_failed')).toHaveLength(1);
    expect(headOf(two.harness.facts())).toMatchObject({
      ...{ list: 'attention', attention: [{ reason: 'second payment not returned' }] },
    });
    expect(balance(two, 'payments-to-return')).toBe(-total.amount);
  });

  test('with another amount than the order’s never pays it', async () => {
    const { two } = await moved('lost-answer');
    two.stripe.pay(first, 'captured');
    const [intent] = two.stripe.intents;
    Object.assign(intent ?? {}, {
      amount: { amountMinor: 100, currency: 'EUR' },
      captures: [{ reference: 'x', amount: { amountMinor: 100, currency: 'EUR' } }],
    });
    await two.call(two.stripe, first);
    expect(two.names().at(-1)).toBe('intent.captured');
    await two.settle();
    expect(keptBy(two.stripe)).toBe(0);
  });
});

describe('a shopper who chooses another method', () => {
  test('gets a new intent, after the one before was voided, and the time of the new method', async () => {
    const two = createTwoProviders();
    await two.start();
    const chosen = await two.choose('voucher');
    expect(chosen).toMatchObject({ ok: true, value: { method: 'voucher', provider: 'second' } });
    expect(two.names()).toEqual([
      ...['order.placed', 'payment.started', 'payment.moved', 'intent.voided', 'payment.started'],
    ]);
    // The harness stands a minute after the order was placed.
    expect(two.harness.facts()[2]).toMatchObject({
      data: {
        ...{ reason: 'chosen', reservedUntil: '2026-11-23T10:11:00.000Z' },
        payableUntil: '2026-11-26T10:01:00.000Z',
      },
    });
    expect(two.stripe.pay(first, 'captured')).toBe(false);
  });

  test('gets no next action if the intent before turns out paid', async () => {
    const two = createTwoProviders();
    await two.start();
    two.stripe.pay(first, 'captured');
    expect(await two.choose('voucher')).toMatchObject({
      ...{ ok: true, value: { paymentId: first, nextAction: { type: 'none' } } },
    });
    await two.settle();
    expect(two.second.intents.filter(({ status }) => status !== 'voided')).toEqual([]);
    expect(keptBy(two.stripe)).toBe(total.amount);
    expect(two.intents().current.paymentId).toBe(first);
  });

  test('pays the new one while the provider of the one before gives no answer', async () => {
    const two = createTwoProviders();
    await two.start();
    two.stripe.trouble = 'no-answer';
    expect(await two.choose('voucher')).toMatchObject({ ok: true, value: { method: 'voucher' } });
    expect(two.intents().earlier).toMatchObject([{ paymentId: first, status: 'open' }]);
  });

  test('repeats the start with the method that the order has', async () => {
    const two = createTwoProviders();
    const started = await two.start();
    expect(await two.choose('card')).toEqual(started);
    expect(two.names()).toEqual(['order.placed', 'payment.started']);
  });

  test('is refused where the payment is contested: it was paid, and the word of that is still on its way', async () => {
    const two = createTwoProviders();
    await two.start();
    const [intent] = two.stripe.intents;
    const update: PaymentUpdate = {
      ...{ kind: 'dispute', owner: { orderId, paymentId: first } },
      providerPaymentId: intent?.providerPaymentId ?? '',
      dispute: {
        ...{ disputeId: 'du_1', status: 'evidence-due', reason: 'fraudulent' },
        ...{ amount: fromJson(total), withdrawn: fromJson(total) },
      },
    };
    await two.deliver(two.stripe, Buffer.from(JSON.stringify(update)));
    expect(await two.choose('voucher')).toEqual({ ok: false, error: { reason: 'already-paid' } });
    two.stripe.pay(first, 'captured');
    await two.call(two.stripe, first);
    expect(paymentOf(two.harness.timeline())).toMatchObject({ paymentId: first, status: 'captured' });
  });

  test('is refused a method that is not on offer, and hears which are', async () => {
    const two = createTwoProviders();
    expect(await two.choose('beans')).toEqual({
      ...{ ok: false, error: { reason: 'method-not-offered', others: ['card', 'voucher'] } },
    });
  });

  test('is refused once the order is paid, has ended, or had ten intents', async () => {
    const paid = createTwoProviders();
    await paid.start();
    paid.stripe.pay(first, 'authorised');
    await paid.call(paid.stripe, first);
    expect(await paid.choose('voucher')).toEqual({ ok: false, error: { reason: 'already-paid' } });

    const over = createTwoProviders();
    over.harness.pass(40 * minuteMs);
    await checkPayment(over.deps, orderId, over.harness.cause);
    expect(await over.choose('voucher')).toEqual({ ok: false, error: { reason: 'order-over' } });

    const many = createTwoProviders();
    for (let tries = 0; tries < 9; tries += 1)
      expect((await many.choose(tries % 2 === 0 ? 'voucher' : 'card')).ok).toBe(true);
    expect(await many.choose('card')).toEqual({ ok: false, error: { reason: 'too-many-intents' } });
  });
});

test('the ids of intents are those of payments', async () => {
  const { paymentId } = await moved();
  expect(paymentId).toMatch(/^pay_/);
  expect(paymentId).not.toBe(idOf('payment', 1));
});
