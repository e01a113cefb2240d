import { sampleCatalogue } from '../../infra/cli/sample-shop/catalogue.ts';
import { sampleWarehouses } from '../../infra/cli/sample-shop/network.ts';
import { samplePapers } from '../../infra/cli/sample-shop/sample-papers.ts';
import { sampleRates, sampleSeller } from '../../infra/cli/sample-shop/sample-seller.ts';
import { productSchema, type Warehouse, warehouseSchema } from '../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../shared/duties/index.ts';
import { priceBasket, quoteRequestSchema } from '../../shared/quote/index.ts';
import type { PricingInput } from '../../shared/quote/pricing-input.ts';
import { exchangeRatesSchema } from '../../shared/rates/index.ts';
import { address } from './details.ts';
import { lane, rateCard, warehouse } from './network.ts';

export const products = sampleCatalogue.map(
  ({ priceMinor, size: [lengthMm, widthMm, heightMm], stock: _stock, ...product }) =>
    productSchema.parse({
      ...product,
      dimensions: { lengthMm, widthMm, heightMm },
      compliance: samplePapers(product.sku, product.hsCode),
      prices: [{ amount: priceMinor, currency: 'EUR' }],
    }),
);

/** Monday, 11:00 in Leipzig and Poznań. */
export const now = '2026-11-23T10:00:00.000Z';

export const sku = 'TSHIRT-SPORT-GREY';

/** Line-haul leaves every evening and arrives next morning. It costs EUR 0.40, and EUR 0.20 for each kilogram begun. */
export const transfer = {
  transferHours: 12,
  departures: ['18:00'],
  transferRate: { currency: 'EUR' as const, perConsignmentMinor: 40, perKilogramMinor: 20 },
};

/** The hub packs, and has no lane of its own. */
export const hub = warehouse({
  ...{ warehouseId: 'de-leipzig', kind: 'hub', timeZone: 'Europe/Berlin' },
  address: address({ country: 'DE', city: 'Leipzig', postalCode: '04435' }),
  coordinates: { latitudeMicrodegrees: 51_420_000, longitudeMicrodegrees: 12_240_000 },
});

/** The regional warehouse below the hub. Its carrier to France charges EUR 5.00 for half a kilogram. */
export const regional = warehouse({
  ...{ warehouseId: 'pl-poznan', kind: 'regional' },
  parent: { warehouseId: 'de-leipzig', ...transfer },
  coordinates: { latitudeMicrodegrees: 52_340_000, longitudeMicrodegrees: 16_810_000 },
  lanes: [lane({ countries: ['DE', 'FR'] })],
});

/** A warehouse across the border. `priceMinor` is the freight up to half a kilogram, in euro cents. */
export function abroad(priceMinor = 650): Warehouse {
  const [shenzhen] = sampleWarehouses.map((each) => warehouseSchema.parse(each));
  if (shenzhen === undefined) throw new Error('the sample network has a warehouse in Shenzhen');
  const weightBreaks = [{ upToGrams: 500, priceMinor }];
  const rateCards = [rateCard({ rateCardId: 'abroad', zones: [{ zone: 'all', weightBreaks }] })];
  return { ...shenzhen, lanes: [lane({ mode: 'air', countries: ['FR'], rateCards })] };
}

/** The price of sending one unit to France, with that network and that stock in each warehouse. */
export function price(
  warehouses: readonly Warehouse[],
  stock: Readonly<Record<string, number>>,
  over: Partial<PricingInput> = {},
) {
  return priceBasket({
    request: quoteRequestSchema.parse({
      destination: { country: 'FR', postalCode: '75001' },
      currency: 'EUR',
      lines: [{ sku, quantity: 1 }],
    }),
    ...{ products, warehouses, now, seller: sampleSeller, rules: builtinRuleBook },
    stock: new Map([[sku, new Map(Object.entries(stock))]]),
    exchangeRates: exchangeRatesSchema.parse(sampleRates),
    ...over,
  });
}

/** Like `price`, but throws if the basket has no price. */
export function priced(...args: Parameters<typeof price>) {
  const result = price(...args);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
