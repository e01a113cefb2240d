import { describe, expect, test } from 'vitest';
import { headOf } from '../../../shared/order/index.ts';
import { PartnerRefused } from '../../../shared/partners/partner-answer.ts';
import { PartnerNotSetUp, SettingsRefused } from '../../../shared/partners/plug-in.ts';
import { receivePaymentCallback, startPayment, startProblem } from '../../../shared/payment/index.ts';
import { address, details } from '../../builders/details.ts';
import { cancelled, expired, placed, untilAuthorised, untilStarted } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';
import { callbackBody, createFakePaymentProvider } from '../../fakes/payment-provider.ts';

const confirm = { type: 'confirm', clientSecret: 'pi_1_secret' };

async function nextActionOf({ deps }: Harness) {
  const started = await startPayment(deps, orderId);
  if (!started.ok) throw new Error(started.error.reason);
  return started.value.nextAction;
}

describe('starting a payment', () => {
  test('creates the intent and gives the shopper’s next action', async () => {
    const harness = createHarness(timelineOf([placed()]));
    const started = await startPayment(harness.deps, orderId);
    const named = { paymentId: idOf('payment', 1), method: 'card', provider: 'stripe' };
    expect(started).toEqual({ ok: true, value: { ...named, nextAction: confirm } });
    expect(harness.names()).toEqual(['order.placed', 'payment.started']);
  });

  test('of an order whose timeline is known reads nothing, and writes once', async () => {
    const harness = createHarness(timelineOf([placed()]));
    const { timelines } = harness.deps;
    let loads = 0;
    const watched = {
      ...timelines,
      load: (...args: Parameters<typeof timelines.load>) => {
        loads += 1;
        return timelines.load(...args);
      },
    };
    const deps = { ...harness.deps, timelines: watched, known: timelineOf([placed()]) };
    expect(await startPayment(deps, orderId)).toMatchObject({ ok: true, value: { nextAction: confirm } });
    expect([loads, harness.names()]).toEqual([0, ['order.placed', 'payment.started']]);
  });

  test('of an order that was cancelled since its timeline was known gives the money back', async () => {
    const harness = createHarness(timelineOf([placed(), cancelled()]));
    const deps = { ...harness.deps, known: timelineOf([placed()]) };
    expect(await startPayment(deps, orderId)).toMatchObject({ ok: true });
    expect(harness.provider.done).toMatchObject({ intents: 1, voids: 1 });
    expect(harness.names().slice(0, 3)).toEqual(['order.placed', 'order.cancelled', 'payment.started']);
  });

  test('tells the provider of the payer only for a method that asks for one, and until when it can be paid', async () => {
    const given: unknown[] = [];
    for (const payerNeeds of [undefined, ['email', 'phone']] as const) {
      const harness = createHarness(timelineOf([placed()]));
      const { start } = harness.provider;
      const watched: typeof start = (now, command) => {
        given.push([command.payer, command.payableUntil]);
        return start(now, command);
      };
      const offer = { method: 'card', flow: 'confirm', currencies: ['EUR'], payerNeeds };
      Object.assign(harness.provider, { start: watched, methods: [offer] });
      harness.setDetails({ ...details(), billingAddress: address({ name: 'Payer' }) });
      await startPayment(harness.deps, orderId);
    }
    const { reservedUntil } = placed().data;
    const payer = { customer: details().customer, address: address({ name: 'Payer' }) };
    expect(given).toEqual([
      [undefined, reservedUntil],
      [payer, reservedUntil],
    ]);
  });

  test('hands the UPI address to the provider that asks under it, keeps it nowhere, and asks for one that lacks', async () => {
    const harness = createHarness(timelineOf([placed()]));
    const given: unknown[] = [];
    const { start } = harness.provider;
    const watched: typeof start = (now, command) => {
      given.push(command.payer?.vpa, command.payer?.device);
      return start(now, command);
    };
    const offer = { method: 'card', flow: 'push', currencies: ['EUR'], payerNeeds: ['phone', 'vpa'] };
    Object.assign(harness.provider, { start: watched, methods: [offer] });
    const lacking = await startPayment(harness.deps, orderId);
    expect(lacking).toEqual({ ok: false, error: { reason: 'payer-needs', field: 'vpa' } });
    expect(startProblem({ reason: 'payer-needs', field: 'vpa' })).toMatchObject({
      ...{ status: 422, code: 'payer-needs', errors: [{ pointer: '/vpa', code: 'payer-needs' }] },
    });
    expect(harness.names()).toEqual(['order.placed']);
    const request = { vpa: 'asha.rao@examplebank', device: { ip: '192.0.2.7' } };
    expect(await startPayment(harness.deps, orderId, request)).toMatchObject({ ok: true });
    expect(given).toEqual([request.vpa, request.device]);
    expect(JSON.stringify(harness.facts())).not.toMatch(/examplebank|192\.0\.2\.7/);
  });

  test('can be repeated with the page to return to after an answer was lost, and a repeat without it ends nothing', async () => {
    const harness = createHarness(timelineOf([placed()]));
    const offer = { method: 'card', flow: 'redirect', currencies: ['EUR'], payerNeeds: ['returnUrl'] };
    Object.assign(harness.provider, { methods: [offer] });
    harness.provider.breakNext('start', 'after');
    const request = { returnUrl: 'https://shop.example/thanks' };
    const lost = await startPayment(harness.deps, orderId, request);
    expect(lost).toMatchObject({ ok: true, value: { nextAction: { type: 'pending' } } });
    const error = { reason: 'payer-needs', field: 'returnUrl' };
    expect(await startPayment(harness.deps, orderId)).toEqual({ ok: false, error });
    expect(harness.names()).toEqual(['order.placed', 'payment.failed']);
    expect(await startPayment(harness.deps, orderId, request)).toMatchObject({ ok: true });
    expect(harness.provider.done.intents).toBe(1);
  });

  test('gives the same next action when it is repeated, and creates no second intent', async () => {
    const harness = createHarness(timelineOf([placed()]));
    const first = await startPayment(harness.deps, orderId);
    expect(await startPayment(harness.deps, orderId)).toEqual(first);
    expect(harness.provider.done.intents).toBe(1);
    expect(harness.names()).toEqual(['order.placed', 'payment.started']);
  });

  test.each(['before', 'after'] as const)(
    'no answer, lost %s the effect: the shopper tries again and pays (a retry is never refused for ever)',
    async (when) => {
      const harness = createHarness(timelineOf([placed()]));
      harness.provider.breakNext('start', when);
      expect(await nextActionOf(harness)).toEqual({ type: 'pending' });
      expect(harness.names()).toEqual(['order.placed', 'payment.failed']);
      expect(harness.facts().at(-1)).toMatchObject({ data: { code: 'no-answer' } });
      expect(await nextActionOf(harness)).toEqual(confirm);
      expect(harness.provider.done.intents).toBe(1);
    },
  );

  test('lets the shopper try again with the same intent after a decline', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    harness.provider.pay('authorised');
    harness.provider.decline('card_declined');
    expect(await nextActionOf(harness)).toEqual(confirm);
    expect(harness.names().at(-1)).toBe('payment.failed');
  });

  test('gives no next action for a payment that is made or has ended', async () => {
    for (const facts of [untilAuthorised(), [...untilStarted(), expired()]]) {
      const harness = createHarness(timelineOf(facts));
      expect(await nextActionOf(harness)).toEqual({ type: 'none' });
      expect(harness.provider.done.intents).toBe(0);
    }
  });

  test('voids an intent that does not belong to the order, and does not show it', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    await startPayment(createHarness(timelineOf([placed()])).deps, orderId);
    harness.provider.pay('authorised');
    harness.provider.change({ status: 'waiting', providerPaymentId: 'pi_2' });
    expect(await nextActionOf(harness)).toEqual({ type: 'none' });
    expect(harness.provider.done.voids).toBe(1);
    expect(harness.notices.map(({ code }) => code)).toEqual(['callback-without-order']);
  });
});

