import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Philippines: goods up to PHP 10,000 FOB bear neither duty nor VAT. Above, the tariff is not kept and the goods
 * are refused as unclassified.
 */
export const ph = defineImportRegime({
  code: 'ph',
  countries: ['PH'],
  timeZone: 'Asia/Manila',
  currency: 'PHP',
  valuation: 'CIF',
  customs: 'PH:boc',
  tax: { code: 'vat', name: 'VAT', authority: 'PH:bir' },
});
