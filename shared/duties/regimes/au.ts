import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Australia: goods up to AUD 1,000 bear no duty, and GST at the sale where the vendor is registered; above, duty on
 * the FOB value and GST on that with duty, transport and insurance at the border.
 */
export const au = defineImportRegime({
  code: 'au',
  countries: ['AU'],
  timeZone: 'Australia/Sydney',
  currency: 'AUD',
  valuation: 'FOB',
  customs: 'AU:abf',
  tax: { code: 'gst', name: 'GST', authority: 'AU:ato' },
});
