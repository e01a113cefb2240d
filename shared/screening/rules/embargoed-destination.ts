import { embargoes } from '../embargoes.ts';
import { pass, refuse, type ScreeningRule } from '../rule.ts';

/** Nothing is sent to an embargoed destination. Both the address and the quoted destination are checked. */
export const embargoedDestination: ScreeningRule = {
  ruleId: 'embargoed-destination',
  check: ({ landedCost, shippingAddress }) => {
    const places = [landedCost.destination.country, shippingAddress.country];
    const embargo = embargoes.find(({ country }) => places.includes(country));
    return embargo === undefined
      ? pass('no embargo on the destination')
      : refuse(`${embargo.country} is barred: ${embargo.source}`);
  },
};
