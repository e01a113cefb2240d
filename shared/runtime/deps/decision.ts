import { refundWindowDaysIn } from '../../payment/index.ts';
import { providerOffers } from '../../payment/providers/offers.ts';
import { screeningDeps } from './screening.ts';

/** Operators' decisions also refund, within the time in which the provider takes it. */
export const decisionDeps = () => ({
  ...screeningDeps(),
  refundWindowDays: refundWindowDaysIn(providerOffers),
});
