import { describe, expect, it } from 'vitest';
import { builtinRuleBook } from '../../../../shared/duties/index.ts';
import type { Currency } from '../../../../shared/kernel/currency.ts';
import { type Money, money } from '../../../../shared/kernel/money.ts';
import type { ImportContext } from '../../../../shared/replenishment/network/import-charges.ts';
import {
  landedMoveCost,
  type Move,
  pricedLanes,
} from '../../../../shared/replenishment/network/move-cost.ts';

const eur = (minor: number) => money(minor, 'EUR');
const context: ImportContext = {
  date: '2026-12-01',
  rules: builtinRuleBook,
  seller: { ioss: 'IM2760000001' },
  currency: 'EUR',
  convert: (amount: Money, to: Currency) => money(amount.amountMinor, to),
};
const move: Move = {
  goods: {
    sku: 'SHIRT',
    description: 'cotton T-shirt',
    hsCode: '61091000',
    originCountry: 'CN',
    unitWeightGrams: 200,
  },
  units: 100,
  unitValue: eur(600),
  from: 'CN',
  to: 'DE',
  rates: {
    perMove: eur(5000),
    perKilogram: eur(150),
    handlingPerUnit: eur(50),
    storagePerUnitMonth: eur(30),
  },
  storedDays: 15,
  taxIsRecovered: true,
};

describe('the landed cost of a move', () => {
  it('has freight, duty, tax, handling and storage', () => {
    // Freight 50.00 + 20 kg x 1.50 = 80.00. CIF 680.00: duty 12 % = 81.60. VAT 19 % x 761.60 = 144.70.
    // Handling 50.00. Storage 100 x 15 / 30 x 0.30 = 15.00. Without the VAT 226.60, with it 371.30.
    const cost = landedMoveCost(move, context);
    expect(cost).toMatchObject({
      ok: true,
      value: {
        total: eur(22_660),
        freight: eur(8000),
        duty: eur(8160),
        tax: eur(14_470),
        handling: eur(5000),
        storage: eur(1500),
      },
    });
    expect(landedMoveCost({ ...move, taxIsRecovered: false }, context)).toMatchObject({
      value: { total: eur(37_130) },
    });
  });

  it('has no entry within one customs territory, and one between two', () => {
    const within = landedMoveCost({ ...move, from: 'DE', to: 'FR' }, context);
    expect(within).toMatchObject({ value: { total: eur(14_500), duty: eur(0), tax: eur(0) } });
    // From the United Kingdom goods of China bear the same 12 %.
    expect(landedMoveCost({ ...move, from: 'GB', to: 'FR' }, context)).toMatchObject({
      value: { duty: eur(8160) },
    });
  });

  it('makes the unit costs of lanes, and names a lane without a price', () => {
    const countries: Record<string, string> = { sz: 'CN', fra: 'DE', nowhere: 'AQ' };
    const { lanes, problems } = pricedLanes(
      [
        { from: 'sz', to: 'fra', usualUnits: 100 },
        { from: 'sz', to: 'nowhere', usualUnits: 100 },
      ],
      ({ from, to, usualUnits }) =>
        landedMoveCost(
          { ...move, from: countries[from] ?? '', to: countries[to] ?? '', units: usualUnits },
          context,
        ),
    );
    expect(lanes).toEqual([{ from: 'sz', to: 'fra', unitCostMinor: 226.6 }]);
    expect(problems).toMatchObject([{ reason: 'no-regime', lane: { to: 'nowhere' } }]);
  });
});
