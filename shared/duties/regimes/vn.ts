import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Viet Nam: goods that are in the country are sold with VAT of 8 % until the end of 2026, 10 % from then on; goods
 * that the reduction may leave out are refused. Imports have borne VAT from the first dong since 2025-02-18; whether
 * duty is relieved is not confirmed, and they are refused.
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
