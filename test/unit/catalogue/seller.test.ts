import { describe, expect, it } from 'vitest';
import { reportingOf, sellerSchema } from '../../../shared/catalogue/index.ts';

describe('the registrations of the seller', () => {
  const problems = (ioss: string) =>
    sellerSchema
      .safeParse({ name: 'Seller GmbH', importer: {}, ioss })
      .error?.issues.map(({ path }) => path.join('.')) ?? [];

  it.each(['IM2760000001', 'IM0400000001', 'IM7520000001'])('accept the IOSS number %s', (number) => {
    expect(problems(number)).toEqual([]);
  });

  // No country has the number 999, and 826 is the number of the United Kingdom.
  it.each(['IM9990000001', 'IM8260000001', 'IM276', 'DE2760000001'])(
    'refuse the IOSS number %s',
    (number) => {
      expect(problems(number)).toContain('ioss');
    },
  );
});

describe('the storefronts whose reports the clock makes', () => {
  const read = (storefronts: unknown) =>
    sellerSchema.safeParse({ name: 'Seller GmbH', importer: {}, reporting: { storefronts } });
  const codes = (many: number) => Array.from({ length: many }, (_, n) => `shop-${n}`);

  it('are none unless the seller lists them, and twenty at most', () => {
    expect(reportingOf(undefined).storefronts).toEqual([]);
    expect(reportingOf(read(codes(20)).data).storefronts).toHaveLength(20);
  });

  it.each([
    ['none', [], 'reporting.storefronts'],
    ['more than twenty', codes(21), 'reporting.storefronts'],
    ['one of them twice', ['tea', 'ink', 'tea'], 'reporting.storefronts'],
    ['what is no code of a storefront', ['Tea shop'], 'reporting.storefronts.0'],
  ])('are refused with their place where they are %s', (_, storefronts, place) => {
    expect(read(storefronts).error?.issues.map(({ path }) => path.join('.'))).toEqual([place]);
  });
});
