import { samplePapers } from './sample-papers.ts';

/** One row of the sample catalogue. Weights are in grams, sizes in millimetres, prices in euro cents without tax. */
export interface SampleProduct {
  readonly sku: string;
  readonly description: string;
  /** The HS subheading, six digits, HS 2022. */
  readonly hsCode: string;
  /**
   * Longer codes than the subheading, by the place of the tariff. A code is there only if it is certain. Without one,
   * the product is priced where the lines under its subheading have one rate, and refused where they have several.
   */
  readonly nationalCodes?: Readonly<Record<string, string>>;
  readonly originCountry: string;
  readonly unitWeightGrams: number;
  readonly size: readonly [lengthMm: number, widthMm: number, heightMm: number];
  readonly priceMinor: number;
  /** The units that arrive at Shenzhen and at Poznań. */
  readonly stock: readonly [shenzhen: number, poznan: number];
}

/** A sample product in the form of the admin API. */
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
