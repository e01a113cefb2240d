import { describe, expect, it } from 'vitest';
import { sampleCatalogue } from '../../../infra/cli/sample-shop/catalogue.ts';
import { samplePapers } from '../../../infra/cli/sample-shop/sample-papers.ts';
import { euMemberStates } from '../../../shared/kernel/country.ts';
import { createGoodsGate, productComplianceSchema, splitBasket } from '../../../shared/restrictions/index.ts';
import { byAir, seller } from './goods.ts';

const markets = [
  ...euMemberStates, 'GB', 'US', 'CA', 'MX', 'BR', 'CL', 'CO', 'AR', 'AU', 'NZ', 'JP', 'KR', 'SG', 'MY', 'TH',
  'VN', 'ID', 'PH', 'IN', 'SA', 'AE', 'IL', 'NO', 'CH', 'ZA', 'NG', 'KE', 'HK', 'CN',
]; // biome-ignore format: a list of countries

const lines = (withPapers: boolean) =>
  sampleCatalogue.map(({ sku, hsCode, originCountry }) => ({
    lineId: sku,
    product: {
      sku,
      hsCode,
      originCountry,
      compliance: withPapers ? productComplianceSchema.parse(samplePapers(sku, hsCode)) : undefined,
    },
  }));

describe('a general retailer', () => {
  it('has documents in the right format', () => {
    for (const { product } of lines(true))
      expect(productComplianceSchema.safeParse(product.compliance).error).toBeUndefined();
  });

  it.each(markets)('sells everything to %s with documents and registrations', (country) => {
    const gate = createGoodsGate({ destination: { country }, date: '2026-12-31', seller });
    const { blocked } = splitBasket(lines(true), gate, () => [byAir]);
    expect(blocked.map(({ sku, ruleId }) => `${sku}: ${ruleId}`)).toEqual([]);
  });

  it('sells without them only the goods that need none', () => {
    const sold = (country: string) => {
      const gate = createGoodsGate({ destination: { country }, date: '2026-11-23', seller: {} });
      return splitBasket(lines(false), gate, () => [byAir]).sellable.length;
    };
    expect(sold('DE')).toBe(0);
    expect(sold('HK')).toBe(sampleCatalogue.length);
    expect(sold('US')).toBeGreaterThan(15);
    expect(sold('US')).toBeLessThan(sampleCatalogue.length);
  });
});
