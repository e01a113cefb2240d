import type { Sale } from './check-row.ts';
import { classify } from './classify.ts';
import { type GoodsMeasures, measureGoods } from './measure-goods.ts';
import type { Refusal } from './refusal.ts';

/** A product of the replay's catalogue. */
export interface ReplayProduct extends GoodsMeasures {
  readonly sku: string;
  readonly description: string;
  readonly hsCode: string;
  /** The median price of the product's rows, in pence GBP. */
  readonly priceMinor: number;
  /** The units that all rows of the file sell. */
  readonly units: number;
}

export interface Catalogue {
  readonly products: ReadonlyMap<string, ReplayProduct>;
  /** Sales of the products in the catalogue, in the order of the file. */
  readonly sales: readonly Sale[];
  readonly refusals: readonly Refusal[];
}

/**
 * Makes one product for each stock code. The file sold the same code at several prices (wholesale, retail,
 * promotions) and with several descriptions. The catalogue takes the median price and the most frequent description.
 * A quote uses the price of the catalogue, so an order here costs a different amount than its invoice.
 *
 * Sales of a product are refused if its description matches no HS code.
 */
export function buildCatalogue(sales: readonly Sale[]): Catalogue {
  const bySku = Map.groupBy(sales, ({ sku }) => sku);
  const products = new Map<string, ReplayProduct>();
  for (const [sku, rows] of bySku) {
    const description = mostFrequent(rows.map((row) => row.description).filter((text) => text !== ''));
    const hsCode = description === undefined ? undefined : classify(description);
    if (description === undefined || hsCode === undefined) continue;
    products.set(sku, {
      sku,
      description,
      hsCode,
      ...measureGoods(hsCode),
      priceMinor: median(rows.map(({ unitPriceMinor }) => unitPriceMinor)),
      units: rows.reduce((all, { quantity }) => all + quantity, 0),
    });
  }
  const isKnown = ({ sku }: Sale) => products.has(sku);
  return {
    products,
    sales: sales.filter(isKnown),
    refusals: sales
      .filter((sale) => !isKnown(sale))
      .map(({ line, invoiceNo, sku, description }) => ({
        line,
        invoiceNo,
        reason: 'unclassified',
        detail: `${sku} ${description || '(no description)'}`,
      })),
  };
}

/** The middle value. Of two middle values it is the lower one, so that it is a price that a customer really paid. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function mostFrequent(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  let best: string | undefined;
  for (const [text, count] of counts) if (best === undefined || count > (counts.get(best) ?? 0)) best = text;
  return best;
}
