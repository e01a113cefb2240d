import { expect, it } from 'vitest';
import { postalCodeMatters } from '../../../shared/quote/plan/postal-code-matters.ts';
import { consignment, landedCost } from '../../builders/landed-cost.ts';
import { lane, rateCard, warehouse } from '../../builders/network.ts';

const weightBreaks = [{ upToGrams: 5_000, priceMinor: 650 }];
const plan = (country: string) => {
  const one = consignment({ warehouseId: 'cn-shenzhen', carrier: 'easypost', service: 'standard' });
  return landedCost({ consignments: [one], destination: { country } });
};
const network = (over: Parameters<typeof rateCard>[0], service: 'standard' | 'express' = 'standard') => [
  warehouse({
    warehouseId: 'cn-shenzhen',
    lanes: [lane({ carrier: 'easypost', service, countries: ['US', 'GB'], rateCards: [rateCard(over)] })],
  }),
];

const remoteAreas = [{ country: 'us', postalCodes: [{ from: '995', to: '999' }], amountMinor: 900 }];
const byPrefix = [
  { zone: 'A', weightBreaks },
  { zone: 'B', places: [{ country: 'GB', postalPrefixes: ['IV', 'kw'] }], weightBreaks },
];

it.each([
  ['a remote area of the country', 'US', network({ remoteAreas }), true],
  ['a remote area of another country', 'GB', network({ remoteAreas }), false],
  ['a zone of postal codes', 'GB', network({ zones: byPrefix }), true],
  ['a zone of another country’s postal codes', 'US', network({ zones: byPrefix }), false],
  ['a card of another service', 'US', network({ remoteAreas }, 'express'), false],
  ['no warehouse of that name', 'US', [], false],
])('a plan without a postal code and %s', (_case, country, warehouses, matters) => {
  expect(postalCodeMatters(plan(country), warehouses)).toBe(matters);
});
