import { invariant } from '../kernel/invariant.ts';
import { type Money, zero } from '../kernel/money.ts';
import { minuteMs } from '../kernel/time.ts';
import { collectedByCarrier, collectsCash } from './cash/collected-by-carrier.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { BoundPaymentProvider, ProviderPayment } from './provider.ts';

/** The name of the method, and of the provider, of an order of which nothing is to be paid. */
const NOTHING = 'none';

/** The only method of an order of which nothing is to be paid. */
export const nothingToCollect = {
  method: NOTHING,
  provider: NOTHING,
  // Nobody waits for the shopper: the sweeper starts the payment if the request that placed the order was cut off.
  reservationMs: 10 * minuteMs,
};

/** Whether nothing is to be paid, so that no provider is asked and the shopper has no step to take. */
const collectsNothing = ({ provider }: { readonly provider: string }): boolean => provider === NOTHING;

/** Whether the shopper has no step to take: nothing is to be paid, or the carrier collects it later. */
export const waitsForNobody = (payment: { readonly provider: string }): boolean =>
  collectsNothing(payment) || collectsCash(payment);

/** The provider of an order's payment: the one of its intent, the carrier's cash, or the one that collects nothing. */
export async function providerOf(
  deps: Pick<PaymentDeps, 'providerByCode'>,
  code: string,
): Promise<BoundPaymentProvider> {
  if (collectsNothing({ provider: code })) return noProvider;
  return collectsCash({ provider: code }) ? collectedByCarrier : deps.providerByCode(code);
}

/**
 * Answers in the place of a provider where the total is zero. The payment is authorised at once, so that the order is
 * screened, and then captured with zero, so that every later step goes on as for a paid order. Its id is our own.
 */
const noProvider: BoundPaymentProvider = {
  code: NOTHING,
  methods: [],
  async start(_now, { paymentId, amount }) {
    return {
      payment: paymentOfZero('authorised', { providerPaymentId: paymentId, amount }),
      nextAction: { type: 'none' },
    };
  },
  async capture(_now, command) {
    return paymentOfZero('captured', command);
  },
  async void(_now, { providerPaymentId, currency }) {
    return paymentOfZero('voided', { providerPaymentId, amount: zero(currency) });
  },
  refund: impossible,
  find: impossible,
  verify: () => ({ genuine: false, reason: 'no-signature' }),
  interpret() {
    throw new Error('nobody calls about a payment of nothing');
  },
};

function paymentOfZero(
  status: ProviderPayment['status'],
  { providerPaymentId, amount }: { readonly providerPaymentId: string; readonly amount: Money },
): ProviderPayment {
  invariant(amount.amountMinor === 0, 'an order with an amount is paid at a provider', { providerPaymentId });
  const captures = status === 'captured' ? [{ reference: providerPaymentId, amount }] : [];
  return { providerPaymentId, status, amount, captures };
}

/** Nothing can be given back, and the payment never waits for an answer. */
async function impossible(): Promise<never> {
  throw new Error('a payment of nothing has no refund and no open state');
}
