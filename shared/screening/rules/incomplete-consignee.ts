import { needsPostalCode } from '../../kernel/places/postal-code.ts';
import { hold, pass, type ScreeningRule } from '../rule.ts';

/**
 * Post-office boxes in the languages of the markets: English, German, French, Spanish, Portuguese, Dutch, Italian,
 * Polish.
 */
const BOX =
  /\b(p\.?\s*o\.?\s*box|post\s*office\s*box|postfach|b\.?p\.?\s*\d+|bo[iî]te postale|apartado( de correos| postal)?|caixa postal|postbus|casella postale|skrytka pocztowa)\b/i;

/** A parcel that can't be delivered comes back at our cost, weeks later. */
export const incompleteConsignee: ScreeningRule = {
  ruleId: 'incomplete-consignee',
  check: ({ landedCost, shippingAddress, limits }) => {
    const { country, postalCode, line1, line2 } = shippingAddress;
    if (postalCode === undefined && needsPostalCode(country)) return hold(`no postal code for ${country}`);
    const byCourier = landedCost.consignments.some(
      ({ service }) => !limits.servicesToBoxes.includes(service),
    );
    const isBox = [line1, line2].some((line) => line !== undefined && BOX.test(line));
    return byCourier && isBox ? hold('a courier can not deliver to a post-office box') : pass('complete');
  },
};
