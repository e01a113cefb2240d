import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { money } from '../../../shared/kernel/money.ts';
import { SettingsRefused } from '../../../shared/partners/plug-in.ts';
import { PartnerUnavailable, type Send } from '../../../shared/partners/send.ts';
import type { BoundPaymentProvider, PaymentProvider } from '../../../shared/payment/provider.ts';
import { callbackOf, callFaults, impatientSend, present, toCallback } from '../../fixtures/partner-calls.ts';
import { type Receiver, startFast, startReceiver, until } from '../partners/sandbox.ts';
import type { PaymentContract } from './payment-contract.ts';
import { type PlugInEntry, settingsAt } from './plug-in-entry.ts';

const total = money(4_990, 'EUR');

type Entry = PlugInEntry<BoundPaymentProvider, PaymentProvider, PaymentContract>;

/** The tests that every payment provider must pass. They run over the registry, and over any further provider. */
export function describePaymentProvider(entry: Entry): void {
  const { plugIn, contract: sandbox } = entry;
  const { code } = plugIn;
  describe(`payment provider ${code}`, () => {
    const settings = (secrets?: Parameters<typeof settingsAt>[2]) =>
      settingsAt(entry, { url, ...partners.keysOf(code) }, secrets);
    let receiver: Receiver;
    let partners: Partners;
    let url: string;
    let provider: BoundPaymentProvider;
    let count = 0;

    beforeAll(async () => {
      receiver = await startReceiver();
      partners = await startFast(
        receiver.url,
        entry.partners === undefined ? {} : { partners: entry.partners },
      );
      url = partners.urlOf(code);
      provider = plugIn.bind(settings(), impatientSend(code));
    });
    afterAll(async () => {
      await partners.stop();
      await receiver.stop();
    });

    const newPayment = () => {
      count += 1;
      const named = `${count}`.padStart(3, '0');
      return { orderId: `ord_${named}`, paymentId: `pay_${named}`, refundId: `ref_${named}` };
    };
    const start = async (ids = newPayment(), amount = total) => {
      const { payment, nextAction } = await provider.start(present(), {
        ...ids,
        amount,
        method: sandbox.method,
      });
      if (nextAction.type !== 'confirm') throw new Error(`next action ${nextAction.type}`);
      const { providerPaymentId } = payment;
      return { ...ids, amount, payment, providerPaymentId, clientSecret: nextAction.clientSecret };
    };
    const authorised = async () => {
      const started = await start();
      await sandbox.shopperConfirms(url, started, 'good');
      return started;
    };
    const captured = async () => {
      const intent = await authorised();
      await provider.capture(present(), intent);
      return intent;
    };

    it('authorises, captures and refunds the amount', async () => {
      const intent = await start();
      expect(intent.payment).toMatchObject({
        status: 'waiting',
        amount: total,
        captured: money(0, 'EUR'),
      });
      await sandbox.shopperConfirms(url, intent, 'good');
      expect(await provider.find(present(), intent)).toMatchObject({ status: 'authorised', amount: total });
      const taken = await provider.capture(present(), intent);
      expect(taken).toMatchObject({ status: 'captured', captured: total });
      expect(taken.captureReference).toBeTypeOf('string');
      const refund = await provider.refund(present(), { ...intent, amount: money(1_000, 'EUR') });
      expect(refund).toMatchObject({ refundId: intent.refundId, amount: money(1_000, 'EUR') });
      expect(['pending', 'paid']).toContain(refund.status);
    });

    it('voids an amount that was not captured', async () => {
      for (const intent of [await start(), await authorised()]) {
        expect(await provider.void(present(), { ...intent, currency: 'EUR' })).toMatchObject({
          status: 'voided',
        });
        expect(await provider.find(present(), intent)).toMatchObject({ status: 'voided' });
      }
    });

    it('gives the state of an intent if that state does not allow the call', async () => {
      const taken = await captured();
      expect(await provider.void(present(), { ...taken, currency: 'EUR' })).toMatchObject({
        status: 'captured',
      });
      const gone = await start();
      await provider.void(present(), { ...gone, currency: 'EUR' });
      expect(await provider.capture(present(), gone)).toMatchObject({ status: 'voided' });
    });

    it('captures at a later call if the first call came too early', async () => {
      const intent = await start();
      expect(await provider.capture(present(), intent)).toMatchObject({ status: 'waiting' });
      await sandbox.shopperConfirms(url, intent, 'good');
      expect(await provider.capture(present(), intent)).toMatchObject({ status: 'captured' });
    });

    it('reports a declined attempt as failed, and accepts another card afterwards', async () => {
      const intent = await start();
      await sandbox.shopperConfirms(url, intent, 'declined');
      const declined = await provider.find(present(), intent);
      expect(declined).toMatchObject({ status: 'failed', failureCode: 'insufficient_funds' });
      await sandbox.shopperConfirms(url, intent, 'good');
      expect(await provider.find(present(), intent)).toMatchObject({ status: 'authorised' });
    });

    it('acts once even if the call is repeated', async () => {
      const ids = newPayment();
      const intent = await start(ids);
      expect((await start(ids)).providerPaymentId).toBe(intent.providerPaymentId);
      await sandbox.shopperConfirms(url, intent, 'good');
      await provider.capture(present(), intent);
      expect(await provider.capture(present(), intent)).toMatchObject({
        status: 'captured',
        captured: total,
      });
      const part = { ...intent, amount: money(1_000, 'EUR') };
      const [first, second] = [
        await provider.refund(present(), part),
        await provider.refund(present(), part),
      ];
      expect(second.providerReference).toBe(first.providerReference);
      expect(await sandbox.effects(url, ids.paymentId)).toEqual({
        intents: 1,
        captures: 1,
        refunds: 1,
        refunded: 1_000,
      });
    });
    it('acts once if two calls run at the same time', async () => {
      const slow = (operation: string) =>
        partners.faults.add({
          partner: code,
          on: operation,
          call: { kind: 'slow', delayMs: 120 },
        });
      const twice = async (ask: () => Promise<unknown>) => {
        const outcomes = await Promise.allSettled([ask(), ask()]);
        const failures = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
        for (const failure of failures) expect(failure).toBeInstanceOf(PartnerUnavailable);
        expect(failures.length).toBeLessThan(2);
      };
      const ids = newPayment();
      slow(sandbox.operations.start);
      await twice(() => start(ids));
      const intent = await start(ids);
      await sandbox.shopperConfirms(url, intent, 'good');
      slow(sandbox.operations.capture);
      await twice(() => provider.capture(present(), intent));
      slow(sandbox.operations.refund);
      await twice(() => provider.refund(present(), { ...intent, amount: money(700, 'EUR') }));
      expect(await sandbox.effects(url, ids.paymentId)).toEqual({
        intents: 1,
        captures: 1,
        refunds: 1,
        refunded: 700,
      });
    });

    it('refunds once even after the provider forgot the idempotency key', async () => {
      const intent = await captured();
      const forgetful: Send = (request) => {
        const { 'idempotency-key': _key, ...headers } = request.headers;
        return impatientSend(code)({ ...request, headers });
      };
      const forgotten = plugIn.bind(settings(), forgetful);
      const part = { ...intent, amount: money(1_000, 'EUR') };
      await forgotten.refund(present(), part);
      await forgotten.refund(present(), part);
      expect(await sandbox.effects(url, intent.paymentId)).toMatchObject({ refunds: 1, refunded: 1_000 });
    });

    it('returns a value if there is nothing left to refund', async () => {
      const intent = await captured();
      await provider.refund(present(), intent);
      const second = await provider.refund(present(), { ...intent, refundId: 'ref_other' });
      expect(second).toMatchObject({ status: 'failed', refundId: 'ref_other' });
      expect(second.failureCode).toBeTypeOf('string');
    });

    describe.each(callFaults)('if a call meets the fault $name', ({ fault }) => {
      const strike = (operation: string) =>
        partners.faults.add({ partner: code, on: operation, call: fault });

      it('start: there is one intent', async () => {
        const ids = newPayment();
        strike(sandbox.operations.start);
        await expect(start(ids)).rejects.toThrow(PartnerUnavailable);
        const intent = await start(ids);
        expect(intent.payment.status).toBe('waiting');
        expect(await sandbox.effects(url, ids.paymentId)).toMatchObject({ intents: 1 });
      });

      it('capture: there is one capture', async () => {
        const intent = await authorised();
        strike(sandbox.operations.capture);
        await expect(provider.capture(present(), intent)).rejects.toThrow(PartnerUnavailable);
        expect(await provider.capture(present(), intent)).toMatchObject({
          status: 'captured',
          captured: total,
        });
      });

      it('void: the intent is voided', async () => {
        const intent = await authorised();
        strike(sandbox.operations.void);
        const ask = () => provider.void(present(), { ...intent, currency: 'EUR' });
        await expect(ask()).rejects.toThrow(PartnerUnavailable);
        expect(await ask()).toMatchObject({ status: 'voided' });
      });

      it('refund: there is one refund', async () => {
        const intent = await captured();
        strike(sandbox.operations.refund);
        const ask = () => provider.refund(present(), { ...intent, amount: money(700, 'EUR') });
        await expect(ask()).rejects.toThrow(PartnerUnavailable);
        expect(await ask()).toMatchObject({ amount: money(700, 'EUR') });
        expect(await sandbox.effects(url, intent.paymentId)).toMatchObject({ refunds: 1, refunded: 700 });
      });

      it('find: the second try succeeds', async () => {
        const intent = await start();
        strike(sandbox.operations.find);
        await expect(provider.find(present(), intent)).rejects.toThrow(PartnerUnavailable);
        expect(await provider.find(present(), intent)).toMatchObject({ status: 'waiting' });
      });
    });

    it('sends webhooks that pass verification and can be read', async () => {
      await until(() => partners.idle());
      const before = receiver.arrived.length;
      const intent = await captured();
      await provider.refund(present(), { ...intent, amount: money(1_000, 'EUR') });
      await until(() => partners.idle());
      const update = receiver.arrived.slice(before).map((arrived) => {
        const callback = toCallback(arrived);
        expect(provider.verify(present(), callback)).toMatchObject({ genuine: true, secretId: 'first' });
        return provider.interpret(callback.rawBody);
      });
      const reported = update.filter((one) => one.kind === 'payment' || one.kind === 'refund');
      for (const one of reported) {
        expect(one).toMatchObject({ orderId: intent.orderId, paymentId: intent.paymentId });
      }
      const statuses = reported.map((one) =>
        one.kind === 'payment' ? one.payment.status : one.refund.status,
      );
      expect(statuses).toEqual(expect.arrayContaining(['authorised', 'captured', 'paid']));
      expect(update.filter((one) => one.kind === 'unrecognised')).toEqual([]);
    });

    it('refuses forged, stale and early webhooks, and gives a repeated webhook the same id', async () => {
      await until(() => partners.idle());
      const before = receiver.arrived.length;
      partners.faults.add({ partner: code, hook: { kind: 'forge' } });
      partners.faults.add({ partner: code, hook: { kind: 'stale' } });
      partners.faults.add({ partner: code, hook: { kind: 'duplicate' } });
      const intent = await captured();
      await provider.refund(present(), { ...intent, amount: money(1_000, 'EUR') });
      await until(() => partners.idle());
      const verdicts = receiver.arrived
        .slice(before)
        .map((arrived) => provider.verify(present(), toCallback(arrived)));
      const reasons = verdicts.flatMap((verdict) => (verdict.genuine ? [] : [verdict.reason]));
      expect(reasons.sort()).toEqual(['bad-signature', 'stale']);
      const ids = verdicts.flatMap((verdict) => (verdict.genuine ? [verdict.callbackId] : []));
      expect(ids.length - new Set(ids).size).toBe(1);
    });

    it('checks the secret and the time of a signature', () => {
      const body = JSON.stringify({ id: 'evt_1', type: 'test' });
      const now = '2026-11-23T12:00:00.000Z';
      const nowSeconds = Date.parse(now) / 1_000;
      const rotating = [
        { id: 'new', value: 'whsec_new' },
        { id: 'old', value: 'whsec_old', notAfter: '2026-11-24T12:00:00.000Z' },
        { id: 'gone', value: 'whsec_gone', notAfter: '2026-11-22T12:00:00.000Z' },
      ];
      const bound = plugIn.bind(settings(rotating), impatientSend(code));
      const judge = (secret: string, seconds: number, text = body) =>
        bound.verify(now, callbackOf(sandbox.sign(secret, text, seconds), text));
      expect(judge('whsec_new', nowSeconds)).toEqual({ genuine: true, callbackId: 'evt_1', secretId: 'new' });
      expect(judge('whsec_old', nowSeconds)).toEqual({ genuine: true, callbackId: 'evt_1', secretId: 'old' });
      expect(judge('whsec_gone', nowSeconds)).toEqual({ genuine: false, reason: 'bad-signature' });
      expect(judge('whsec_other', nowSeconds)).toEqual({ genuine: false, reason: 'bad-signature' });
      expect(judge('whsec_new', nowSeconds - 301)).toEqual({ genuine: false, reason: 'stale' });
      expect(judge('whsec_new', nowSeconds + 301)).toEqual({ genuine: false, reason: 'stale' });
      expect(judge('whsec_new', nowSeconds, 'not JSON')).toEqual({ genuine: false, reason: 'malformed' });
      expect(bound.verify(now, callbackOf({}, body))).toEqual({ genuine: false, reason: 'no-signature' });
    });

    it.each(sandbox.reported)('translates $name', ({ body, update }) => {
      expect(provider.interpret(Buffer.from(JSON.stringify(body)))).toEqual(update);
    });

    it('throws for a callback that it cannot read', () => {
      expect(() => provider.interpret(Buffer.from('{"id":'))).toThrow(/shape/);
    });

    it.each(sandbox.amounts)('charges $ours.amountMinor $ours.currency exactly', async ({ ours, theirs }) => {
      const intent = await start(newPayment(), ours);
      expect(intent.payment.amount).toEqual(ours);
      expect(await sandbox.heldAmount(url, intent.providerPaymentId)).toBe(theirs);
    });

    it('offers only currencies in which it can charge', async () => {
      for (const { currencies, method } of plugIn.methods) {
        for (const currency of currencies) {
          const amount = money(20_000, currency);
          const { payment } = await provider.start(present(), { ...newPayment(), amount, method });
          expect(payment.amount).toEqual(amount);
        }
      }
    });

    it('refuses invalid settings without repeating them', () => {
      const bind = () => plugIn.bind({ apiKey: 7, webhookSecrets: ['whsec_secret'] }, impatientSend(code));
      expect(bind).toThrow(SettingsRefused);
      expect(bind).not.toThrow(/whsec_secret/);
    });
  });
}
