import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Thailand: since 2026-01-01 duty on the CIF value and VAT of 7 % on that with duty from the first baht; before,
 * goods up to THB 1,500 bore VAT alone.
 */
export const th = defineImportRegime({
  code: 'th',
  countries: ['TH'],
  timeZone: 'Asia/Bangkok',
  currency: 'THB',
  valuation: 'CIF',
  customs: 'TH:customs',
  tax: { code: 'vat', name: 'VAT', authority: 'TH:rd' },
});
