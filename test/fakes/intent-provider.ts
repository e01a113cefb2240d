import { add, type Money, subtract, zero } from '../../shared/kernel/money.ts';
import { PartnerRefused } from '../../shared/partners/partner-answer.ts';
import { PartnerUnavailable } from '../../shared/partners/send.ts';
import type {
  BoundPaymentProvider,
  OfferedMethod,
  PaymentUpdate,
  ProviderPayment,
  ProviderRefund,
} from '../../shared/payment/provider.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** How the next calls end: before the effect, after it, or as a refusal with a status. */
type Trouble = 'no-answer' | 'lost-answer' | { readonly refused: number };

interface OwnIntent extends Mutable<ProviderPayment> {
  readonly paymentId: string;
  refunded: Money;
}

export interface IntentProvider extends BoundPaymentProvider {
  /** The provider's own books: every intent that it ever made. */
  readonly intents: readonly OwnIntent[];
  /** Every call ends so until it is undefined again. */
  trouble: Trouble | undefined;
  /** Only the next call ends so. */
  next: Trouble | undefined;
  /** The shopper pays an intent that can still be paid; says whether that was possible. */
  pay(paymentId: string, as: 'authorised' | 'captured'): boolean;
  decline(paymentId: string, code?: string): boolean;
  /** The body of a callback that says what the intent is now. */
  says(orderId: string, paymentId: string): Buffer;
  /** The answer to refunds that are asked from now on. */
  refundsAnswer: ProviderRefund['status'];
}

/** A provider with intents of its own by our payment ids, as a real one with idempotency keys has. */
export function createIntentProvider(code: string, methods: readonly OfferedMethod[] = []): IntentProvider {
  const intents: OwnIntent[] = [];
  const refunds = new Map<string, ProviderRefund>();

  const of = (providerPaymentId: string): OwnIntent => {
    const own = intents.find((one) => one.providerPaymentId === providerPaymentId);
    if (own === undefined) throw new Error(`${code} has no ${providerPaymentId}`);
    return own;
  };
  const viewOf = ({ paymentId: _, refunded: __, ...payment }: OwnIntent): ProviderPayment => ({ ...payment });
  const call = async <T>(act: () => T): Promise<T> => {
    const trouble = provider.next ?? provider.trouble;
    provider.next = undefined;
    if (trouble === 'no-answer') throw new PartnerUnavailable(code, 'timeout');
    if (typeof trouble === 'object') throw new PartnerRefused(code, trouble.refused, 'no');
    const answer = act();
    if (trouble === 'lost-answer') throw new PartnerUnavailable(code, 'timeout');
    return answer;
  };
  const byPayment = (paymentId: string) => intents.find((one) => one.paymentId === paymentId);
  const isPayable = (own: OwnIntent | undefined): own is OwnIntent =>
    own?.status === 'waiting' || own?.status === 'failed';

  const provider: IntentProvider = {
    code,
    methods,
    softDeclines: ['try_again_later'],
    intents,
    trouble: undefined,
    next: undefined,
    refundsAnswer: 'paid',
    verify: () => ({ genuine: true, callbackId: 'evt', secretId: '1' }),
    interpret: (rawBody) => JSON.parse(rawBody.toString('utf8')) as PaymentUpdate,
    start: (_now, { paymentId, amount }) =>
      call(() => {
        const known = byPayment(paymentId);
        const own: OwnIntent = known ?? {
          ...{ paymentId, providerPaymentId: `${code}_${intents.length + 1}`, status: 'waiting' },
          ...{ amount, captures: [], refunded: zero(amount.currency) },
        };
        if (known === undefined) intents.push(own);
        return {
          payment: viewOf(own),
          nextAction: { type: 'confirm', clientSecret: `${own.providerPaymentId}_secret` },
        };
      }),
    capture: (_now, { providerPaymentId, captureId, amount, isFinal }) =>
      call(() => {
        const own = of(providerPaymentId);
        const isTaken = own.captures.some((capture) => capture.captureId === captureId);
        if (own.status === 'authorised' && !isTaken) {
          if (isFinal) own.status = 'captured';
          const place = own.captures.length === 0 ? '' : `_${own.captures.length + 1}`;
          const reference = `${providerPaymentId}_charge${place}`;
          own.captures = [...own.captures, { captureId, reference, amount }];
        }
        return viewOf(own);
      }),
    void: (_now, { providerPaymentId }) =>
      call(() => {
        const own = of(providerPaymentId);
        if (own.status !== 'captured') own.status = 'voided';
        return viewOf(own);
      }),
    refund: (_now, { providerPaymentId, refundId, amount }) =>
      call(() => {
        const own = of(providerPaymentId);
        const known = refunds.get(refundId);
        if (known !== undefined) return known;
        const status = provider.refundsAnswer;
        const refund = { refundId, providerReference: `${refundId}_at`, status, amount };
        refunds.set(refundId, refund);
        if (status === 'paid') own.refunded = add(own.refunded, amount);
        return refund;
      }),
    find: (_now, { providerPaymentId }) => call(() => viewOf(of(providerPaymentId))),
    pay(paymentId, as) {
      const own = byPayment(paymentId);
      if (!isPayable(own)) return false;
      own.status = as;
      own.authentication = { outcome: 'authenticated', by: '3-d-secure' };
      if (as === 'captured')
        own.captures = [{ reference: `${own.providerPaymentId}_charge`, amount: own.amount }];
      return true;
    },
    decline(paymentId, failureCode = 'declined') {
      const own = byPayment(paymentId);
      if (!isPayable(own)) return false;
      Object.assign(own, { status: 'failed', failureCode });
      return true;
    },
    says(orderId, paymentId) {
      const own = byPayment(paymentId);
      if (own === undefined) throw new Error(`${code} has no intent of ${paymentId}`);
      const update: PaymentUpdate = { kind: 'payment', orderId, paymentId, payment: viewOf(own) };
      return Buffer.from(JSON.stringify(update));
    },
  };
  return provider;
}

/** What the provider took and did not give back, by its own books, in minor units. */
export const keptBy = ({ intents }: Pick<IntentProvider, 'intents'>): number =>
  intents.reduce((all, { captures, refunded }) => {
    const taken = captures.reduce((sum, { amount }) => add(sum, amount), zero(refunded.currency));
    return all + subtract(taken, refunded).amountMinor;
  }, 0);
