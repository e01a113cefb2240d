import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Viet Nam: goods that are in the country are sold with VAT of 10 %, of which a temporary reduction to 8 % is
 * flagged. Imports have borne VAT from the first dong since 2025-02-18; whether duty is relieved is not confirmed,
 * and they are refused.
 */
export const vn = defineImportRegime({
  code: 'vn',
  countries: ['VN'],
  timeZone: 'Asia/Ho_Chi_Minh',
  currency: 'VND',
  valuation: 'CIF',
  customs: 'VN:customs',
  tax: { code: 'vat', name: 'VAT', authority: 'VN:gdt' },
});
