import { refundStepIn, refundWindowDaysIn } from '../../payment/index.ts';
import { providerOffers } from '../../payment/providers/offers.ts';
import { screeningDeps } from './screening.ts';

/** Operators' decisions also refund, within the time and in the amounts that the provider takes. */
export const decisionDeps = () => ({
  ...screeningDeps(),
  refundWindowDays: refundWindowDaysIn(providerOffers),
  refundStep: refundStepIn(providerOffers),
});
