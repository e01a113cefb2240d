import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Mexico, simplified clearance by courier up to USD 2,500: one global rate for duty and IVA on the value of the
 * goods, 33.5 % from countries of no treaty; shipped from the United States or Canada nothing up to USD 50, 17 % up to
 * USD 117 and 19 % above. From partners of other treaties USD 1 is free and more is refused; so is mail.
 */
export const mx = defineImportRegime({
  code: 'mx',
  countries: ['MX'],
  timeZone: 'America/Mexico_City',
  currency: 'MXN',
  valuation: 'FOB',
  customs: 'MX:anam',
  tax: { code: 'iva', name: 'IVA', authority: 'MX:sat' },
});