describe('starting a payment during another event', () => {
  const hold = (harness: ReturnType<typeof createHarness>, callbackId: string) => {
    harness.provider.pay('authorised');
    const update = { orderId, paymentId: idOf('payment', 1), payment: harness.provider.payment() };
    return receivePaymentCallback(harness.deps, {
      ...{ code: 'stripe', callbackId },
      rawBody: callbackBody({ kind: 'payment', ...update }),
    });
  };

  test('stores both facts once if the authorisation arrives while the start is stored', async () => {
    const harness = createHarness(timelineOf([placed()]));
    harness.timelines.beforeNextAppend(() => hold(harness, 'evt_1'));
    await startPayment(harness.deps, orderId);
    expect(harness.names()).toEqual(['order.placed', 'payment.started', 'payment.authorised']);
  });

  test('records and voids the intent if the order is cancelled meanwhile', async () => {
    const harness = createHarness(timelineOf([placed()]));
    harness.timelines.beforeNextAppend(async () => {
      const timeline = await harness.timelines.load(orderId);
      if (timeline === undefined) throw new Error('no order');
      const now = '2026-11-23T10:01:00.000Z';
      await harness.timelines.append({ timeline, facts: [cancelled()], cause: { by: 'shopper' }, now });
    });
    await startPayment(harness.deps, orderId);
    expect(harness.names()).toEqual(['order.placed', 'order.cancelled', 'payment.started', 'payment.voided']);
    expect(harness.provider.done.voids).toBe(1);
  });
});

