import { add, type Money, zero } from '../../shared/kernel/money.ts';
import { PartnerUnavailable } from '../../shared/partners/send.ts';
import type {
  BoundPaymentProvider,
  ProviderCapture,
  ProviderPayment,
} from '../../shared/payment/provider.ts';
import { createFakePaymentProvider } from './payment-provider.ts';

interface Attempt {
  readonly captureId: string;
  readonly amount: Money;
  readonly outcome: 'captured' | 'declined';
}

/** A provider that charges instalments: each id once, whatever repeats. What it did is in its books. */
export interface InstalmentProvider extends BoundPaymentProvider {
  /** Every attempt that reached the shopper's bank, oldest first. */
  readonly attempts: readonly Attempt[];
  /** What went back, by the reference of the capture. */
  readonly refunded: ReadonlyMap<string, Money>;
  captured(): Money;
  /** The captures so far, as a callback tells them. */
  view(): ProviderPayment;
  /** That number of the next charges are declined. */
  declineNext(times: number): void;
  /** The next call of a capture has no answer: it had its effect, or not. */
  loseNext(when: 'before' | 'after'): void;
}

export function createInstalmentProvider(total: Money): InstalmentProvider {
  const attempts: Attempt[] = [];
  const refunds = new Map<string, { readonly amount: Money; readonly of: string }>();
  const refunded = new Map<string, Money>();
  let declines = 0;
  let lost: 'before' | 'after' | undefined;
  let isVoid = false;
  const captures = (): ProviderCapture[] =>
    attempts.flatMap(({ captureId, amount, outcome }, index) =>
      outcome === 'captured' ? [{ captureId, amount, reference: `ch_${index + 1}` }] : [],
    );
  const view = (): ProviderPayment => ({
    ...{ providerPaymentId: 'pi_1', amount: total, captures: captures() },
    status: isVoid ? (attempts.length === 0 ? 'voided' : 'captured') : 'authorised',
    authentication: { outcome: 'authenticated', by: '3-d-secure', eci: '05' },
  });
  return {
    ...createFakePaymentProvider(total),
    attempts,
    refunded,
    view,
    captured: () => captures().reduce((all, one) => add(all, one.amount), zero(total.currency)),
    capture: async (_now, { captureId, amount }) => {
      const when = lost;
      lost = undefined;
      if (when === 'before') throw new PartnerUnavailable('fake', 'no answer');
      let own = attempts.find((one) => one.captureId === captureId);
      if (own === undefined && !isVoid) {
        const isDeclined = declines > 0 && attempts.length > 0;
        if (isDeclined) declines -= 1;
        own = { captureId, amount, outcome: isDeclined ? 'declined' : 'captured' };
        attempts.push(own);
      }
      if (when === 'after') throw new PartnerUnavailable('fake', 'no answer');
      const declined = own?.outcome === 'declined' ? { declined: { captureId, code: 'card_declined' } } : {};
      return { ...view(), ...declined };
    },
    void: async () => {
      isVoid = true;
      return view();
    },
    find: async () => view(),
    refund: async (_now, { refundId, amount, captureReference = '' }) => {
      if (!refunds.has(refundId)) {
        const of = captures().find(({ reference }) => reference === captureReference);
        const before = refunded.get(captureReference) ?? zero(total.currency);
        const after = add(before, amount);
        if (of === undefined || after.amountMinor > of.amount.amountMinor)
          throw new Error(`a refund above its capture: ${captureReference}`);
        refunded.set(captureReference, after);
        refunds.set(refundId, { amount, of: captureReference });
      }
      return { refundId, providerReference: `re_${refundId}`, status: 'paid', amount };
    },
    declineNext: (times) => {
      declines = times;
    },
    loseNext: (when) => {
      lost = when;
    },
  };
}
