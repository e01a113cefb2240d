import { describe, expect, it } from 'vitest';
import { checkGoods } from '../../../shared/restrictions/check-goods.ts';
import { blockedBy } from '../../../shared/restrictions/finding.ts';
import type { Transport } from '../../../shared/restrictions/index.ts';
import type { ProductCompliance } from '../../../shared/restrictions/product-compliance.ts';
import { byAir, byPost, byRoad, goods, saidBy, seller, way } from './goods.ts';

type DangerousGoods = NonNullable<ProductCompliance['dangerousGoods']>;

const tested = { documents: [{ type: 'un383-test-summary' as const, reference: 'TS-1' }] };
const battery = (dangerousGoods: DangerousGoods, hsCode = '392690') =>
  goods({ dangerousGoods, ...tested }, { hsCode });
const obstacles = (product: ReturnType<typeof goods>, transport: Transport, date = '2026-11-23') =>
  blockedBy(checkGoods({ product, destination: { country: 'HK' }, transport, date, seller })).map(
    ({ ruleId }) => ruleId,
  );

describe('lithium-ion batteries alone (UN3480)', () => {
  const powerBank = battery({
    unNumber: 'UN3480',
    cellMilliwattHours: 18_500,
    batteryMilliwattHours: 37_000,
    stateOfChargeLimited: true,
  });

  it('go by road, rail and sea by courier', () => {
    expect(obstacles(powerBank, byRoad)).toEqual([]);
    expect(obstacles(powerBank, way({ modes: ['sea', 'rail'] }))).toEqual([]);
  });

  it('may not go by post, even by road', () => {
    expect(obstacles(powerBank, byPost)).toEqual(['un3480-post']);
  });

  it('fly only with a carrier that is approved for cargo aircraft', () => {
    expect(obstacles(powerBank, byAir)).toEqual(['un3480-air']);
    const approved = way({ modes: ['air'], services: ['lithium-batteries', 'lithium-cargo-aircraft'] });
    expect(obstacles(powerBank, approved)).toEqual([]);
  });

  it('are recognised by their code if the product states nothing', () => {
    expect(obstacles(goods(tested, { hsCode: '850760' }), byAir)).toEqual(
      expect.arrayContaining(['un3480-air', 'un3480-air-charge', 'battery-air-rating']),
    );
    expect(obstacles(goods(tested, { hsCode: '850760' }), byRoad)).toEqual([]);
  });

  it('fly at a limited state of charge', () => {
    const charged = battery({
      unNumber: 'UN3480',
      batteryMilliwattHours: 37_000,
      stateOfChargeLimited: false,
    });
    expect(saidBy('un3480-air-charge', { product: charged, to: 'HK', by: byAir })).toBe('unsatisfied');
    expect(saidBy('un3480-air-charge', { product: powerBank, to: 'HK', by: byAir })).toBe('none');
  });

  it('must be allowed in each mode of a lane with several modes', () => {
    expect(obstacles(powerBank, way({ modes: ['road', 'air'] }))).toEqual(['un3480-air']);
  });
});

describe('lithium-ion batteries with equipment (UN3481)', () => {
  const inEquipment = { unNumber: 'UN3481', packing: 'contained-in' } as const;
  const inside = (over: Partial<DangerousGoods> = {}) =>
    battery({ ...inEquipment, batteryMilliwattHours: 15_000, ...over });

  it('fly with a test summary, a rating and trained packers', () => {
    expect(obstacles(inside(), byAir)).toEqual([]);
    expect(obstacles(inside(), way({ modes: ['air'], services: [] }))).toEqual(['battery-air-handling']);
    expect(obstacles(battery(inEquipment), byAir)).toEqual(['battery-air-rating']);
    const untested = goods({ dangerousGoods: { ...inEquipment, batteryMilliwattHours: 15_000 } });
    expect(obstacles(untested, byAir)).toEqual(['un383-test-summary']);
    expect(obstacles(untested, byRoad)).toEqual(['un383-test-summary']);
  });

  it.each([
    [100_000, []],
    [100_001, ['large-battery-air']],
  ])('a battery of %i thousandths of a watt-hour by air: %j', (batteryMilliwattHours, stopped) => {
    expect(obstacles(inside({ batteryMilliwattHours }), byAir)).toEqual(stopped);
    expect(obstacles(inside({ batteryMilliwattHours }), byRoad)).toEqual([]);
  });

  it.each([
    [20_000, []],
    [20_001, ['un3481-large-cell-air']],
  ])('a cell of %i thousandths of a watt-hour by air: %j', (cellMilliwattHours, stopped) => {
    const product = inside({ cellMilliwattHours, batteryMilliwattHours: 90_000 });
    expect(obstacles(product, byAir)).toEqual(stopped);
    const regulated = way({ modes: ['air'], services: ['lithium-batteries', 'dangerous-goods'] });
    expect(obstacles(product, regulated)).toEqual([]);
    expect(obstacles(product, byPost)).toEqual(stopped.map(() => 'un3481-large-cell-post'));
  });

  it.each([
    ['2025-12-31', 'none', 'unsatisfied'],
    ['2026-01-01', 'unsatisfied', 'none'],
  ])(
    'packed with equipment on %s: the limit of charge is required %s, and recommended %s',
    (on, binds, advised) => {
      const product = inside({
        packing: 'packed-with',
        cellMilliwattHours: 10_000,
        stateOfChargeLimited: false,
      });
      const asked = { product, to: 'HK', on, by: byAir };
      expect(saidBy('un3481-packed-with-charge', asked)).toBe(binds);
      expect(saidBy('un3481-packed-with-charge-2025', asked)).toBe(advised);
      expect(obstacles(product, byAir, on).length).toBe(binds === 'none' ? 0 : 1);
    },
  );

  it.each([
    [2_700, []],
    [2_701, ['un3481-packed-with-charge']],
  ])('packed with equipment, cells of %i thousandths of a watt-hour: %j', (cellMilliwattHours, stopped) => {
    const product = inside({ packing: 'packed-with', cellMilliwattHours });
    expect(obstacles(product, byAir)).toEqual(stopped);
  });

  it('contained in equipment, have a recommended limit of charge', () => {
    const asked = { product: inside(), to: 'HK', by: byAir };
    expect(saidBy('un3481-contained-in-charge', asked)).toBe('unsatisfied');
    expect(obstacles(inside(), byAir)).toEqual([]);
  });

  it.each([
    [{ cellCount: 4, batteryCount: 2 }, 'none'],
    [{ cellCount: 5, batteryCount: 2 }, 'unsatisfied'],
    [{ cellCount: 4, batteryCount: 3 }, 'unsatisfied'],
  ])('with %j need the mark on packages', (counts, said) => {
    const by = way({ modes: ['air'], services: [] });
    expect(saidBy('battery-mark-cells', { product: inside(counts), to: 'HK', by })).toBe(said);
  });
});

