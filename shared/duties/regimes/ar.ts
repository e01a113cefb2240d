import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Argentina, small consignments: by courier up to three units of the same goods and 50 kg, of which the first
 * USD 400 FOB bear no duty, and IVA is due on the CIF value; what is over USD 400 bears the tariff, which is not kept,
 * so that it is refused. Mail is free up to USD 50 and bears half of what is over, duty and tax in one.
 */
export const ar = defineImportRegime({
  code: 'ar',
  countries: ['AR'],
  timeZone: 'America/Argentina/Buenos_Aires',
  currency: 'ARS',
  valuation: 'CIF',
  customs: 'AR:arca',
  tax: { code: 'iva', name: 'IVA', authority: 'AR:arca' },
});
