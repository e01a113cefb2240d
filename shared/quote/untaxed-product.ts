import type { Product, Warehouse } from '../catalogue/index.ts';
import { servingWarehouses, withTiers } from '../catalogue/index.ts';
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
 * needs more of the place than is given, or rates that nobody stored. Pure.
 */
export function whyNotTaxed(product: Product, market: TaxedMarket): TaxRefusal | undefined {
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
  // A refusal for the region or the postal code asks for it, and refuses no goods.
  const isOfGoods = problem !== undefined && /^\/(lines|destination\/country)\b/.test(problem.pointer);
  return reason !== undefined && isOfGoods ? { reason, detail: problem.detail } : undefined;
}

/** One unit where the goods are and can be sent from; in every warehouse if there is none: it may come tomorrow. */
function oneUnit(sku: string, { destination, warehouses, stock }: TaxedMarket): Availability {
  const units = stock.get(sku);
  const serving = servingWarehouses(withTiers(warehouses), destination.country);
  const own = serving.filter(({ warehouseId }) => (units?.get(warehouseId) ?? 0) > 0);
  const places = own.length === 0 ? serving : own;
  return new Map([[sku, new Map(places.map(({ warehouseId }) => [warehouseId, 1]))]]);
}
