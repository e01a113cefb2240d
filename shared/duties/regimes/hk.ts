import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Hong Kong: a free port. Only liquors, tobacco, hydrocarbon oil and methyl alcohol bear duty, and no tax is
 * levied on sales.
 */
export const hk = defineImportRegime({
  code: 'hk',
  countries: ['HK'],
  timeZone: 'Asia/Hong_Kong',
  currency: 'HKD',
  valuation: 'CIF',
  customs: 'HK:c-and-ed',
});
