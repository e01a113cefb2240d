import type { Product, Warehouse } from '../catalogue/index.ts';
import { servingWarehouses, withTiers } from '../catalogue/index.ts';
import { regionCodes } from '../kernel/places/region.ts';
import type { Availability } from './ports.ts';
import { priceBasket } from './price-basket.ts';
import type { PricingInput } from './pricing-input.ts';
import type { QuoteRefusal } from './refusal.ts';

/** What the duty and tax of a product depend on in a market. */
export interface TaxedMarket extends Pick<PricingInput, 'exchangeRates' | 'customsRates' | 'rules' | 'now'> {
  readonly destination: PricingInput['request']['destination'];
  readonly seller: PricingInput['seller'];
  readonly warehouses: readonly Warehouse[];
  readonly stock: Availability;
}

/** The refusals of a quote that follow from the rules of duty and tax. */
export const TAX_REFUSALS = [
  'unclassified',
  'not-registered',
  'no-declarant',
  'trade-defence',
  'not-supported',
] as const satisfies readonly QuoteRefusal['reason'][];

export interface TaxRefusal {
  readonly reason: (typeof TAX_REFUSALS)[number];
  readonly detail: string;
}

/**
 * Why the rules of duty and tax refuse a quote of one unit with duty paid; undefined if they do not, or if the quote
 * needs rates that nobody stored. Where tax depends on a region that is not given, the goods are refused if every
 * region refuses them. Pure.
 */
export function whyNotTaxed(product: Product, market: TaxedMarket): TaxRefusal | undefined {
  const refused = refusalAt(product, market);
  if (refused !== 'region is missing') return refused;
  const { destination } = market;
  let found: TaxRefusal | undefined;
  for (const region of regionCodes(destination.country)) {
    const there = refusalAt(product, { ...market, destination: { ...destination, region } });
    if (there === undefined || there === 'region is missing') return undefined;
    found ??= there;
    // What a region does not compute, another may. No other reason depends on the region.
    if (there.reason !== 'not-supported') return there;
  }
  return found;
}

function refusalAt(product: Product, market: TaxedMarket): TaxRefusal | 'region is missing' | undefined {
  const { sku, prices } = product;
  const currency = prices[0]?.currency;
  if (currency === undefined) return undefined;
  const priced = priceBasket({
    ...market,
    stock: oneUnit(sku, market),
    products: [product],
    request: {
      ...{ destination: market.destination, currency, incoterm: 'DDP' },
      lines: [{ sku, quantity: 1 }],
    },
  });
  if (priced.ok) return undefined;
  const [problem] = priced.error.problems;
  const reason = TAX_REFUSALS.find((each) => each === priced.error.reason);
  if (problem === undefined || reason === undefined) return undefined;
  if (problem.pointer === '/destination/region') return 'region is missing';
  return { reason, detail: problem.detail };
}

/** One unit where the goods are and can be sent from; in every warehouse if there is none: it may come tomorrow. */
function oneUnit(sku: string, { destination, warehouses, stock }: TaxedMarket): Availability {
  const units = stock.get(sku);
  const serving = servingWarehouses(withTiers(warehouses), destination.country);
  const own = serving.filter(({ warehouseId }) => (units?.get(warehouseId) ?? 0) > 0);
  const places = own.length === 0 ? serving : own;
  return new Map([[sku, new Map(places.map(({ warehouseId }) => [warehouseId, 1]))]]);
}
