import type { Sale } from './check-row.ts';
import { classify } from './classify.ts';
import { type GoodsMeasures, measureGoods } from './measure-goods.ts';
import type { Refusal } from './refusal.ts';

/** A product of the replay's catalogue. */
export interface ReplayProduct extends GoodsMeasures {
  readonly sku: string;
  readonly description: string;
  readonly hsCode: string;
  /** Pence, GBP: the median price of its rows. */
  readonly priceMinor: number;
  /** Units that the file sells, over all its rows. */
  readonly units: number;
}

export interface Catalogue {
  readonly products: ReadonlyMap<string, ReplayProduct>;
  /** Sales of products of the catalogue, in the order of the file. */
  readonly sales: readonly Sale[];
  readonly refusals: readonly Refusal[];
}

/**
 * One product per stock code. The same code was sold at several prices (wholesale, retail, promotions) and
 * under several spellings: the catalogue takes the median price and the most frequent description. A quote is
 * priced from the catalogue, so what an order costs here differs from what the invoice said.
 *
 * Sales of a product whose description matches no HS code are refused.
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

/** The middle value; of two in the middle the lower one, so that it is a price that was really asked. */
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
