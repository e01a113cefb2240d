import { assessByPolicy, type ImportPolicy, openPolicyCase } from '../assess/import-policy.ts';
import { defineRegime } from '../regime.ts';

const policy: ImportPolicy = {
  code: 'ca',
  countries: ['CA'],
  timeZone: 'America/Toronto',
  currency: 'CAD',
  valuation: 'FOB',
  customs: 'CA:cbsa',
  tax: { code: 'gst-hst', name: 'GST/HST', authority: 'CA:cra' },
  taxBase: ['duty'],
};

/**
 * Canada: nothing up to CAD 20, by courier from the United States or Mexico no tax up to CAD 40 and no duty up to
 * CAD 150; above, duty on the value of the goods and GST or HST of the province on that with duty, and by post the
 * fee of Canada Post. Provinces whose own tax is collected at the border are refused.
 */
export const ca = defineRegime({
  code: 'ca',
  countries: policy.countries,
  timeZone: policy.timeZone,
  currency: policy.currency,
  tariff: 'CA',
  assess(consignment, context) {
    const { region } = consignment.destination;
    if (region === undefined || !provinces.includes(region))
      return {
        reason: 'not-supported',
        part: 'region',
        detail: `the tax depends on the province: give destination.region (${provinces.join(', ')}) or a postal code`,
      };
    return assessByPolicy(policy, openPolicyCase(policy, consignment, context));
  },
});

const provinces = ['AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT'];