describe('a provider that refuses to make the intent', () => {
  const refusing = (error: Error) => {
    const harness = createHarness(timelineOf([placed()]));
    harness.provider.start = async () => {
      throw error;
    };
    return harness;
  };
  const tooLarge = () => new PartnerRefused('stripe', 400, 'amount_too_large');

  test('ends the order at once and releases its stock, and a repeated request gets the same answer', async () => {
    const harness = refusing(tooLarge());
    const first = await startPayment(harness.deps, orderId);
    expect(first).toEqual({ ok: false, error: { reason: 'payment-refused' } });
    expect(await startPayment(harness.deps, orderId)).toEqual(first);
    expect(harness.names()).toEqual(['order.placed', 'payment.failed', 'order.cancelled']);
    expect(harness.facts().slice(1)).toMatchObject([
      { data: { code: 'amount_too_large' } },
      { data: { reason: 'payment-refused' } },
    ]);
    for (const position of harness.timelines.stock.values())
      expect(position).toEqual({ available: 1000, reserved: 0, onHand: 1000, shipped: 0, writtenOff: 0 });
    expect(headOf(harness.facts())).toMatchObject({ status: 'cancelled', list: 'closed', dueAt: undefined });
    expect(harness.timelines.journals).toEqual([]);
    expect(harness.notices).toEqual([
      { code: 'partner-refused', detail: { orderId, partner: 'stripe', code: 'amount_too_large' } },
    ]);
  });

  test('gives the shopper an answer that names the method', () => {
    expect(startProblem({ reason: 'payment-refused' })).toMatchObject({
      status: 422,
      code: 'payment-refused',
      errors: [{ pointer: '/payment/method' }],
    });
  });

  test.each([
    ['does not accept our key', new PartnerRefused('stripe', 401, 'invalid_api_key')],
    ['does not allow it to us', new PartnerRefused('stripe', 403, 'account_restricted')],
    ['is not there', new PartnerRefused('stripe', 404, 'unknown')],
    ['has no settings', new PartnerNotSetUp('the payment partner stripe has no settings here')],
    ['has wrong settings', new SettingsRefused('settings of stripe are refused: /apiKey: too_small')],
  ])('because it %s leaves the order as it is, and it can be repeated', async (_, error) => {
    const harness = refusing(error);
    const { start } = createFakePaymentProvider();
    expect(await startPayment(harness.deps, orderId)).toEqual({
      ok: false,
      error: { reason: 'provider-blocked', blocker: error.message },
    });
    expect(harness.names()).toEqual(['order.placed']);
    harness.provider.start = start;
    expect(await nextActionOf(harness)).toEqual(confirm);
  });

  test('gives a 503 with a time to repeat, if our settings are the reason', () => {
    expect(startProblem({ reason: 'provider-blocked', blocker: 'x' })).toMatchObject({
      status: 503,
      retryAfterSeconds: 60,
    });
  });

  test('does not end the order if the intent exists', async () => {
    const harness = refusing(tooLarge());
    harness.timelines.beforeNextAppend(async () => {
      await harness.timelines.append({
        ...{ timeline: harness.timeline(), facts: untilStarted().slice(1), cause: harness.cause },
        now: '2026-11-23T10:02:00.000Z',
      });
    });
    expect(await nextActionOf(harness)).toEqual({ type: 'pending' });
    expect(harness.names()).toEqual(['order.placed', 'payment.started']);
  });
});
