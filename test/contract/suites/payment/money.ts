import { describe, expect, it } from 'vitest';
import { money, zero } from '../../../../shared/kernel/money.ts';
import { dayMs, later } from '../../../../shared/kernel/time.ts';
import { PartnerRefused } from '../../../../shared/partners/partner-answer.ts';
import { impatientSend, present } from '../../../fixtures/partner-calls.ts';
import { amountOf, type Bench } from './bench.ts';
import { type Intent, nthId, partOf } from './intent.ts';
import { proofs } from './proofs.ts';
import { unless } from './unless.ts';

export const NOBODY_DECLINES = 'a voucher or a code is paid or not: a refused attempt leaves it open';
export const NO_END = 'the provider ends no open payment of this method by itself';

/** Money in and out by one method, as its abilities allow. */
export function describeMoney(bench: Bench, method: string): void {
  const { contract, plugIn } = bench.entry;
  const offer = bench.offer(method);
  const pushes = offer.captures === 'at-once';
  const afterPay = pushes ? 'captured' : 'authorised';

  /** A test of methods with these abilities; of others it is skipped. */
  const takes = (proof: (typeof proofs)[keyof typeof proofs], run: () => Promise<void>) =>
    unless(proof.isFor(offer) ? undefined : 'otherwise' in proof ? proof.otherwise : 'another ability')(
      proof.title,
      run,
    );

  describe(`${method}: money`, () => {
    it('is offered with the same abilities in every country', () => {
      const abilities = plugIn.methods
        .filter((one) => one.method === method)
        .map(({ flow, captures, partialCapture, refundWindowDays, authenticates }) => ({
          ...{ flow, captures, partialCapture, refundWindowDays, authenticates },
        }));
      expect(new Set(abilities.map((one) => JSON.stringify(one))).size).toBe(1);
      if (pushes) expect(offer.partialCapture).toBe('none');
    });

    it(proofs.started.title, async () => {
      const ids = bench.ids();
      const intent = await bench.start(method, ids);
      expect(intent.nextAction.type).toBe(offer.flow === 'cash' ? 'none' : offer.flow);
      const { status, amount, captures } = await bench.find(intent);
      expect(offer.flow === 'cash' ? ['waiting', 'authorised'] : ['waiting']).toContain(status);
      expect({ amount, captures }).toEqual({ amount: intent.amount, captures: [] });
      expect((await bench.start(method, ids)).providerPaymentId).toBe(intent.providerPaymentId);
      expect(await bench.effects(ids)).toMatchObject({ intents: 1, captures: 0 });
    });

    it(proofs.limits.title, async () => {
      const limits = plugIn.methods
        .filter((one) => one.method === method)
        .flatMap(({ currencies, countries, minAmountMinor = {}, maxAmountMinor = {} }) =>
          currencies.flatMap((currency) =>
            [minAmountMinor[currency], maxAmountMinor[currency]].flatMap((limit) =>
              limit === undefined ? [] : [{ amount: money(limit, currency), country: countries?.[0] }],
            ),
          ),
        );
      for (const { amount, country } of limits) {
        const intent = await bench.start(method, bench.ids(), amount, country);
        expect((await bench.find(intent)).amount).toEqual(amount);
      }
    });

    it((pushes ? proofs.pushed : proofs.authorised).title, async () => {
      const intent = await bench.paid(method);
      const found = await bench.find(intent);
      expect(found).toMatchObject({ status: afterPay, amount: intent.amount });
      expect(sumOf(found.captures, intent)).toEqual(pushes ? intent.amount : zero(intent.amount.currency));
    });

    const isDeclined = contract.neverDeclined?.includes(method) !== true;
    unless(isDeclined ? undefined : NOBODY_DECLINES)('may be declined', async () => {
      const intent = await bench.start(method);
      await bench.pay(intent, 'declined');
      const { status, failureCode, captures } = await bench.find(intent);
      expect(['failed', 'voided']).toContain(status);
      if (status === 'failed' && offer.flow === 'confirm') expect(failureCode).toBeTypeOf('string');
      expect(captures).toEqual([]);
    });

    takes(proofs.whole, async () => {
      const intent = await bench.paid(method);
      for (const taken of [await bench.capture(intent), await bench.capture(intent)]) {
        expect(taken.status).toBe('captured');
        expect(taken.captures).toHaveLength(1);
        expect(sumOf(taken.captures, intent)).toEqual(intent.amount);
      }
      expect(await bench.find(intent)).toEqual(await bench.capture(intent));
      expect(await bench.void(intent)).toMatchObject({ status: 'captured' });
      expect(await bench.effects(intent)).toMatchObject({ intents: 1, captures: 1 });
    });

    takes(proofs.partOnce, async () => {
      const intent = await bench.paid(method);
      const part = partOf(intent.amount, 2);
      const taken = await bench.capture(intent, { amount: part });
      expect(taken.status).toBe('captured');
      expect(sumOf(taken.captures, intent)).toEqual(part);
      const more = await bench.capture(intent, { captureId: nthId(intent.captureId, 2), amount: part });
      expect(sumOf(more.captures, intent)).toEqual(part);
    });

    takes(proofs.parts, async () => {
      const intent = await bench.paid(method);
      const [first, second] = [partOf(intent.amount, 2), partOf(intent.amount, 1)];
      const early = { amount: first, captureId: nthId(intent.captureId, 1), isFinal: false };
      for (const taken of [await bench.capture(intent, early), await bench.capture(intent, early)]) {
        expect(taken).toMatchObject({ status: 'authorised', amount: intent.amount });
        expect(sumOf(taken.captures, intent)).toEqual(first);
      }
      const last = await bench.capture(intent, { amount: second, captureId: nthId(intent.captureId, 2) });
      expect(last.status).toBe('captured');
      expect(last.captures.map(({ amount }) => amount)).toEqual([first, second]);
      expect(new Set(last.captures.map(({ reference }) => reference)).size).toBe(2);
      expect(await bench.effects(intent)).toMatchObject({ captures: 2 });
    });

    takes(proofs.restReleased, async () => {
      const intent = await bench.paid(method);
      const part = partOf(intent.amount, 2);
      await bench.capture(intent, { amount: part, captureId: nthId(intent.captureId, 1), isFinal: false });
      for (const rest of [await bench.void(intent), await bench.void(intent)]) {
        expect(['captured', 'voided']).toContain(rest.status);
        expect(sumOf(rest.captures, intent)).toEqual(part);
      }
      const more = { amount: partOf(intent.amount, 1), captureId: nthId(intent.captureId, 2) };
      expect(sumOf((await bench.capture(intent, more)).captures, intent)).toEqual(part);
      expect(await bench.effects(intent)).toMatchObject({ captures: 1 });
    });

    takes(proofs.notInPart, async () => {
      const intent = await bench.paid(method);
      const attempt = await Promise.allSettled([bench.capture(intent, { amount: partOf(intent.amount, 2) })]);
      for (const one of attempt) if (one.status === 'fulfilled') expect(one.value.captures).toEqual([]);
      expect((await bench.find(intent)).captures).toEqual([]);
    });

    takes(proofs.voided, async () => {
      const started = offer.flow === 'cash' ? [] : [await bench.start(method)];
      for (const intent of [...started, await bench.paid(method)]) {
        expect(await bench.void(intent)).toMatchObject({ status: 'voided', captures: [] });
        expect(await bench.void(intent)).toMatchObject({ status: 'voided' });
        expect(await bench.find(intent)).toMatchObject({ status: 'voided', captures: [] });
        expect(await bench.capture(intent)).toMatchObject({ status: 'voided', captures: [] });
      }
    });

    takes(proofs.voidedOpen, async () => {
      const [open, paid] = [await bench.start(method), await bench.paid(method)];
      const endsByItself = contract.endsByItself?.includes(method) === true;
      if (endsByItself) {
        expect(await bench.void(open)).toMatchObject({ status: 'waiting', captures: [] });
        await contract.expires?.[method]?.(bench.url, open);
      }
      expect(await bench.void(open)).toMatchObject({ status: 'voided', captures: [] });
      expect(await bench.void(open)).toMatchObject({ status: 'voided' });
      const { status, captures } = await bench.find(open);
      expect({ status, captures }).toEqual({
        ...{ status: endsByItself ? 'failed' : 'voided', captures: [] },
      });
      expect(await bench.void(paid)).toMatchObject({ status: 'captured', amount: paid.amount });
      expect(await bench.effects(paid)).toMatchObject({ captures: 1, refunded: 0 });
      expect((await bench.find(paid)).captures).toHaveLength(1);
    });

    unless(pushes ? proofs.whole.otherwise : undefined)(
      'is captured later if the call came too early',
      async () => {
        const intent = await bench.start(method);
        expect(await bench.capture(intent)).toMatchObject({ status: 'waiting', captures: [] });
        await bench.pay(intent);
        expect(await bench.capture(intent)).toMatchObject({ status: 'captured' });
      },
    );

    it(proofs.refundedInParts.title, async () => {
      const intent = await bench.captured(method);
      const part = partOf(intent.amount, 1);
      const first = await bench.refund(intent, part);
      expect(first).toMatchObject({ refundId: intent.refundId, amount: part });
      expect(['pending', 'paid']).toContain(first.status);
      expect((await bench.refund(intent, part)).providerReference).toBe(first.providerReference);
      expect(await bench.effects(intent)).toMatchObject({ refunds: 1, refunded: part.amountMinor });
      const tooMuch = await bench.refund(intent, intent.amount, nthId(intent.refundId, 2));
      expect(tooMuch).toMatchObject({ status: 'failed', refundId: nthId(intent.refundId, 2) });
      expect(tooMuch.failureCode).toBeTypeOf('string');
      const rest = partOf(intent.amount, 4);
      const last = await bench.refund(intent, rest, nthId(intent.refundId, 3));
      expect(['pending', 'paid']).toContain(last.status);
      const { refunded } = await bench.effects(intent);
      expect(refunded).toBe(part.amountMinor + rest.amountMinor);
    });

    it(proofs.refundedWhole.title, async () => {
      const intent = await bench.captured(method);
      expect(['pending', 'paid']).toContain((await bench.refund(intent)).status);
      const second = await bench.refund(intent, intent.amount, nthId(intent.refundId, 2));
      expect(second).toMatchObject({ status: 'failed' });
      expect(await bench.effects(intent)).toMatchObject({ refunded: intent.amount.amountMinor });
    });

    const againDays = contract.refundAgainDays;
    unless(againDays === undefined ? 'the provider shows its refunds' : undefined)(
      'is refunded once: asked for late, it is not asked for again',
      async () => {
        const intent = await bench.captured(method);
        const part = partOf(intent.amount, 1);
        const inDays = (days: number) => later(present(), days * dayMs);
        await bench.refund(intent, part);
        await bench.refund(intent, part, intent.refundId, { now: inDays((againDays ?? 0) - 1) });
        const late = bench.refund(intent, part, intent.refundId, { now: inDays((againDays ?? 0) + 1) });
        await expect(late).rejects.toThrow(PartnerRefused);
        expect(await bench.effects(intent)).toMatchObject({ refunds: 1, refunded: part.amountMinor });
      },
    );

    const forgets = 'is refunded once even after the provider forgot the idempotency key';
    unless(againDays === undefined ? undefined : 'the provider shows no refund')(forgets, async () => {
      const intent = await bench.captured(method);
      let keys = 0;
      const forgetful = bench.bind((request) => {
        const headers = Object.entries(request.headers).map(([name, value]) => {
          keys += 1;
          return [name, /idempotency|request-id/i.test(name) ? `${value}-${keys}` : value] as const;
        });
        return impatientSend(bench.code)({ ...request, headers: Object.fromEntries(headers) });
      });
      const part = partOf(intent.amount, 1);
      const other = nthId(intent.refundId, 2);
      for (const refundId of [intent.refundId, intent.refundId, other, other, intent.refundId])
        await bench.refund(intent, part, refundId, { provider: forgetful });
      expect(await bench.effects(intent)).toMatchObject({ refunds: 2, refunded: 2 * part.amountMinor });
    });

    takes(proofs.window, async () => {
      const intent = await bench.captured(method);
      bench.partners.moveClock(bench.code, ((offer.refundWindowDays ?? 0) + 1) * dayMs);
      const late = await bench.refund(intent).finally(() => bench.partners.moveClock(bench.code, 0));
      expect(late.status).toBe('failed');
      expect(late.failureCode).toBeTypeOf('string');
      expect(await bench.effects(intent)).toMatchObject({ refunded: 0 });
    });

    const expires = contract.expires?.[method];
    unless(expires === undefined ? NO_END : undefined)('expires, and nothing is captured', async () => {
      const intent = await bench.start(method);
      await expires?.(bench.url, intent);
      const { status, captures } = await bench.find(intent);
      expect(['failed', 'voided']).toContain(status);
      expect(captures).toEqual([]);
    });

    it('is offered only in currencies that it can charge', async () => {
      for (const one of plugIn.methods.filter((other) => other.method === method)) {
        for (const currency of one.currencies) {
          const amount = amountOf(one, currency);
          const country = one.countries?.[0] ?? 'DE';
          const { payment } = await bench.startAs(one, { ...bench.ids(), amount, method, country });
          expect(payment.amount).toEqual(amount);
        }
      }
    });
  });
}

function sumOf(
  captures: readonly { readonly amount: { readonly amountMinor: number } }[],
  { amount }: Intent,
) {
  return money(
    captures.reduce((sum, one) => sum + one.amount.amountMinor, 0),
    amount.currency,
  );
}
