import { zero } from '../../kernel/money.ts';
import type { BoundPaymentProvider } from '../provider.ts';

/** The name of the method, and of the provider, of an order whose carrier collects its price in cash. */
export const CASH_ON_DELIVERY = 'cash-on-delivery';

/** Whether the carrier collects the price in cash, so that no provider is asked. */
export const collectsCash = ({ provider }: { readonly provider: string }): boolean =>
  provider === CASH_ON_DELIVERY;

/**
 * The longest time from a delivery to its line in a remittance, in days: 7 to 15 days after the delivery
 * (faq.shyplite.com, "When will I get the COD amount for my orders?"), 7 to 10 days (360.shiprocket.in, "Everything you
 * need to know about COD remittance"), both read on 2026-11-30.
 */
const REMITTED_WITHIN_DAYS = 15;

/**
 * Answers in the place of a provider where the carrier collects the money. The shopper's promise counts as the
 * authorisation, so that the order is screened at once; its id is our own. Nothing is asked of anybody, so that every
 * call may be repeated. The captures come with the deliveries, and never from here. A promise is undone by its void;
 * cash that was collected is given back by a person.
 */
export const collectedByCarrier: BoundPaymentProvider = {
  code: CASH_ON_DELIVERY,
  methods: [],
  settledWithinDays: REMITTED_WITHIN_DAYS,
  // No line comes by itself. What is not remitted in time is missing, whether or not any file was read.
  settlements: async () => [],
  async start(_now, { paymentId, amount }) {
    const payment = { providerPaymentId: paymentId, status: 'authorised', amount, captures: [] } as const;
    return { payment, nextAction: { type: 'none' } };
  },
  async void(_now, { providerPaymentId, currency }) {
    return { providerPaymentId, status: 'voided', amount: zero(currency), captures: [] };
  },
  async refund(_now, { refundId, amount }) {
    return { refundId, providerReference: refundId, status: 'failed', amount, failureCode: 'paid-in-cash' };
  },
  capture: impossible,
  find: impossible,
  verify: () => ({ genuine: false, reason: 'no-signature' }),
  interpret() {
    throw new Error('nobody calls about cash on delivery');
  },
};

/** The money comes with the delivery, and a promise never waits for an answer. */
async function impossible(): Promise<never> {
  throw new Error('cash on delivery is captured by its delivery, and has no open state');
}