describe('lithium metal and sodium-ion', () => {
  it.each([
    [{ batteryLithiumMilligrams: 2_000, cellLithiumMilligrams: 1_000 }, []],
    [{ batteryLithiumMilligrams: 2_001 }, ['un3091-air']],
    [{ cellLithiumMilligrams: 1_001 }, ['un3091-air']],
  ])('UN3091 with %j by air: %j', (rating, stopped) => {
    const product = battery({ unNumber: 'UN3091', packing: 'contained-in', ...rating });
    expect(obstacles(product, byAir)).toEqual(stopped);
    expect(obstacles(product, byPost)).toEqual(stopped.map(() => 'un3091-post'));
  });

  it('are treated alike in UN3090 and UN3480', () => {
    const product = battery({ unNumber: 'UN3090', batteryLithiumMilligrams: 500 });
    expect(obstacles(product, byAir)).toEqual(['un3090-air']);
    expect(obstacles(product, byPost)).toEqual(['un3090-post']);
    expect(obstacles(product, byRoad)).toEqual([]);
  });

  it.each([
    ['2024-12-31', 'none'],
    ['2025-01-01', 'unsatisfied'],
  ])('UN3551 by air on %s: %s', (on, said) => {
    const product = battery({ unNumber: 'UN3551', batteryMilliwattHours: 5_000 });
    expect(saidBy('un3551-air', { product, to: 'HK', on, by: byAir })).toBe(said);
  });

  it('a battery-powered vehicle goes by land', () => {
    const scooter = goods({ dangerousGoods: { unNumber: 'UN3171' } });
    expect(obstacles(scooter, byAir)).toEqual(['un3171-air']);
    expect(obstacles(scooter, byPost)).toEqual(['un3171-post']);
    expect(obstacles(scooter, byRoad)).toEqual([]);
  });
});

describe('aerosols and liquids', () => {
  const deodorant = goods({ aerosol: true, volumeMl: 150 });
  const perfume = goods({}, { hsCode: '330300' });

  it('aerosols up to a litre go by land, but not by air or post', () => {
    expect(obstacles(deodorant, byRoad)).toEqual([]);
    expect(obstacles(deodorant, byAir)).toEqual(['aerosol-air']);
    expect(obstacles(deodorant, byPost)).toEqual(['aerosol-post']);
    expect(obstacles(goods({ aerosol: true, volumeMl: 1_000 }), byRoad)).toEqual([]);
    expect(obstacles(goods({ aerosol: true, volumeMl: 1_001 }), byRoad)).toEqual([
      'aerosol-limited-quantity',
    ]);
  });

  it('perfume counts as flammable unless a flash point proves the contrary', () => {
    expect(obstacles(perfume, byRoad)).toEqual([]);
    expect(obstacles(perfume, byPost)).toEqual(['flammable-liquid-post']);
    expect(obstacles(perfume, byAir)).toEqual(['flammable-liquid-air']);
    const approved = way({ modes: ['air'], services: ['limited-quantities-by-air'] });
    expect(obstacles(perfume, approved)).toEqual([]);
    expect(obstacles(goods({ flashPointCelsius: 60 }), byAir)).toEqual(['flammable-liquid-air']);
    expect(obstacles(goods({ flashPointCelsius: 61 }, { hsCode: '330300' }), byAir)).toEqual([]);
  });

  it('other liquids fly from a warehouse that packs liquids', () => {
    const shampoo = goods({ liquid: true, volumeMl: 250 });
    expect(obstacles(shampoo, byAir)).toEqual([]);
    expect(obstacles(shampoo, way({ modes: ['air'], services: [] }))).toEqual(['liquid-air']);
    expect(obstacles(shampoo, way({ services: [] }))).toEqual([]);
  });

  it('goods that need only a declaration are not stopped', () => {
    const magnet = goods({ dangerousGoods: { unNumber: 'UN2807' } });
    expect(saidBy('magnet-air', { product: magnet, to: 'HK', by: byAir })).toBe('unsatisfied');
    expect(obstacles(magnet, byAir)).toEqual([]);
  });
});
