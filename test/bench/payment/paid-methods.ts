import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { providerOffers } from '../../../shared/payment/providers/offers.ts';

/** A destination of the sample shop, with a made-up address. */
export interface Place {
  readonly country: string;
  readonly currency: string;
  readonly address: Readonly<Record<string, string>>;
}

/** A method of a provider, with a destination at which it is offered. */
export interface PaidMethod {
  readonly provider: string;
  readonly method: string;
  readonly place: Place;
}

/**
 * Destinations to which the sample network quotes no import. The bench has a warehouse in each, so that the sale is a
 * domestic one.
 */
export const localPlaces: readonly Place[] = [
  {
    ...{ country: 'CN', currency: 'CNY' },
    address: {
      ...{ name: 'Li Sample', line1: '1 Sample Road', city: 'Shenzhen', region: 'GD', postalCode: '518000' },
      ...{ phone: '+8613812345678', taxId: '11010519491231002X' },
    },
  },
  {
    ...{ country: 'VN', currency: 'VND' },
    address: {
      ...{ name: 'Nguyen Sample', line1: '1 Sample Street', city: 'Hanoi', postalCode: '10000' },
      ...{ phone: '+84912345678' },
    },
  },
  {
    ...{ country: 'NG', currency: 'NGN' },
    address: {
      ...{ name: 'Ngozi Sample', line1: '1 Sample Street', city: 'Lagos', postalCode: '100001' },
      ...{ phone: '+2348031234567' },
    },
  },
  {
    ...{ country: 'KE', currency: 'KES' },
    address: {
      ...{ name: 'Wanjiru Sample', line1: '1 Sample Street', city: 'Nairobi', postalCode: '00100' },
      ...{ phone: '+254712345678' },
    },
  },
];

/** An import for a person's own use, which the sample shop does not list among its destinations. */
const INDIA: Place = {
  ...{ country: 'IN', currency: 'INR' },
  address: {
    ...{ name: 'Asha Sample', line1: '1 Sample Road', city: 'Mumbai', region: 'MH', postalCode: '400001' },
    ...{ phone: '+919812345678', taxId: 'ABCPX1234F' },
  },
};

interface PaidMethods {
  /** Each with the first destination that it takes. */
  readonly methods: readonly PaidMethod[];
  /** Those that pay in no country to which an order is quoted: `upi by ...`. */
  readonly left: readonly string[];
}

/** Every method of every provider of the registry. */
export async function listPaidMethods(): Promise<PaidMethods> {
  const places = [...(await placesOfShop()), INDIA, ...localPlaces];
  const all = providerOffers.flatMap(({ code: provider, methods }) =>
    [...Map.groupBy(methods, ({ method }) => method)].map(([method, entries]) => {
      const place = places.find(({ country, currency }) =>
        entries.some(
          ({ countries, currencies }) =>
            (countries?.includes(country) ?? true) && currencies.some((taken) => taken === currency),
        ),
      );
      return { provider, method, place };
    }),
  );
  return {
    methods: all.flatMap(({ place, ...of }) => (place === undefined ? [] : [{ ...of, place }])),
    left: all.flatMap(({ provider, method, place }) =>
      place === undefined ? [`${method} by ${provider}`] : [],
    ),
  };
}

async function placesOfShop(): Promise<Place[]> {
  const { href } = pathToFileURL(resolve('infra/sandbox/storefront/places.mjs'));
  const { places } = (await import(href)) as {
    readonly places: Readonly<Record<string, Omit<Place, 'country'>>>;
  };
  return Object.entries(places).map(([country, place]) => ({ country, ...place }));
}
