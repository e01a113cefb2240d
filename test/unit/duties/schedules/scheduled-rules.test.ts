import { describe, expect, it } from 'vitest';
import { builtinRuleBook } from '../../../../shared/duties/index.ts';
import type { ClassificationPolicy, NotAssessable } from '../../../../shared/duties/regime.ts';
import type { Rule } from '../../../../shared/duties/rules/schema.ts';
import { type AssessCase, assess, assessed, sums } from '../../../builders/assess.ts';
import { percentLines, rulesWith, schedulesOf, type TestEdition } from '../../../builders/schedules.ts';

const shirts = percentLines({
  '61091000': '16.5',
  '6109100004': '16.5',
  '6109100090': '16.5',
  '61099010': '32',
  '61099040': '2.6',
  '61099080': '16',
});
/** The repository's rows without those whose place a schedule takes, and without duties on top of the tariff. */
const kinds = ['tariff-line', 'preference', 'additional-duty', 'not-computed'];
const otherRows = builtinRuleBook.rows.filter(({ kind }) => !kinds.includes(kind));
const open = (...editions: readonly TestEdition[]) => rulesWith(schedulesOf(...editions), otherRows);
const rules = open({ lines: shirts });

const toUs = (hsCode: string, over: Partial<AssessCase> = {}): AssessCase => ({
  ...{ to: 'US', from: 'DE', currency: 'USD', date: '2026-12-01', freight: 0, rules },
  goods: [{ hsCode, value: 100_00, origin: 'IN' }],
  seller: { importer: { US: '12-3456789' } },
  ...over,
});
const by = (classification: ClassificationPolicy, hsCode: string, over: Partial<AssessCase> = {}) =>
  toUs(hsCode, { ...over, seller: { importer: { US: '12-3456789' }, classification } });
const column1 = (given: AssessCase) =>
  assessed(given).charges.find(({ code }) => code.startsWith('us-column-1'));
const refusal = (given: AssessCase) => (assess(given) as NotAssessable).detail;

