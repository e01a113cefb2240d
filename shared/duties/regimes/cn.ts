import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * China: goods that are in the country are sold with VAT of 13 %, books 9 %. Imports into China take a platform's
 * registration and are refused.
 */
export const cn = defineImportRegime({
  code: 'cn',
  countries: ['CN'],
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
  valuation: 'CIF',
  customs: 'CN:gacc',
  tax: { code: 'vat', name: 'VAT', authority: 'CN:sta' },
});
