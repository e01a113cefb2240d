import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * India: neither imports nor domestic sales are priced: the rates after the reform of 2025-09-22 and of personal
 * imports since 2026-04-01 are not confirmed. A deployment that knows them imports the rows and ends the refusals.
 */
export const india = defineImportRegime({
  code: 'in',
  countries: ['IN'],
  timeZone: 'Asia/Kolkata',
  currency: 'INR',
  valuation: 'CIF',
  customs: 'IN:cbic',
  tax: { code: 'igst', name: 'IGST', authority: 'IN:cbic' },
});
