import { describe, expect, test } from 'vitest';
import { currencies } from '../../../shared/kernel/currency.ts';
import { defaultLimits } from '../../../shared/screening/limits.ts';
import type { RestrictedGoods, Screened } from '../../../shared/screening/rule.ts';
import { screeningRules } from '../../../shared/screening/rules/index.ts';
import { findingsOn } from '../../../shared/screening/screen-order.ts';
import { address } from '../../builders/details.ts';
import { consignment, domesticConsignment, landedCost, line } from '../../builders/landed-cost.ts';

const usual: Screened = {
  landedCost: landedCost(),
  shippingAddress: address(),
  limits: defaultLimits,
  restricted: [],
};

function outcomeOf(ruleId: (typeof screeningRules)[number]['ruleId'], over: Partial<Screened>) {
  const finding = findingsOn({ ...usual, ...over }).find((candidate) => candidate.ruleId === ruleId);
  return finding?.outcome;
}

test('a usual order passes every rule, and each rule reports its finding', () => {
  const findings = findingsOn(usual);
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(screeningRules.map(({ ruleId }) => ruleId));
  expect(findings.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
});

test('every rule id is unique', () => {
  expect(new Set(screeningRules.map(({ ruleId }) => ruleId)).size).toBe(screeningRules.length);
});

test.each(['CU', 'IR', 'KP', 'SY', 'RU', 'BY'])('no goods are sent to %s', (country) => {
  const cost = landedCost({ destination: { country } });
  expect(outcomeOf('embargoed-destination', { landedCost: cost })).toBe('refuse');
  expect(outcomeOf('embargoed-destination', { shippingAddress: address({ country }) })).toBe('refuse');
});

test('goods must go to the country of the quote', () => {
  expect(outcomeOf('other-destination', { shippingAddress: address({ country: 'AT' }) })).toBe('refuse');
});

describe('the rule about high values', () => {
  const at = (amount: number, currency: 'EUR' | 'JPY') =>
    landedCost({
      currency,
      totals: { ...usual.landedCost.totals, total: { amount, currency } },
    });

  test.each([
    [100_000, 'EUR', 'pass'],
    [100_001, 'EUR', 'hold'],
    [160_000, 'JPY', 'pass'],
    [160_001, 'JPY', 'hold'],
  ] as const)('%i minor units of %s: %s', (amount, currency, outcome) => {
    expect(outcomeOf('high-value', { landedCost: at(amount, currency) })).toBe(outcome);
  });

  test('has a threshold for every known currency', () => {
    expect(currencies.filter((currency) => !(defaultLimits.highValueMinor[currency] > 0))).toEqual([]);
  });
});

test('the units of one SKU are added up over lines and parcels', () => {
  const split = landedCost({
    consignments: [
      consignment({ lines: [line({ quantity: 10 }), line({ lineId: '3', quantity: 1 })] }),
      domesticConsignment({ lines: [line({ lineId: '2', quantity: 10 })] }),
    ],
  });
  expect(outcomeOf('many-of-one', { landedCost: split })).toBe('hold');
  const twenty = landedCost({ consignments: [consignment({ lines: [line({ quantity: 20 })] })] });
  expect(outcomeOf('many-of-one', { landedCost: twenty })).toBe('pass');
});

describe('the rule about incomplete consignees', () => {
  const { postalCode: _, ...noCode } = address();

  test.each([
    ['no postal code in Germany', noCode, 'hold'],
    ['no postal code in Hong Kong', { ...noCode, country: 'HK' }, 'pass'],
    ['a PO box', address({ line1: 'P.O. Box 17' }), 'hold'],
    ['a box in the second line', address({ line2: 'Postfach 10 20' }), 'hold'],
    ['a box in French', address({ line1: 'BP 1234' }), 'hold'],
    ['a street with box in its name', address({ line1: 'Boxhagener Strasse 5' }), 'pass'],
    ['a street with post in its name', address({ line1: 'Poststrasse 5' }), 'pass'],
  ])('%s', (_name, shippingAddress, outcome) => {
    expect(outcomeOf('incomplete-consignee', { shippingAddress })).toBe(outcome);
  });

  test('allows post boxes for the post', () => {
    const limits = { ...defaultLimits, servicesToBoxes: ['standard'] };
    const shippingAddress = address({ line1: 'P.O. Box 17' });
    expect(outcomeOf('incomplete-consignee', { shippingAddress, limits })).toBe('pass');
  });

  test('does not repeat the address in its finding', () => {
    const [finding] = findingsOn({ ...usual, shippingAddress: address({ line1: 'P.O. Box 17' }) }).filter(
      ({ outcome }) => outcome === 'hold',
    );
    expect(JSON.stringify(finding)).not.toContain('17');
  });
});

describe('the rule about restricted goods', () => {
  const stopped = (action: RestrictedGoods['action']): RestrictedGoods => ({
    sku: 'POWER-BANK',
    ruleId: 'un3480-air',
    action,
    detail: 'needs a way with lithium-cargo-aircraft',
    law: 'IATA Dangerous Goods Regulations, packing instruction 965',
  });

  test.each([
    [['block'], 'refuse'],
    [['needs-service'], 'refuse'],
    [['needs-document'], 'hold'],
    [['needs-document', 'block'], 'refuse'],
    [[], 'pass'],
  ] as const)('%j: %s', (actions, outcome) => {
    expect(outcomeOf('restricted-goods', { restricted: actions.map(stopped) })).toBe(outcome);
  });

  test('names the goods, the restriction and the law in its finding', () => {
    const [finding] = findingsOn({ ...usual, restricted: [stopped('block')] }).filter(
      ({ outcome }) => outcome === 'refuse',
    );
    expect(finding?.explanation).toMatch(/POWER-BANK: .*un3480-air; IATA/);
  });
});
