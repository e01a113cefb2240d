import { minuteMs } from '../../kernel/time.ts';
import type { OfferingProvider, PaymentChoice } from '../offers.ts';
import type { OfferedMethod } from '../provider.ts';
import { CASH_ON_DELIVERY } from './collected-by-carrier.ts';
import { cashLimits } from './limits.ts';

/** Nobody waits for the shopper: the sweeper starts the payment if the request that placed the order was cut off. */
const reservationMs = 10 * minuteMs;

/** Cash on delivery as one of the providers. It needs no settings. */
export const cashOffer: OfferingProvider = {
  code: CASH_ON_DELIVERY,
  methods: cashLimits.map(
    ({ country, currency, mostMinor }): OfferedMethod => ({
      method: CASH_ON_DELIVERY,
      ...{ flow: 'cash', captures: 'at-delivery', partialCapture: 'many', authenticates: false },
      ...{ countries: [country], currencies: [currency], maxAmountMinor: { [currency]: mostMinor } },
      ...{ reservationMs, payerNeeds: ['phone'] },
    }),
  ),
};

/** The providers, with cash on delivery as the last one if the seller's choice names it: nobody offers it unasked. */
export function withCash(
  providers: readonly OfferingProvider[],
  { providers: chosen = [], methods: byMethod = {}, terms = [] }: PaymentChoice = {},
): readonly OfferingProvider[] {
  const { code } = cashOffer;
  const isNamed =
    chosen.includes(code) || byMethod[code] === code || terms.some(({ provider }) => provider === code);
  return isNamed ? [...providers, cashOffer] : providers;
}
