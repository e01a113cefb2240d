import { describe, expect, it } from 'vitest';
import { createGoodsGate, restrictedLines, splitBasket } from '../../../shared/restrictions/index.ts';
import { consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { byAir, byRoad, goods, seller } from './goods.ts';

const toy = goods(
  { documents: [{ type: 'us-cpc', reference: 'CPC-1', validUntil: '2026-06-30' }] },
  { sku: 'TOY', hsCode: '950300' },
);
const cost = (hsCode = '950300', sku = 'TOY') =>
  landedCost({
    destination: { country: 'US' },
    consignments: [consignment({ lines: [line({ sku, hsCode, lineId: 'line-1' })] })],
  });
const asked = (date: string, over: Partial<Parameters<typeof restrictedLines>[0]> = {}) =>
  restrictedLines({
    landedCost: cost(),
    date,
    seller,
    productOf: () => toy,
    waysOf: () => [byAir],
    ...over,
  });

describe('the goods of an order', () => {
  it('are checked as in the quote, on the day of the order', () => {
    for (const date of ['2026-06-30', '2026-07-01', '2026-07-08']) {
      const gate = createGoodsGate({ destination: { country: 'US' }, date, seller });
      const { blocked } = splitBasket([{ lineId: 'line-1', product: toy }], gate, () => [byAir]);
      expect(asked(date)[0]?.ruleId, date).toBe(blocked[0]?.ruleId);
    }
    expect(asked('2026-06-30')).toEqual([]);
    expect(asked('2026-07-01')).toMatchObject([{ lineId: 'line-1', sku: 'TOY', ruleId: 'us-cpc' }]);
  });

  it('may go by any lane of their carrier and service', () => {
    const powerBank = goods({
      dangerousGoods: { unNumber: 'UN3480', batteryMilliwattHours: 37_000, stateOfChargeLimited: true },
      documents: [{ type: 'un383-test-summary', reference: 'TS-1' }],
    });
    const of = { productOf: () => powerBank };
    expect(asked('2026-11-23', { ...of, waysOf: () => [byAir, byRoad] })).toEqual([]);
    expect(asked('2026-11-23', of).map(({ ruleId }) => ruleId)).toEqual(['un3480-air']);
  });

  it('are checked by their code without documents if they are no longer in the catalogue', () => {
    const gone = { productOf: () => undefined };
    expect(asked('2026-11-23', gone)).toEqual([]);
    const loose = asked('2026-11-23', { ...gone, landedCost: cost('8507.60.00', 'PACK') });
    expect(loose.map(({ ruleId }) => ruleId).toSorted()).toEqual(['un3480-air', 'un3480-air-charge']);
  });

  it('are checked at the place from which they are sent', () => {
    const sent = asked('2026-06-30', { destination: { country: 'UA', postalCode: '98600' } });
    expect(sent.map(({ ruleId }) => ruleId)).toContain('embargo-ua-crimea');
  });
});
