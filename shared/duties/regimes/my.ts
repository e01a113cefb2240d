import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Malaysia: goods up to MYR 500 bear no duty; a registered seller charges 10 % of sales tax on the price of the
 * goods at the sale. Above, tariff and sales tax depend on goods whose rates are not kept, and the consignment is
 * refused.
 */
export const my = defineImportRegime({
  code: 'my',
  countries: ['MY'],
  timeZone: 'Asia/Kuala_Lumpur',
  currency: 'MYR',
  valuation: 'CIF',
  customs: 'MY:rmcd',
  tax: { code: 'sales-tax', name: 'Sales tax', authority: 'MY:rmcd' },
  // The sale value of low value goods is the price without transport and insurance.
  atSaleBase: [],
});
