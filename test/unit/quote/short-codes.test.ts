import { describe, expect, it } from 'vitest';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { buildDeclaration } from '../../../shared/customs/build-declaration.ts';
import { builtinRuleBook, type RuleBook } from '../../../shared/duties/index.ts';
import { priceBasket, quoteRequestSchema } from '../../../shared/quote/index.ts';
import { address } from '../../builders/details.ts';
import { exchangeRates, now, realNetwork, realProducts } from '../../builders/real-basket.ts';
import { percentLines, rulesWith, schedulesOf } from '../../builders/schedules.ts';

const rows = builtinRuleBook.rows.filter((row) => row.kind !== 'tariff-line' || row.tariff !== 'us');
const shirts = percentLines({ '61091000': '16.5', '6109100004': '16.5', '6109100090': '16.5' });
const divided = percentLines({ '61091000': '16.5', '61091010': '20' });

/** A quote for one T-shirt whose product has six digits, by courier from Shenzhen to New York. */
function toTheUnitedStates(rules: RuleBook, classification?: 'maximum') {
  const shirt = realProducts.find(({ hsCode }) => hsCode === '610910');
  const warehouses = realNetwork(1);
  if (shirt === undefined) throw new Error('the sample shop sells T-shirts');
  const seller = { ...sampleSeller, importer: { US: '12-3456789' }, classification };
  const priced = priceBasket({
    ...{ products: [{ ...shirt, nationalCodes: undefined }], warehouses, exchangeRates, now, rules, seller },
    stock: new Map([[shirt.sku, new Map(warehouses.map(({ warehouseId }) => [warehouseId, 9]))]]),
    request: quoteRequestSchema.parse({
      destination: { country: 'US', region: 'NY', postalCode: '10001' },
      ...{ currency: 'USD', incoterm: 'DDP', lines: [{ sku: shirt.sku, quantity: 2 }] },
    }),
  });
  return priced.ok ? priced.value.chosen : priced.error;
}

function quoted(rules: RuleBook, classification?: 'maximum') {
  const made = toTheUnitedStates(rules, classification);
  const [consignment] = 'consignments' in made ? made.consignments : [];
  if (!('consignments' in made) || consignment === undefined) throw new Error(JSON.stringify(made));
  return { landedCost: made, consignment };
}

describe('a T-shirt with six digits to the United States', () => {
  it('is priced by the lines under its code, and names the edition', () => {
    const { landedCost, consignment } = quoted(rulesWith(schedulesOf({ lines: shirts }), rows));
    const duty = consignment.charges.find(({ code }) => code === 'us-column-1');
    const value = duty?.base?.amount ?? 0;
    expect(value).toBeGreaterThan(0);
    expect(duty).toMatchObject({
      ...{ rate: '16.5', amount: { amount: Math.round(value * 0.165), currency: 'USD' } },
      tariffLine: { code: '61091000', edition: 'us 2026-11', published: '16.5%', isCurrent: true },
    });
    expect(landedCost.ruleSet.editions).toEqual(['us 2026-11']);
    expect(landedCost.wantsLongerCode).toBeUndefined();
  });

  it('is declared by a whole code, with the digits of the product beside it', () => {
    const { landedCost, consignment } = quoted(rulesWith(schedulesOf({ lines: shirts }), rows));
    expect(consignment.lines[0]).toMatchObject({ hsCode: '610910', declaredCode: '6109100090' });
    const declaration = buildDeclaration({
      ...{ lrn: 'LRN1', landedCost, consignment, consignee: address({ country: 'US', postalCode: '10001' }) },
      exporter: { name: 'Seller', line1: 'Road 1', city: 'Shenzhen', postalCode: '518000', country: 'CN' },
      ...{ seller: { ...sampleSeller, importer: { US: '12-3456789' } }, trackingNumber: 'TRACK1' },
    });
    expect(declaration).toMatchObject({
      value: { dataSet: 'US_TYPE_11', items: [{ hsCode: '6109100090', givenHsCode: '610910' }] },
    });
  });

  it('asks for a longer code where the lines have several rates, and takes the one of the policy', () => {
    const rules = rulesWith(schedulesOf({ lines: divided }), rows);
    const { landedCost, consignment } = quoted(rules, 'maximum');
    const own = { least: '16.5 %', most: '20 %', lines: 2 };
    expect(landedCost.wantsLongerCode).toEqual([
      { lineId: 'line-1', sku: expect.any(String), hsCode: '610910', used: '61091010', ...own },
    ]);
    expect(consignment.lines[0]).toMatchObject({ declaredCode: '6109101000' });
    expect(toTheUnitedStates(rules)).toMatchObject({ reason: 'unclassified' });
  });

  it('is refused where no schedule has the tariff', () => {
    expect(toTheUnitedStates(builtinRuleBook)).toMatchObject({ reason: 'unclassified' });
  });
});