describe('a line of a schedule', () => {
  it('is the rule of the goods, with its edition and its text', () => {
    expect(column1(toUs('6109100012'))).toMatchObject({
      amount: { amount: 16_50, currency: 'USD' },
      ...{ rate: '16.5', ruleId: 'us-2026-11-61091000' },
      legalReference: 'a tariff for this test (edition 2026-11; a file for this test)',
      tariffLine: { code: '61091000', edition: 'us 2026-11', published: '16.5%', isCurrent: true },
    });
    expect(column1(toUs('6109100012'))?.needsReview).toBeUndefined();
  });

  it('says that it may be old after the last day on which the edition was seen in force', () => {
    const made = column1(toUs('6109100012', { date: '2027-01-01' }));
    expect(made).toMatchObject({ needsReview: true, tariffLine: { isCurrent: false } });
  });

  it('is that of the latest edition which has begun', () => {
    const schedules = schedulesOf(
      { header: { edition: '2026-11' }, lines: percentLines({ '61091000': '1' }) },
      { header: { edition: '2027', validFrom: '2027-01-01' }, lines: percentLines({ '61091000': '2' }) },
      { header: { edition: '2025', validFrom: '2025-01-01' }, lines: percentLines({ '61091000': '3' }) },
      { header: { edition: '2026-11b' }, lines: percentLines({ '61091000': '4' }) },
    );
    const rate = (date: string) =>
      column1(toUs('6109100012', { date, rules: rulesWith(schedules, otherRows) }))?.rate;
    expect([rate('2026-10-31'), rate('2026-12-31'), rate('2027-01-01')]).toEqual(['3', '4', '2']);
  });

  it('gives way to a row with a code as long, and not to a shorter one', () => {
    const row = (hsPrefix: string) =>
      ({
        ...{ kind: 'tariff-line', id: 'us-own', regime: 'us', tariff: 'us', hsPrefix, goods: 'Shirts' },
        ...{ rate: '7', validFrom: '2020-01-01', law: 'a row for this test' },
        ...{ provenance: 'published', confidence: 'high' },
      }) as Rule;
    const rate = (hsPrefix: string) =>
      column1(
        toUs('6109100012', {
          rules: rulesWith(schedulesOf({ lines: shirts }), [...otherRows, row(hsPrefix)]),
        }),
      )?.rate;
    expect([rate('6109'), rate('61091000'), rate('6109100012')]).toEqual(['16.5', '7', '7']);
  });

  it('that only counts goods apart gives way to a row with the code of its rate', () => {
    const row = {
      ...{ kind: 'tariff-line', id: 'us-own', regime: 'us', tariff: 'us', hsPrefix: '61091000' },
      ...{ goods: 'Shirts', rate: '7', validFrom: '2020-01-01', law: 'a row for this test' },
      ...{ provenance: 'published', confidence: 'high' },
    } as Rule;
    const own = rulesWith(schedulesOf({ lines: shirts }), [...otherRows, row]);
    for (const code of ['61091000', '6109100004', '6109100090', '6109100012'])
      expect(column1(toUs(code, { rules: own }))).toMatchObject({ rate: '7', ruleId: 'us-own' });
    expect(column1(toUs('6109100090'))?.tariffLine?.code).toBe('61091000');
  });

  it('holds in its season, over the end of the year too', () => {
    const [code, text] = ['08081000', '5%'];
    const lines = [
      { code, text: '8%', rate: '8', goods: 'Apples' },
      { code, text, rate: '5', goods: 'Apples', season: { from: '11-01', to: '02-28' } },
    ];
    const rate = (date: string) => column1(toUs('0808100000', { date, rules: open({ lines }) }))?.rate;
    expect([rate('2026-12-01'), rate('2027-02-28'), rate('2027-03-01')]).toEqual(['5', '5', '8']);
  });

  it('without a rate that is computed is refused by name, and no shorter code is taken', () => {
    const lines = [
      ...percentLines({ '1704': '9' }),
      { code: '17049074', goods: 'Sweets', text: 'EA + 5%', rate: undefined },
    ];
    expect(refusal(toUs('1704907400', { rules: open({ lines }) }))).toBe(
      'the rate of 17049074 in US, published as "EA + 5%", is not computed',
    );
  });

  it('gives the rate of an agreement for goods with its proof', () => {
    const preferences = { usmca: { text: 'Free', rate: '0' } };
    const lines = percentLines({ '61091000': '16.5' }).map((each) => ({ ...each, preferences }));
    const goods = [{ hsCode: '610910', value: 100_00, origin: 'MX', originProofs: ['usmca', 'us-kr'] }];
    const given = toUs('610910', { goods, from: 'MX', rules: open({ lines }) });
    expect(column1(given)).toMatchObject({
      code: 'us-column-1-preferential',
      ...{ rate: '0', ruleId: 'us-2026-11-61091000-usmca' },
    });
    expect(sums(assessed(given)).duty).toBe(0);
  });

  it('gives the rate of the key that the header names for the origin', () => {
    const preferences = { p1: { text: 'Free', rate: '0' }, p2: { text: '4%', rate: '4' } };
    const lines = percentLines({ '61091000': '16.5' }).map((each) => ({ ...each, preferences }));
    const agreements = {
      p1: { agreement: 'usmca', origins: ['CA'] },
      p2: { agreement: 'usmca', origins: ['MX'] },
    };
    const rate = (origin: string) => {
      const goods = [{ hsCode: '61091000', value: 100_00, origin, originProofs: ['usmca'] }];
      const rules = open({ header: { agreements }, lines });
      return column1(toUs('61091000', { goods, from: 'MX', rules }))?.rate;
    };
    expect([rate('CA'), rate('MX'), rate('GT')]).toEqual(['0', '4', '16.5']);
  });

  it('of an earlier edition of the Harmonised System is found by its correlation table', () => {
    const schedules = schedulesOf({ header: { hs: 'HS2017' }, lines: shirts });
    const translate = (code: string) => (code === '610911' ? ['610910'] : []);
    const given = toUs('610911', { rules: rulesWith({ ...schedules, translate }, otherRows) });
    // What the present code of such goods is, nobody can tell from the old tariff.
    expect(refusal(given)).toContain('the declaration asks for a code of 10 digits');
    const low = { ...given, to: 'GB', from: 'CN', currency: 'GBP' as const };
    const gb = schedulesOf({ header: { hs: 'HS2017', tariff: 'gb' }, lines: shirts });
    const goods = [{ hsCode: '61091100', value: 200_00, origin: 'IN' }];
    const seller = { gbVat: 'GB123456789' };
    const charges = assessed({
      ...low,
      goods,
      seller,
      rules: rulesWith({ ...gb, translate }, otherRows),
    }).charges;
    expect(charges[0]).toMatchObject({ rate: '16.5', tariffLine: { code: '61091000' } });
  });
});

