import { type Money, money } from '../../shared/kernel/money.ts';
import { PartnerUnavailable } from '../../shared/partners/send.ts';
import type {
  BoundPaymentProvider,
  PaymentUpdate,
  ProviderPayment,
  ProviderRefund,
} from '../../shared/payment/provider.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A provider that keeps its intents and refunds, and counts the effects that really happened. */
export interface FakePaymentProvider extends BoundPaymentProvider {
  readonly done: { captures: number; voids: number; refunds: number; intents: number };
  /** The shopper pays: `authorised`, or `captured` for a method that captures at once. */
  pay(as: 'authorised' | 'captured'): void;
  decline(code: string): void;
  /** The provider's current view of the intent. */
  payment(): ProviderPayment;
  change(over: Partial<ProviderPayment>): void;
  refundsAnswer(status: ProviderRefund['status']): void;
  settleRefund(refundId: string, status: ProviderRefund['status']): ProviderRefund;
  refundOf(refundId: string): ProviderRefund | undefined;
  /** The next call gets no answer. `when` says whether the call had its effect before that. */
  breakNext(call: 'start' | 'capture' | 'void' | 'refund' | 'find', when: 'before' | 'after'): void;
}

/** The body of a callback, which is the update as JSON. */
export const callbackBody = (update: PaymentUpdate) => Buffer.from(JSON.stringify(update));

export function createFakePaymentProvider(total: Money = money(3927, 'EUR')): FakePaymentProvider {
  const done = { captures: 0, voids: 0, refunds: 0, intents: 0 };
  const refunds = new Map<string, Mutable<ProviderRefund>>();
  const broken = new Map<string, 'before' | 'after'>();
  let refundStatus: ProviderRefund['status'] = 'paid';
  let intent: Mutable<ProviderPayment> | undefined;
  let isGone = false;

  const present = (): Mutable<ProviderPayment> => {
    if (intent === undefined) throw new Error('no intent was made');
    return intent;
  };
  const call = async <T>(name: string, act: () => T): Promise<T> => {
    const when = broken.get(name);
    broken.delete(name);
    if (when === 'before') throw new PartnerUnavailable('fake', 'no answer');
    const answer = act();
    if (when === 'after') throw new PartnerUnavailable('fake', 'no answer');
    return answer;
  };

  return {
    code: 'stripe',
    methods: [],
    done,
    verify: () => ({ genuine: true, callbackId: 'evt_1', secretId: '1' }),
    interpret: (rawBody) => JSON.parse(rawBody.toString('utf8')) as PaymentUpdate,
    start: (_now, { amount }) =>
      call('start', () => {
        if (intent === undefined) {
          done.intents += 1;
          intent = { providerPaymentId: 'pi_1', status: 'waiting', amount, captures: [] };
        }
        return { payment: { ...intent }, nextAction: { type: 'confirm', clientSecret: 'pi_1_secret' } };
      }),
    capture: (_now, { captureId, amount, isFinal }) =>
      call('capture', () => {
        const own = present();
        if (own.status === 'authorised' && own.captures.every((one) => one.captureId !== captureId)) {
          done.captures += 1;
          own.captures = [...own.captures, { captureId, reference: `ch_${done.captures}`, amount }];
          if (isFinal) own.status = 'captured';
        }
        return { ...own };
      }),
    void: () =>
      call('void', () => {
        const own = present();
        // An intent that failed finally stays failed, and no money comes from it.
        isGone = true;
        if (own.status === 'waiting' || own.status === 'authorised') {
          done.voids += 1;
          own.status = 'voided';
        }
        return { ...own };
      }),
    refund: (_now, { refundId, amount }) =>
      call('refund', () => {
        const known = refunds.get(refundId);
        if (known !== undefined) return { ...known };
        done.refunds += 1;
        const refund = { refundId, providerReference: `re_${done.refunds}`, status: refundStatus, amount };
        refunds.set(refundId, refund);
        return { ...refund };
      }),
    find: () => call('find', () => ({ ...present() })),
    pay: (as) => {
      intent ??= {
        ...{ providerPaymentId: 'pi_1', status: 'waiting', amount: total, captures: [] },
      };
      if (isGone) return;
      intent.status = as;
      intent.authentication = { outcome: 'authenticated', by: '3-d-secure', eci: '05' };
      if (as === 'captured') intent.captures = [{ reference: 'ch_1', amount: intent.amount }];
    },
    decline: (code) => Object.assign(present(), { status: 'failed', failureCode: code }),
    payment: () => ({ ...present() }),
    change: (over) => Object.assign(present(), over),
    refundsAnswer: (status) => {
      refundStatus = status;
    },
    settleRefund: (refundId, status) => {
      const refund = refunds.get(refundId);
      if (refund === undefined) throw new Error(`no refund ${refundId}`);
      refund.status = status;
      return { ...refund };
    },
    refundOf: (refundId) => refunds.get(refundId),
    breakNext: (name, when) => broken.set(name, when),
  };
}
