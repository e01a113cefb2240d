import { describe, expect, it } from 'vitest';
import type { ClassificationPolicy } from '../../../shared/duties/regime.ts';
import { createRuleBook } from '../../../shared/duties/rule-book.ts';
import { builtinRows } from '../../../shared/duties/rules/builtin.ts';
import type { Rule } from '../../../shared/duties/rules/schema.ts';
import { assess, assessed } from '../../builders/assess.ts';

const line = (hsPrefix: string, rate: string): Rule => ({
  kind: 'tariff-line',
  id: `au-test-${hsPrefix}`,
  regime: 'au',
  tariff: 'au',
  hsPrefix,
  goods: 'Handbags, divided for this test',
  rate,
  validFrom: '2020-01-01',
  law: 'a tariff for this test',
  provenance: 'published',
  confidence: 'high',
});

const rules = createRuleBook(
  [
    // The refusal over AUD 1,000 is off, because the tariff is charged only above that value.
    ...builtinRows.filter((row) => row.id !== 'au-over-1000'),
    line('42022210', '3'),
    line('42022290', '10'),
    line('42022280', '5'),
    line('42022270', '4'),
  ],
  'test',
);

const bag = (classification: ClassificationPolicy | undefined, hsCode = '420222') => ({
  to: 'AU',
  currency: 'AUD' as const,
  date: '2026-12-01',
  seller: { classification },
  goods: [{ hsCode, value: 2_000_00 }],
  freight: 0,
  rules,
});

describe('a code that the tariff divides further', () => {
  it.each([
    // Rates in order: 3, 4, 5, 10. Of four the median is the higher of the two in the middle.
    ['minimum', 60_00],
    ['median', 100_00],
    ['maximum', 200_00],
  ] as const)('%s: AUD 2,000.00 bear %i cents of duty, and the charge says so', (policy, duty) => {
    const [charge] = assessed(bag(policy)).charges;
    expect(charge).toMatchObject({ kind: 'duty', amount: { amount: duty, currency: 'AUD' } });
    expect(charge?.assumption).toContain(`the ${policy} is taken`);
  });

  it('is refused by default, and if the merchant’s policy says so', () => {
    for (const policy of [undefined, 'refuse'] as const)
      expect(assess(bag(policy))).toMatchObject({ reason: 'unclassified', lineId: 'line-1' });
  });

  it('is unambiguous if the whole code is given', () => {
    const [charge] = assessed(bag('maximum', '42022270')).charges;
    expect(charge).toMatchObject({ ruleId: 'au-test-42022270', rate: '4' });
    expect(charge?.assumption).toBeUndefined();
  });

  it('is refused under every policy if nothing is known below it', () => {
    expect(assess(bag('maximum', '999999'))).toMatchObject({ reason: 'unclassified' });
  });

  it('is ambiguous if the tariff has a line for it and lines with other rates below it', () => {
    const withTheRest = createRuleBook([...rules.rows, line('420222', '8')], 'test');
    const given = (policy: ClassificationPolicy) => ({ ...bag(policy), rules: withTheRest });
    expect(assess(given('refuse'))).toMatchObject({ reason: 'unclassified' });
    // In order 3, 4, 5, 8, 10: the median is 5 %.
    const [charge] = assessed(given('median')).charges;
    expect(charge).toMatchObject({ rate: '5', amount: { amount: 100_00, currency: 'AUD' } });
    expect(charge?.assumption).toContain('420222 8 %');
  });

  it('is unambiguous if the lines below it have the same rate', () => {
    const alike = createRuleBook([...builtinRows, line('610910', '5'), line('61091011', '5')], 'test');
    const goods = [{ hsCode: '610910', value: 2_000_00 }];
    const rest = { to: 'AU', currency: 'AUD', date: '2026-12-01', freight: 0, seller: {} } as const;
    const open = createRuleBook(
      alike.rows.filter(({ id }) => id !== 'au-over-1000'),
      'test',
    );
    expect(assessed({ ...rest, goods, rules: open }).charges[0]).toMatchObject({ ruleId: 'au-test-610910' });
  });

  it('is compared only over lines whose conditions are met', () => {
    const ofBritain = { ...line('42022260', '1'), when: { origins: { only: ['GB'] } } } as Rule;
    const conditional = createRuleBook([...rules.rows, ofBritain], 'test');
    const [charge] = assessed({ ...bag('minimum'), rules: conditional }).charges;
    expect(charge).toMatchObject({ rate: '3' });
  });
});
