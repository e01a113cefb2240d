import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Nigeria: consignments up to USD 300 bear neither duty nor VAT, four a person and year. Above, tariff and levies
 * are not confirmed and the consignment is refused.
 */
export const ng = defineImportRegime({
  code: 'ng',
  countries: ['NG'],
  timeZone: 'Africa/Lagos',
  currency: 'NGN',
  valuation: 'CIF',
  customs: 'NG:ncs',
  tax: { code: 'vat', name: 'VAT', authority: 'NG:firs' },
});
