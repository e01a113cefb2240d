import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Chile: a seller registered with the SII charges IVA of 19 % at the sale on goods up to USD 500, which bear no
 * duty. Above, duty of 6 % on the CIF value and IVA on that with duty at the border.
 */
export const cl = defineImportRegime({
  code: 'cl',
  countries: ['CL'],
  timeZone: 'America/Santiago',
  currency: 'CLP',
  valuation: 'CIF',
  customs: 'CL:aduanas',
  tax: { code: 'iva', name: 'IVA', authority: 'CL:sii' },
});
