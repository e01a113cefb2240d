import { describe, expect, it } from 'vitest';
import { sampleCatalogue } from '../../../infra/demo/catalogue.ts';
import { productWarnings } from '../../../shared/quote/product-warnings.ts';

const of = (unitWeightGrams: number, lengthMm: number, widthMm: number, heightMm: number) =>
  productWarnings({ unitWeightGrams, dimensions: { lengthMm, widthMm, heightMm } }).map(
    ({ pointer, code }) => [pointer, code],
  );
const suspicious = [['/unitWeightGrams', 'suspicious-density']];

describe('a product that no thing is like', () => {
  it('is warned of when it is denser than any metal, or lighter than any foam', () => {
    // 10 x 10 x 10 cm: 25 kg is 25 g/cm3, a gram is 1 mg/cm3.
    expect(of(25_000, 100, 100, 100)).toEqual([]);
    expect(of(25_001, 100, 100, 100)).toEqual(suspicious);
    expect(of(1, 100, 100, 100)).toEqual([]);
    expect(of(1, 100, 100, 101)).toEqual(suspicious);
    expect(of(1_000_000, 5_000, 5_000, 5_000)).toEqual([]);
  });

  it('is what a size in centimetres or a weight in kilograms makes of a shoe', () => {
    expect(of(900, 320, 210, 120)).toEqual([]);
    expect(of(900, 32, 21, 12)).toEqual(suspicious);
    expect(of(1, 320, 210, 120)).toEqual(suspicious);
  });

  it('is nothing of the sample catalogue', () => {
    for (const { unitWeightGrams, size } of sampleCatalogue) expect(of(unitWeightGrams, ...size)).toEqual([]);
  });
});
