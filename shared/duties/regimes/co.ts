import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Colombia, postal and express modality: up to USD 200 FOB no duty, above 10 % (heading 98.07) up to USD 2,000;
 * IVA on the value with duty, relieved up to USD 200 from the United States.
 */
export const co = defineImportRegime({
  code: 'co',
  countries: ['CO'],
  timeZone: 'America/Bogota',
  currency: 'COP',
  valuation: 'CIF',
  customs: 'CO:dian',
  tax: { code: 'iva', name: 'IVA', authority: 'CO:dian' },
  // Whole pesos.
  rounding: { minorUnits: 100, direction: 'half-up' },
});
