import { withCash } from '../payment/cash/index.ts';
import { isPayable } from '../payment/index.ts';
import { providerOffers } from '../payment/providers/offers.ts';
import type { QuoteDeps } from '../quote/index.ts';

/** Whether a method of a registered provider takes a currency in a country. A deployment may lack its settings. */
export const isPayableHere: QuoteDeps['isPayable'] = (place, choice) =>
  isPayable(withCash(providerOffers, choice), place, choice);
