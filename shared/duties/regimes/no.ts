import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Norway: a seller registered under VOEC charges MVA of 25 % at the sale on items up to NOK 3,000 each, food and
 * excise goods aside, and nothing is due at the border. Otherwise MVA on the CIF value with duty; industrial goods
 * bear no duty, textiles do at rates that are not kept.
 */
export const no = defineImportRegime({
  code: 'no',
  countries: ['NO'],
  timeZone: 'Europe/Oslo',
  currency: 'NOK',
  valuation: 'CIF',
  customs: 'NO:toll',
  tax: { code: 'mva', name: 'MVA', authority: 'NO:skatteetaten' },
});
