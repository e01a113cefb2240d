import { sampleCatalogue } from '../../infra/cli/sample-shop/catalogue.ts';
import { sampleWarehouses } from '../../infra/cli/sample-shop/network.ts';
import { samplePapers } from '../../infra/cli/sample-shop/sample-papers.ts';
import { sampleRates, sampleSeller } from '../../infra/cli/sample-shop/sample-seller.ts';
import { productSchema, type Warehouse, warehouseSchema } from '../../shared/catalogue/index.ts';
import { builtinRuleBook, regimeFor, type SellerRegistrations } from '../../shared/duties/index.ts';
import { calendarDateIn } from '../../shared/kernel/zoned-time.ts';
import { basketOf } from '../../shared/quote/basket.ts';
import { quoteRequestSchema } from '../../shared/quote/index.ts';
import { ConsignmentCosting } from '../../shared/quote/plan/cost-consignments.ts';
import { planProblemOf } from '../../shared/quote/plan/plan-problem.ts';
import type { CostingContext } from '../../shared/quote/pricing-input.ts';
import { QuoteRates } from '../../shared/quote/quote-rates.ts';
import { exchangeRatesSchema } from '../../shared/rates/index.ts';

/** The products of the sample catalogue, with every code and document that a sale may require. */
export const realProducts = sampleCatalogue.map(
  ({ priceMinor, size: [lengthMm, widthMm, heightMm], stock: _stock, ...product }) =>
    productSchema.parse({
      ...product,
      // Full declarations need codes of more than six digits. With them, goods are sold above the thresholds too.
      nationalCodes: {
        EU: `${product.hsCode}00`,
        GB: `${product.hsCode}0000`,
        US: `${product.hsCode}0000`,
      },
      dimensions: { lengthMm, widthMm, heightMm },
      compliance: samplePapers(product.sku, product.hsCode),
      prices: [{ amount: priceMinor, currency: 'EUR' }],
    }),
);

/**
 * The requested number of warehouses. They repeat the warehouses of the sample network in turn, and each further one
 * takes longer to pack. So no two warehouses are equal, and a country may have several warehouses.
 */
export function realNetwork(count: number): Warehouse[] {
  return Array.from({ length: count }, (_, index) => {
    const like = sampleWarehouses[index % sampleWarehouses.length];
    const warehouse = warehouseSchema.parse(like);
    const turn = Math.floor(index / sampleWarehouses.length);
    return turn === 0
      ? warehouse
      : { ...warehouse, warehouseId: `${warehouse.warehouseId}-${turn + 1}`, handlingHours: 6 + 8 * turn };
  });
}

export const exchangeRates = exchangeRatesSchema.parse(sampleRates);
export const now = '2026-11-23T10:00:00.000Z';

/** Address parts for countries where tax depends on the place within the country. */
const places: Readonly<Record<string, object>> = {
  BR: { region: 'SP', postalCode: '01310-100' },
  CA: { region: 'ON' },
};

export interface RealBasket {
  readonly country: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** For each line, the warehouses that have it, as bits. */
  readonly stocked: readonly number[];
  readonly incoterm: 'DDP' | 'DAP';
  readonly seller: SellerRegistrations;
  /** The shopper's currency; EUR if absent. */
  readonly currency?: string;
}

/** The plan problem of a basket with the real rules and rate cards, and the inputs of the problem. */
export function realProblem(
  { country, lines, stocked, incoterm, seller, currency = 'EUR' }: RealBasket,
  warehouses: readonly Warehouse[],
) {
  const request = quoteRequestSchema.parse({
    destination: { country, ...(places[country] ?? {}) },
    ...{ currency, lines, incoterm },
  });
  const regime = regimeFor(country);
  if (regime === undefined) throw new Error(`no regime is for ${country}`);
  const date = calendarDateIn(regime.timeZone, now);
  const fixed = { exchangeRates, customsRates: [], spreadBasisPoints: undefined };
  const rates = new QuoteRates(regime, { ...fixed, now, date });
  const context: CostingContext = {
    ...{ request, regime, rates, date, now },
    ...{ rules: builtinRuleBook, seller },
    bars: () => [],
  };
  const unitsAt = (line: number, place: number) => (((stocked[line] ?? 0) & (1 << place)) !== 0 ? 9 : 0);
  const stock = new Map(
    lines.map(({ sku }, line) => [
      sku,
      new Map(warehouses.map(({ warehouseId }, place) => [warehouseId, unitsAt(line, place)])),
    ]),
  );
  const inBasket = basketOf(request, realProducts, { ...context, pricing: undefined });
  const costing = new ConsignmentCosting(context, inBasket);
  const problem = planProblemOf(context, inBasket, { warehouses, stock }, costing);
  return { problem, request, stock, context, inBasket };
}

/**
 * The input of a quote for many products, of which every warehouse has enough: one unit of each, or one to three units
 * on each line where there are fewer products than lines.
 */
export function largeBasket(
  country: string,
  lineCount: number,
  warehouseCount: number,
  skuCount: number = lineCount,
) {
  const all = [...realProducts, ...realProducts.map((own) => ({ ...own, sku: `${own.sku}-B` }))];
  const products = all.slice(0, skuCount);
  const warehouses = realNetwork(warehouseCount);
  const request = quoteRequestSchema.parse({
    destination: { country, ...(places[country] ?? {}) },
    currency: 'EUR',
    lines: Array.from({ length: lineCount }, (_, line) => ({
      sku: products[line % skuCount]?.sku,
      quantity: skuCount === lineCount ? 1 : 1 + (line % 3),
    })),
    incoterm: 'DDP',
  });
  const stock = new Map(
    products.map(({ sku }) => [sku, new Map(warehouses.map(({ warehouseId }) => [warehouseId, 500]))]),
  );
  return {
    ...{ request, products, warehouses, stock, exchangeRates, now },
    rules: builtinRuleBook,
    seller: sampleSeller,
  };
}
