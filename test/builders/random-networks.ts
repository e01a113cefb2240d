import fc from 'fast-check';
import { sampleSeller } from '../../infra/cli/sample-shop/sample-seller.ts';
import type { Product, Warehouse } from '../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../shared/duties/index.ts';
import type { Lane } from '../../shared/freight/index.ts';
import { quoteRequestSchema } from '../../shared/quote/index.ts';
import type { PricingInput } from '../../shared/quote/pricing-input.ts';
import { lane, rateCard, warehouse } from './network.ts';
import { exchangeRates, now, realProducts } from './real-basket.ts';

/** A lane to the destination of the basket or to France, with the faults that it may have. */
interface RandomLane {
  readonly goesThere: boolean;
  readonly service: 'standard' | 'express';
  readonly currency: 'EUR' | 'AED';
  readonly maxWeightGrams: number;
}

/** Everything that decides about a basket, faults included. A test corrects a fault by replacing a part of it. */
export interface Network {
  readonly country: 'DE' | 'GB' | 'US' | 'HK';
  readonly service: 'standard' | 'express' | undefined;
  readonly warehouses: readonly {
    readonly country: 'CN' | 'PL' | 'AE' | 'HK';
    readonly active: boolean;
    readonly lanes: readonly RandomLane[];
    /** The units of each SKU. */
    readonly stock: readonly number[];
  }[];
  /** The products. Restrictions require `papers`, and full declarations require `codes`. */
  readonly goods: readonly {
    readonly hasPapers: boolean;
    readonly hasCodes: boolean;
    readonly isHeavy: boolean;
    readonly isDear: boolean;
  }[];
  readonly lines: readonly { readonly sku: number; readonly quantity: number }[];
  readonly isRegistered: boolean;
  readonly knowsDirham: boolean;
  /** Whether there is an exchange rate for the currency of the destination's customs. */
  readonly knowsCustomsCurrency: boolean;
  readonly areRatesOld: boolean;
  readonly downServices: readonly ('standard' | 'express')[];
}

const mostly = fc.integer({ min: 0, max: 9 }).map((drawn) => drawn > 1);
const seldom = mostly.map((usual) => !usual);

const randomLane: fc.Arbitrary<RandomLane> = fc.record({
  goesThere: mostly,
  service: fc.constantFrom('standard', 'express'),
  currency: fc.constantFrom('EUR', 'EUR', 'AED'),
  maxWeightGrams: fc.constantFrom(30_000, 30_000, 900),
});

const skuCount = 3;

/** Networks of up to three warehouses with up to three goods. Each part is correct or faulty, independently. */
export const randomNetworks: fc.Arbitrary<Network> = fc.record({
  country: fc.constantFrom('DE', 'GB', 'US', 'HK'),
  service: fc.constantFrom(undefined, undefined, 'standard', 'express'),
  warehouses: fc.array(
    fc.record({
      country: fc.constantFrom('CN', 'PL', 'AE', 'HK'),
      active: mostly,
      lanes: fc.array(randomLane, { maxLength: 2 }),
      stock: fc.array(fc.constantFrom(0, 0, 1, 3, 9), { minLength: skuCount, maxLength: skuCount }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  goods: fc.array(fc.record({ hasPapers: mostly, hasCodes: mostly, isHeavy: seldom, isDear: seldom }), {
    minLength: skuCount,
    maxLength: skuCount,
  }),
  lines: fc.array(
    fc.record({
      sku: fc.integer({ min: 0, max: skuCount - 1 }),
      quantity: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  isRegistered: mostly,
  knowsDirham: mostly,
  knowsCustomsCurrency: mostly,
  areRatesOld: seldom,
  downServices: fc.constantFrom([], [], [], ['standard'], ['standard', 'express']),
});

const shirt = realProducts.find(({ sku }) => sku === 'TSHIRT-COTTON-NAVY');

/** The SKU of the goods with that index. */
export const skuAt = (index: number) => `SHIRT-${index}`;

function productAt(
  { hasPapers, hasCodes, isHeavy, isDear }: Network['goods'][number],
  index: number,
): Product {
  if (shirt === undefined) throw new Error('the sample catalogue has a shirt');
  const { compliance, nationalCodes, ...product } = shirt;
  return {
    ...product,
    sku: skuAt(index),
    ...(hasPapers ? { compliance } : {}),
    ...(hasCodes ? { nationalCodes } : {}),
    ...(isHeavy ? { unitWeightGrams: 5_000 } : {}),
    prices: [{ amount: isDear ? 90_000 : 1_990, currency: 'EUR' }],
  };
}

const placeIn: Readonly<Record<Network['country'], object>> = {
  DE: { postalCode: '10115' },
  GB: { postalCode: 'SW1A 1AA' },
  US: { region: 'NY', postalCode: '10001' },
  HK: {},
};

/** The currency in the customs law of each destination. */
export const customsCurrencyIn = { DE: 'EUR', GB: 'GBP', US: 'USD', HK: 'HKD' } as const;

/** The product data that a sale needs. The other data matter only for duty and tax. */
const {
  importer: _importer,
  ioss: _ioss,
  gbVat: _gbVat,
  taxNumbers: _numbers,
  ...unregistered
} = sampleSeller;

/** The network as the input of a price. */
export function pricingInputOf(network: Network): PricingInput {
  const { country, service, goods, lines, isRegistered, areRatesOld, downServices } = network;
  return {
    request: quoteRequestSchema.parse({
      destination: { country, ...placeIn[country] },
      currency: 'EUR',
      service,
      lines: lines.map(({ sku, quantity }) => ({ sku: skuAt(sku), quantity })),
    }),
    products: goods.map(productAt),
    warehouses: network.warehouses.map((each, index) => warehouseAt(each, index, country)),
    stock: new Map(
      goods.map((_goods, sku) => [
        skuAt(sku),
        new Map(network.warehouses.map(({ stock }, index) => [`warehouse-${index}`, stock[sku] ?? 0])),
      ]),
    ),
    exchangeRates: {
      ...exchangeRates,
      ...(areRatesOld ? { date: '2026-10-01', expiresAt: '2026-10-05T00:00:00.000Z' } : {}),
      rates: ratesOf(network),
    },
    carriers:
      downServices.length === 0
        ? []
        : [
            {
              carrier: 'easypost',
              status: 'down',
              services: [...downServices],
              reason: 'strike',
              markedBy: 'operator',
              markedAt: now,
            },
          ],
    rules: builtinRuleBook,
    seller: isRegistered ? sampleSeller : unregistered,
    now,
  };
}

function ratesOf({ country, knowsDirham, knowsCustomsCurrency }: Network) {
  const missing = knowsCustomsCurrency ? undefined : customsCurrencyIn[country];
  const { AED: _dirham, ...others } = exchangeRates.rates;
  const rates = Object.entries(knowsDirham ? { ...others, AED: '4.2500' } : others);
  return Object.fromEntries(rates.filter(([currency]) => currency !== missing));
}

function warehouseAt(
  { country, active, lanes }: Network['warehouses'][number],
  index: number,
  destination: string,
): Warehouse {
  const { address } = warehouse();
  return warehouse({
    warehouseId: `warehouse-${index}`,
    address: { ...address, country },
    active,
    lanes: lanes.map((each) => laneOf(each, destination)),
  });
}

const laneOf = ({ goesThere, service, currency, maxWeightGrams }: RandomLane, destination: string): Lane =>
  lane({
    service,
    mode: 'air',
    countries: [goesThere ? destination : 'FR'],
    rateCards: [rateCard({ currency, maxWeightGrams })],
  });
