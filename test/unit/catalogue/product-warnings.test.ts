import { describe, expect, it } from 'vitest';
import { sampleCatalogue } from '../../../infra/cli/sample-shop/catalogue.ts';
import { productWarnings } from '../../../shared/catalogue/product-warnings.ts';

const of = (unitWeightGrams: number, lengthMm: number, widthMm: number, heightMm: number) =>
  productWarnings({
    description: 'Linen towel',
    unitWeightGrams,
    dimensions: { lengthMm, widthMm, heightMm },
  }).map(({ pointer, code }) => [pointer, code]);
const suspicious = [['/unitWeightGrams', 'suspicious-density']];

describe('a product of an unlikely size or weight', () => {
  it('gives a warning when it is denser than lead or lighter than foam', () => {
    // 10 x 10 x 10 cm: 12 kg is 12 g/cm3, 5 g is 5 mg/cm3.
    expect(of(12_000, 100, 100, 100)).toEqual([]);
    expect(of(12_001, 100, 100, 100)).toEqual(suspicious);
    expect(of(5, 100, 100, 100)).toEqual([]);
    expect(of(5, 100, 100, 101)).toEqual(suspicious);
    expect(of(1_000_000, 5_000, 5_000, 5_000)).toEqual([]);
  });

  it('gives a warning for a shoe, a cushion and a dumb-bell measured in centimetres or kilograms by mistake', () => {
    expect(of(900, 320, 210, 120)).toEqual([]);
    expect(of(900, 32, 21, 12)).toEqual(suspicious);
    expect(of(1, 320, 210, 120)).toEqual(suspicious);
    expect(of(600, 450, 450, 150)).toEqual([]);
    expect(of(600, 45, 45, 15)).toEqual(suspicious);
    expect(of(10_000, 200, 100, 100)).toEqual([]);
    expect(of(10, 200, 100, 100)).toEqual([]);
  });

  it('does not occur in the sample catalogue', () => {
    for (const { unitWeightGrams, size } of sampleCatalogue) expect(of(unitWeightGrams, ...size)).toEqual([]);
  });
});

describe('a product description', () => {
  const dimensions = { lengthMm: 100, widthMm: 100, heightMm: 100 };
  const codes = (description: string) =>
    productWarnings({ description, unitWeightGrams: 500, dimensions }).map(({ pointer, code }) => [
      pointer,
      code,
    ]);

  it.each([
    '亚麻茶巾',
    '麻のふきん',
    '아마 행주',
    'منشفة كتان',
    'Льняное полотенце',
    'Λινή πετσέτα',
    'tea 茶茶茶茶',
  ])('in %s gives a warning, because customs officers may not be able to read it', (description) => {
    expect(codes(description)).toEqual([['/description', 'unreadable-description']]);
  });

  it.each([
    'Linen tea towel',
    'Geschirrtuch, Leinen, 70 × 50 cm',
    'Utěrka na nádobí',
    'Linen tea towel 亚麻',
    'Capacitor 10 µF',
    '70×50',
  ])('in %s gives no warning', (description) => {
    expect(codes(description)).toEqual([]);
  });
});
