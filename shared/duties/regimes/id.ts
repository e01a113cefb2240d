import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Indonesia, consignments: up to USD 3 FOB no duty; up to USD 1,500 a flat duty on the CIF value of 7.5 %, other
 * rates for some goods; VAT of 12 % on eleven twelfths of the value with duty, from the first rupiah.
 */
export const id = defineImportRegime({
  code: 'id',
  countries: ['ID'],
  timeZone: 'Asia/Jakarta',
  currency: 'IDR',
  valuation: 'CIF',
  customs: 'ID:djbc',
  tax: { code: 'ppn', name: 'PPN', authority: 'ID:djp' },
  // Whole rupiah.
  rounding: { minorUnits: 100, direction: 'half-up' },
});
