import { samplePapers } from './sample-papers.ts';

/** One row of the sample catalogue. Weights in grams, sizes in millimetres, prices in euro cents without tax. */
export interface SampleProduct {
  readonly sku: string;
  readonly description: string;
  /** The HS subheading, six digits, HS 2022. */
  readonly hsCode: string;
  /**
   * Codes beyond the subheading, by the place of the tariff, for goods whose line there is certain. Goods without one
   * can't be declared where the declaration asks for it, and are refused there at the quote.
   */
  readonly nationalCodes?: Readonly<Record<string, string>>;
  readonly originCountry: string;
  readonly unitWeightGrams: number;
  readonly size: readonly [lengthMm: number, widthMm: number, heightMm: number];
  readonly priceMinor: number;
  /** Units received at Shenzhen and at Poznań. */
  readonly stock: readonly [shenzhen: number, poznan: number];
}

/** A sample product as the admin API takes it. */
export function productBody(product: SampleProduct) {
  const { sku, description, hsCode, nationalCodes, originCountry, unitWeightGrams, priceMinor } = product;
  const [lengthMm, widthMm, heightMm] = product.size;
  return {
    sku,
    description,
    hsCode,
    ...(nationalCodes === undefined ? {} : { nationalCodes }),
    originCountry,
    unitWeightGrams,
    dimensions: { lengthMm, widthMm, heightMm },
    prices: [{ amount: priceMinor, currency: 'EUR' }],
    compliance: samplePapers(sku, hsCode),
  };
}
