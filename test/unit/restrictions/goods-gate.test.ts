import { describe, expect, it } from 'vitest';
import type { RestrictedProduct } from '../../../shared/restrictions/attributes.ts';
import { checkGoods } from '../../../shared/restrictions/check-goods.ts';
import {
  blockedLineSchema,
  builtinRestrictions,
  createGoodsGate,
  splitBasket,
  transportOf,
} from '../../../shared/restrictions/index.ts';
import { createRestrictionBook } from '../../../shared/restrictions/restriction-book.ts';
import { byAir, byPost, byRoad, goods, seller, way } from './goods.ts';

const gateTo = (country: string, date = '2026-11-23') =>
  createGoodsGate({ destination: { country }, date, seller });
const tested = { documents: [{ type: 'un383-test-summary' as const, reference: 'TS-1' }] };
const powerBank = goods(
  { dangerousGoods: { unNumber: 'UN3480', batteryMilliwattHours: 37_000 }, ...tested },
  { sku: 'POWER-BANK' },
);
const vape = goods({}, { sku: 'VAPE', hsCode: '854340' });
const shirt = goods({}, { sku: 'SHIRT', hsCode: '610910' });
const line = (product: RestrictedProduct, lineId = `line-${product.sku}`) => ({ lineId, product });

describe('the check of goods for a destination', () => {
  it('gives the same answer as a single question', () => {
    for (const product of [powerBank, vape, shirt])
      for (const transport of [byAir, byPost, byRoad])
        expect(gateTo('DE').check(product, transport)).toEqual(
          checkGoods({ product, destination: { country: 'DE' }, date: '2026-11-23', transport, seller }),
        );
  });

  it('keeps each answer by product and way', () => {
    const gate = gateTo('DE');
    expect(gate.check(powerBank, byAir)).toBe(gate.check(powerBank, way({ modes: ['air'] })));
    expect(gate.check(powerBank, byAir)).not.toBe(gate.check(powerBank, byRoad));
  });

  it('refuses a way that may not carry the goods, and admits another way', () => {
    const gate = gateTo('HK');
    expect([byAir, byPost, byRoad].map((each) => gate.admits(powerBank, each))).toEqual([false, false, true]);
    expect([byAir, byPost, byRoad].map((each) => gate.admits(vape, each))).toEqual([false, false, false]);
    expect([byAir, byPost, byRoad].map((each) => gate.admits(shirt, each))).toEqual([true, true, true]);
  });

  it('reads the rules by destination and date', () => {
    const rows = builtinRestrictions.rowsFor('TR', '2026-02-05').map(({ id }) => id);
    expect(rows).toContain('weapons');
    expect(rows.filter((id) => id.startsWith('us-') || id.startsWith('tr-'))).toEqual([]);
    expect(builtinRestrictions.rowsFor('TR', '2026-02-05')).toBe(
      builtinRestrictions.rowsFor('TR', '2026-02-05'),
    );
  });

  it('accepts additional rules', () => {
    const [row] = builtinRestrictions.rows.filter(({ id }) => id === 'tr-no-simplified-clearance');
    if (row === undefined) throw new Error('the row is in the data');
    const restrictions = createRestrictionBook([{ ...row, id: 'own', destinations: ['CL'] }], []);
    const asked = { product: shirt, destination: { country: 'CL' }, date: '2026-11-23', transport: byRoad };
    expect(checkGoods({ ...asked, restrictions }).map(({ ruleId }) => ruleId)).toEqual(['own']);
  });
});

describe('a lane in the check of goods', () => {
  const warehouse = { address: { country: 'CN' }, services: ['liquids'] };

  it('has the modes of its legs, the services of its warehouse and its own approvals', () => {
    expect(transportOf({ mode: 'air', channel: 'courier' }, warehouse)).toEqual({
      shipFrom: 'CN',
      modes: ['air'],
      channel: 'courier',
      services: ['liquids'],
    });
    const lane = {
      mode: 'rail',
      channel: 'post',
      legs: [{ mode: 'road' }, { mode: 'rail' }, { mode: 'road' }],
      approvals: ['lithium-cargo-aircraft'],
    } as const;
    expect(transportOf(lane, warehouse)).toMatchObject({
      modes: ['road', 'rail'],
      services: ['liquids', 'lithium-cargo-aircraft'],
    });
  });
});

describe('a basket in the check of goods', () => {
  it('is divided into goods that may be sold and goods that may not, each with its rule', () => {
    const { sellable, blocked } = splitBasket(
      [line(shirt), line(vape), line(powerBank)],
      gateTo('HK'),
      () => [byAir, byRoad],
    );
    expect(sellable.map(({ lineId }) => lineId)).toEqual(['line-SHIRT', 'line-POWER-BANK']);
    expect(blocked).toEqual([
      {
        lineId: 'line-VAPE',
        sku: 'VAPE',
        ruleId: 'excise-vapes',
        action: 'block',
        detail: expect.stringContaining('not sold to HK'),
        law: expect.stringContaining('PACT Act'),
        needsReview: true,
      },
    ]);
    expect(blocked.map((each) => blockedLineSchema.parse(each))).toEqual(blocked);
  });

  it('is refused with the rule of the way if every way is closed to the goods', () => {
    const { blocked } = splitBasket([line(powerBank)], gateTo('HK'), () => [byAir, byPost]);
    expect(blocked.map(({ ruleId, action }) => [ruleId, action])).toEqual([['un3480-post', 'block']]);
  });

  it('is checked without ways only by rules that apply to every way', () => {
    const { sellable, blocked } = splitBasket([line(powerBank), line(vape)], gateTo('HK'));
    expect([sellable.length, blocked.length]).toEqual([1, 1]);
  });

  it('is refused first by rules that apply to every way', () => {
    const untested = goods({ dangerousGoods: { unNumber: 'UN3480' } });
    const { blocked } = splitBasket([line(untested)], gateTo('HK'), () => [byPost]);
    expect(blocked.map(({ ruleId }) => ruleId)).toEqual(['un383-test-summary']);
  });

  it('has two lines of one product checked on both lines', () => {
    const { sellable, blocked } = splitBasket([line(vape, 'line-1'), line(vape, 'line-2')], gateTo('DE'));
    expect([sellable, blocked.map(({ lineId }) => lineId)]).toEqual([[], ['line-1', 'line-2']]);
  });

  it('loses the market on the day on which a document expires, and on no other day', () => {
    const of = (date: string) => {
      const toy = goods(
        { documents: [{ type: 'us-cpc', reference: 'CPC-1', validUntil: '2026-07-01' }] },
        { hsCode: '950300' },
      );
      return splitBasket([line(toy)], gateTo('US', date)).blocked.map(({ ruleId }) => ruleId);
    };
    expect(of('2026-07-01')).toEqual([]);
    expect(of('2026-07-02')).toEqual(['us-cpc']);
  });
});
