import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Israel, personal imports: no VAT up to a price of the goods that changed several times in 2026, USD 75 from
 * 2026-06-01; above it VAT of 18 % on the CIF value, and no duty up to USD 500. Above USD 500 the consignment is
 * refused.
 */
export const il = defineImportRegime({
  code: 'il',
  countries: ['IL'],
  timeZone: 'Asia/Jerusalem',
  currency: 'ILS',
  valuation: 'CIF',
  customs: 'IL:customs',
  tax: { code: 'vat', name: 'VAT', authority: 'IL:ita' },
});
