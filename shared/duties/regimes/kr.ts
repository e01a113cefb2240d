import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Korea: goods for a person's own use up to USD 150, up to USD 200 when shipped from the United States, bear
 * neither duty nor VAT; above, both are charged on the whole CIF value, VAT with duty, each rounded down to KRW
 * 10.
 */
export const kr = defineImportRegime({
  code: 'kr',
  countries: ['KR'],
  timeZone: 'Asia/Seoul',
  currency: 'KRW',
  valuation: 'CIF',
  customs: 'KR:kcs',
  tax: { code: 'vat', name: 'VAT', authority: 'KR:nts' },
  rounding: { minorUnits: 10, direction: 'down' },
});
