import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Singapore: no duty but on liquors, tobacco, vehicles and petroleum. GST of 9 %: at the sale on goods up to SGD
 * 400 by a registered overseas vendor, at the border on the CIF value of more.
 */
export const sg = defineImportRegime({
  code: 'sg',
  countries: ['SG'],
  timeZone: 'Asia/Singapore',
  currency: 'SGD',
  valuation: 'CIF',
  customs: 'SG:customs',
  tax: { code: 'gst', name: 'GST', authority: 'SG:iras' },
});
