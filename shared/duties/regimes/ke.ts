import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Kenya: goods that are in the country are sold with VAT. Imports bear tariff, IDF and RDL at rates that are not
 * confirmed, and are refused.
 */
export const ke = defineImportRegime({
  code: 'ke',
  countries: ['KE'],
  timeZone: 'Africa/Nairobi',
  currency: 'KES',
  valuation: 'CIF',
  customs: 'KE:kra',
  tax: { code: 'vat', name: 'VAT', authority: 'KE:kra' },
});