describe('goods with a short code', () => {
  it('have the line that the policy chooses by its rate, whatever goods were priced before', () => {
    // On one cent all three rates are a duty of nothing.
    const fresh = open({ lines: shirts });
    const chosen = (value: number) =>
      column1(by('maximum', '610990', { rules: fresh, goods: [{ hsCode: '610990', value, origin: 'IN' }] }))
        ?.rate;
    chosen(1);
    expect(chosen(100_00)).toBe('32');
  });

  it('bear the rate that all lines under it have, and the charge says so', () => {
    const outcome = assessed(toUs('610910'));
    expect(outcome).toMatchObject({ declaredCodes: { 'line-1': '6109100090' } });
    const made = column1(toUs('610910'));
    expect(made).toMatchObject({ rate: '16.5', assumption: 'the line 61091000 under 610910 bears 16.5 %' });
    expect(made?.rateRange).toBeUndefined();
  });

  it.each([
    ['minimum', '2.6', '6109904000'],
    ['median', '16', '6109908000'],
    ['maximum', '32', '6109901000'],
  ] as const)(
    'bear the %s of several rates, with the range and the code of the declaration',
    (policy, rate, code) => {
      const outcome = assessed(by(policy, '610990'));
      expect(outcome.declaredCodes).toEqual({ 'line-1': code });
      expect(outcome.charges[0]).toMatchObject({
        rate,
        rateRange: { least: '2.6 %', most: '32 %', lines: 3 },
        tariffLine: { code: code.slice(0, 8), edition: 'us 2026-11' },
        assumption: expect.stringContaining(`the ${policy} is taken`),
      });
    },
  );

  it('are refused by default, with the range', () => {
    expect(refusal(toUs('610990'))).toBe(
      '610990 is divided in US into 3 lines, 2.6 % to 32 %: it takes a longer code, or a policy of the seller',
    );
  });

  it('are the same goods if zeros fill their code up', () => {
    for (const code of ['61099000', '6109900000'])
      expect(column1(by('maximum', code))).toMatchObject({ rate: '32', rateRange: { lines: 3 } });
    // A line that the tariff has is meant as it is.
    expect(column1(by('maximum', '61091000'))?.rateRange).toBeUndefined();
  });

  it('are chosen by the amount where rates are by weight', () => {
    const perKg = (minor: string) => ({
      specific: [{ minor, currency: 'USD' as const, per: 1, unit: 'kg' as const }],
    });
    const lines = [
      { code: '09011100', goods: 'Coffee', text: '1%', rate: '1' },
      { code: '09011200', goods: 'Coffee', text: '80c/kg', rate: perKg('80') },
    ];
    const mixed = open({ lines });
    const taken = (value: number, unitWeightGrams: number) => {
      const goods = [{ hsCode: '0901', value, origin: 'BR', unitWeightGrams }];
      return column1(by('maximum', '0901', { goods, rules: mixed }))?.tariffLine?.code;
    };
    // A kilogram for 10.00 bears 0.80 or 0.10; ten grams for 100.00 bear less than a cent or 1.00.
    expect(taken(10_00, 1_000)).toBe('09011200');
    expect(taken(100_00, 10)).toBe('09011100');
  });

  it('leave out lines whose rate is not computed, and say so', () => {
    const lines = [...shirts, { code: '61099099', goods: 'Other', text: 'See note 4', rate: undefined }];
    const partly = open({ lines });
    expect(column1(by('minimum', '610990', { rules: partly }))?.assumption).toContain(
      'a line without a computed rate left out',
    );
    // One rate of all lines that are read is not one rate of all.
    const alike = [
      ...percentLines({ '61091000': '16.5' }),
      { code: '61091090', goods: 'x', text: '?', rate: undefined },
    ];
    expect(assess(toUs('610910', { rules: open({ lines: alike }) }))).toMatchObject({
      reason: 'unclassified',
    });
  });
});
