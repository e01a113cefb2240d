import type { Money } from './money-text.ts';

/** A destination for which the demo shows the price of its basket. */
export interface DemoDestination {
  readonly name: string;
  readonly destination: {
    readonly country: string;
    readonly postalCode: string;
    readonly region?: string;
  };
  readonly currency: Money['currency'];
}

/** The demo's goods. They are made in two countries, and two warehouses have them. */
const demoLines = [
  { sku: 'TSHIRT-COTTON-NAVY', quantity: 2 },
  { sku: 'MUG-CERAMIC-350', quantity: 1 },
] as const;

export const DEMO_GOODS = 'two T-shirts and a mug';

const germany = {
  name: 'Germany',
  destination: { country: 'DE', postalCode: '20095' },
  currency: 'EUR',
} as const satisfies DemoDestination;

/** Six destinations that tax an import in six ways. */
export const demoDestinations: readonly DemoDestination[] = [
  germany,
  { name: 'Great Britain', destination: { country: 'GB', postalCode: 'SW1A 1AA' }, currency: 'GBP' },
  {
    name: 'United States',
    destination: { country: 'US', postalCode: '10001', region: 'NY' },
    currency: 'USD',
  },
  { name: 'Japan', destination: { country: 'JP', postalCode: '100-0001' }, currency: 'JPY' },
  { name: 'Brazil', destination: { country: 'BR', postalCode: '01310-100' }, currency: 'BRL' },
  { name: 'Australia', destination: { country: 'AU', postalCode: '2000', region: 'NSW' }, currency: 'AUD' },
];

/** The body of a quote of the demo's basket, duty paid. */
export function quoteBody({ destination, currency }: DemoDestination) {
  return { destination, currency, incoterm: 'DDP', lines: demoLines };
}

/** The basket that the demo orders. */
export const demoBasket = quoteBody(germany);

export const demoAddress = {
  name: 'Erika Musterfrau',
  line1: 'Musterstraße 1',
  city: 'Hamburg',
  postalCode: '20095',
  country: 'DE',
};
