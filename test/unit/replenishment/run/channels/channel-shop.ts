import {
  type Product,
  productSchema,
  replenishmentOf,
  type Warehouse,
} from '../../../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../../../shared/duties/index.ts';
import { createRuleBook } from '../../../../../shared/duties/rule-book.ts';
import type { Rule } from '../../../../../shared/duties/rules/schema.ts';
import { comparePrices } from '../../../../../shared/replenishment/purchasing/compare-prices.ts';
import type { Supplier } from '../../../../../shared/replenishment/purchasing/supplier.ts';
import { compareChannels } from '../../../../../shared/replenishment/run/channels/compare-channels.ts';
import type { SiteToPlan } from '../../../../../shared/replenishment/run/site-to-plan.ts';
import type { Pricing } from '../../../../../shared/replenishment/run/transfers/lane-cost.ts';
import { lane, rateCard, warehouse } from '../../../../builders/network.ts';
import { eur, supplier } from '../../replenishment-builders.ts';

export const SKU = 'SHIRT';
export const [SHENZHEN, BERLIN] = ['cn-shenzhen', 'de-berlin'];

/** EUR 4.00 a parcel, whatever it weighs. */
const card = rateCard({ zones: [{ zone: 'all', weightBreaks: [{ upToGrams: 30_000, priceMinor: 400 }] }] });
const at = (warehouseId: string, country: string, over: object = {}): Warehouse =>
  warehouse({
    ...{ warehouseId, address: { ...warehouse().address, country } },
    lanes: [lane({ rateCards: [card], countries: ['DE'] })],
    ...over,
  });
export const network = [at(SHENZHEN, 'CN'), at(BERLIN, 'DE')];

export const shirt = (over: object = {}): Product =>
  productSchema.parse({
    ...{
      sku: SKU,
      description: 'cotton T-shirt',
      hsCode: '610910',
      originCountry: 'CN',
      unitWeightGrams: 200,
    },
    nationalCodes: { EU: '61091000', US: '6109100012' },
    dimensions: { lengthMm: 250, widthMm: 200, heightMm: 20 },
    prices: [{ amount: 2_000, currency: 'EUR' }],
    ...over,
  });

export const maker = (supplierId = 'acme', over: object = {}): Supplier =>
  supplier(supplierId, {
    offers: [{ sku: SKU, prices: [{ fromUnits: 1, unitPrice: eur(600) }], leadTimeDays: 21 }],
    ...over,
  });

/** The builtin rules with changes by id. */
export const changed = (changes: Readonly<Record<string, Partial<Rule>>>) =>
  createRuleBook(
    builtinRuleBook.rows.map((row) => ({ ...row, ...changes[row.id] }) as Rule),
    'changed',
  );

/** A site that sells as many units a day, all of them to one market. */
export const site = (
  warehouseId: string,
  { perDay = 0, available = 0, ordered = 0, market = 'DE', sku = SKU } = {},
): SiteToPlan => ({
  history: {
    ...{ sku, warehouseId, skuClass: 'AX', serviceLevel: 0.95, lead: 0, without: [], bulkUnits: 0 },
    ...(perDay > 0 ? { firstDay: '2026-03-01' } : {}),
    units: [],
    markets: perDay > 0 ? { [market]: Math.ceil(perDay * 90) } : {},
  },
  forecast: {
    ...{ sku, market: '*', firstDay: '2026-06-01', version: '1', method: 'test' },
    error: { pinball: 0, wape: undefined },
    days: [{ mean: perDay, quantiles: { '0.5': perDay, '0.9': perDay, '0.95': perDay } }],
  },
  stock: { available, reserved: 0, quarantined: 0, inTransit: 0 },
  open:
    ordered === 0
      ? []
      : [{ orderId: 'one', ordered, received: 0, onTheWay: 0, expectedAt: '2026-07-01T00:00:00.000Z' }],
});

export const figures = {
  ...{ perConsignment: eur(10_000), perKilogram: eur(150), handlingPerUnit: eur(50) },
  storagePerUnitMonth: eur(30),
};

interface Given {
  readonly day?: string;
  readonly sites?: readonly SiteToPlan[];
  readonly channels?: object | undefined;
  readonly suppliers?: readonly Supplier[];
  readonly products?: readonly Product[];
  readonly warehouses?: readonly Warehouse[];
  readonly pricing?: Partial<Pricing>;
  readonly planned?: readonly string[];
}

/** Compares by the builtin rules, with 10 % a year on stock. All amounts are in euro. */
export function compare({ day = '2026-06-01', ...given }: Given = {}) {
  const { suppliers = [maker()], warehouses = network, products = [shirt()] } = given;
  const settings = replenishmentOf({
    replenishment: {
      holdingPercentPerYear: 10,
      ...('channels' in given ? { channels: given.channels } : { channels: figures }),
    } as never,
  });
  const now = `${day}T06:00:00.000Z`;
  const pricing: Pricing = {
    ...{ date: day, rules: builtinRuleBook, seller: { ioss: 'IM2760000001' } },
    convert: (amount, to) => (amount.currency === to ? amount : undefined),
    ...given.pricing,
  };
  return compareChannels(
    { products: async () => products, pricing: async () => pricing },
    given.sites ?? [site(SHENZHEN, { perDay: 5, available: 1_000 })],
    {
      context: {
        ...{ day, now, settings, orderedOf: () => new Map(), outcomesOf: () => [] },
        sites: new Set(given.planned ?? warehouses.map(({ warehouseId }) => warehouseId)),
        pricesIn: (currency) => comparePrices(currency, { rates: undefined, now }),
        suppliersOf: (sku) => suppliers.filter(({ offers }) => offers.some((offer) => offer.sku === sku)),
      },
      warehouses,
    },
  );
}
