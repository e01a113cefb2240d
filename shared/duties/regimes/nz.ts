import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * New Zealand: goods up to NZD 1,000 bear no duty, and GST at the sale where the seller is registered; each low-
 * value air consignment bears a levy with its own GST. Above, entry fees that are not confirmed are due, and the
 * consignment is refused.
 */
export const nz = defineImportRegime({
  code: 'nz',
  countries: ['NZ'],
  timeZone: 'Pacific/Auckland',
  currency: 'NZD',
  valuation: 'FOB',
  customs: 'NZ:customs',
  tax: { code: 'gst', name: 'GST', authority: 'NZ:ird' },
});
