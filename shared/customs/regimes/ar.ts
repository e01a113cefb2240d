import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Argentina, small consignments by courier: the first USD 400 FOB bear no duty, and IVA is due on the CIF value.
 * What is over USD 400 bears the tariff, which is not kept, so that it is refused; so is the post, where relief
 * depends on what the person had before.
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
