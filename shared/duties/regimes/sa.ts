import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Saudi Arabia: goods that are in the country are sold with VAT. Imports are refused until a person has confirmed
 * what is due up to SAR 1,000 and the rates above; a deployment that knows imports the rows and ends the refusal.
 */
export const sa = defineImportRegime({
  code: 'sa',
  countries: ['SA'],
  timeZone: 'Asia/Riyadh',
  currency: 'SAR',
  valuation: 'CIF',
  customs: 'SA:zatca',
  tax: { code: 'vat', name: 'VAT', authority: 'SA:zatca' },
});
