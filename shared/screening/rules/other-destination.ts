import { pass, refuse, type ScreeningRule } from '../rule.ts';

/** Duty and tax were computed for the quoted country: goods sent elsewhere would be declared wrongly. */
export const otherDestination: ScreeningRule = {
  ruleId: 'other-destination',
  check: ({ landedCost, shippingAddress }) => {
    const quoted = landedCost.destination.country;
    return shippingAddress.country === quoted
      ? pass('the goods go where they were quoted for')
      : refuse(`quoted for ${quoted}, addressed to ${shippingAddress.country}`);
  },
};
