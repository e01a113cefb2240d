import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * United Arab Emirates: up to AED 300 neither duty nor VAT; above, duty of 5 % on the CIF value, free for some
 * goods, and VAT on that with duty.
 */
export const ae = defineImportRegime({
  code: 'ae',
  countries: ['AE'],
  timeZone: 'Asia/Dubai',
  currency: 'AED',
  valuation: 'CIF',
  customs: 'AE:fca',
  tax: { code: 'vat', name: 'VAT', authority: 'AE:fta' },
});
