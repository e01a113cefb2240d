import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * South Africa: up to ZAR 500 by express 20 % in lieu of duty, above by tariff, on the FOB value; VAT of 15 % on
 * the value with 10 % added and duty.
 */
export const za = defineImportRegime({
  code: 'za',
  countries: ['ZA'],
  timeZone: 'Africa/Johannesburg',
  currency: 'ZAR',
  valuation: 'FOB',
  customs: 'ZA:sars-customs',
  tax: { code: 'vat', name: 'VAT', authority: 'ZA:sars' },
  taxBase: ['duty'],
  taxUplift: '10',
});
