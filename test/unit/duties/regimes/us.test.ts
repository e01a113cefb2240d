import { describe, expect, it } from 'vitest';
import { assess, assessed, registeredSeller, sums } from '../../../builders/assess.ts';

/** The importer of record of formal entries. */
const withNumber = { ...registeredSeller, importer: { US: '98-7654321XX' } };
const base = {
  ...{ to: 'US', currency: 'USD' as const, date: '2026-12-01', freight: 12_00 },
  seller: withNumber,
};
/** Goods of USD 60.00; a cotton T-shirt bears 16.5 % of column 1, 9.90. */
const of = (origin: string, hsCode = '6109100012', ...originProofs: string[]) => [
  { hsCode, value: 60_00, origin, originProofs },
];
const duty = (given: Partial<Parameters<typeof assessed>[0]>) =>
  sums(assessed({ ...base, goods: of('CN'), ...given })).duty;

describe('the de minimis relief', () => {
  it.each([
    ['CN', '2025-05-01', true],
    ['CN', '2025-05-02', false],
    ['HK', '2025-05-02', false],
    ['GB', '2025-05-02', true],
    ['GB', '2025-08-28', true],
    ['GB', '2025-08-29', false],
  ])('USD 800.00 of goods of %s on %s: relieved %s', (origin, date, relieved) => {
    const at = (value: number) => ({ ...base, date, goods: [{ hsCode: '6109100012', value, origin }] });
    expect(assess(at(800_00))).toMatchObject(
      relieved ? { scheme: 'de-minimis', charges: [] } : { reason: 'not-supported' },
    );
    expect(assess(at(800_01))).toMatchObject({ reason: 'not-supported' });
  });

  it.each([
    ['2026-02-23', 'us-de-minimis-suspended'],
    ['2026-06-23', 'us-de-minimis-suspended'],
    ['2026-06-24', 'us-de-minimis-abolished'],
    ['2027-06-30', 'us-de-minimis-abolished'],
    ['2027-07-01', 'us-de-minimis-repealed'],
  ])('does not apply on %s, by rule %s', (date, ruleId) => {
    const [decision] = assessed({ ...base, date, goods: of('GB') }).deMinimis;
    expect(decision).toMatchObject({ on: 'duty', relieved: false, ruleId });
  });
});

describe('duties on top of column 1', () => {
  it.each([
    // 16.5 + 7.5 + IEEPA 20 + 10 = 54 %.
    ['2025-10-01', 32_40],
    ['2025-11-09', 32_40],
    // The duty on fentanyl fell to 10: 44 %.
    ['2025-11-10', 26_40],
    ['2026-02-23', 26_40],
    // Section 122 of 10 in the place of both: 34 %.
    ['2026-02-24', 20_40],
    ['2026-07-23', 20_40],
    // Section 301 on forced labour of 12.5: 36.5 %.
    ['2026-07-24', 21_90],
  ])('T-shirts of China on %s bear %i cents', (date, cents) => {
    expect(duty({ date })).toBe(cents);
  });

  it('are unknown before 2025-10-01, and before 2026-02-24 for other countries than China and Britain', () => {
    expect(assess({ ...base, date: '2025-09-30', goods: of('CN') })).toMatchObject({
      reason: 'not-supported',
    });
    // 16.5 + 10 = 26.5 %: 15.90.
    expect(duty({ date: '2025-10-01', goods: of('GB') })).toBe(15_90);
    expect(duty({ date: '2026-02-23', goods: of('GB') })).toBe(15_90);
    for (const date of ['2025-10-01', '2026-02-23'])
      expect(assess({ ...base, date, goods: of('DE') })).toMatchObject({
        reason: 'not-supported',
        detail: expect.stringContaining('reciprocal rates by country'),
      });
    expect(duty({ date: '2026-02-24', goods: of('DE') })).toBe(15_90);
  });

  it.each([
    // T-shirts, 16.5 %; plastics, 5.3 %; toys, free: in per cent of USD 60.00.
    ['GB, 10 %', 'GB', [15_90, 9_18, 6_00]],
    ['VN, 12.5 %', 'VN', [17_40, 10_68, 7_50]],
    ['DE, 10 % net of column 1', 'DE', [9_90, 6_00, 6_00]],
    ['TW, 10 % net of column 1', 'TW', [9_90, 6_00, 6_00]],
    ['JP, 12.5 % net of column 1', 'JP', [9_90, 7_50, 7_50]],
    ['KR, 12.5 % net of column 1', 'KR', [9_90, 7_50, 7_50]],
    ['CH, 12.5 % net of column 1', 'CH', [9_90, 7_50, 7_50]],
    ['a country not investigated', 'KE', [9_90, 3_18, 0]],
  ])('forced labour, %s', (_name, origin, cents) => {
    const codes = ['6109100012', '3926909985', '9503000073'];
    expect(codes.map((hsCode) => duty({ goods: of(origin, hsCode) }))).toEqual(cents);
  });

  it.each([
    // Section 122, 10 % beside column 1, to the day before.
    ['GB', 15_90, 15_90],
    ['VN', 15_90, 17_40],
    ['DE', 15_90, 9_90],
    ['JP', 15_90, 9_90],
    ['KE', 15_90, 9_90],
  ])('T-shirts of %s bear %i cents on 2026-07-23 and %i on 2026-07-24', (origin, before, after) => {
    const on = (date: string) => duty({ date, goods: of(origin) });
    expect([on('2026-07-23'), on('2026-07-24')]).toEqual([before, after]);
  });

  it('on toys without column 1 duty show the subtraction from its first day: 10 % of Germany, 12.5 % of Japan', () => {
    const toys = (date: string, origin: string) => duty({ date, goods: of(origin, '9503000073') });
    expect([toys('2026-07-23', 'DE'), toys('2026-07-24', 'DE')]).toEqual([6_00, 6_00]);
    expect([toys('2026-07-23', 'JP'), toys('2026-07-24', 'JP')]).toEqual([6_00, 7_50]);
  });

  it('goods of Brazil and Canada are refused from the first day of duties with unknown lists, as is column 2', () => {
    expect(duty({ date: '2026-07-21', goods: of('BR') })).toBe(15_90);
    expect(assess({ ...base, date: '2026-07-22', goods: of('BR') })).toMatchObject({
      reason: 'trade-defence',
    });
    expect(duty({ date: '2026-08-18', goods: of('CA') })).toBe(15_90);
    expect(assess({ ...base, date: '2026-08-19', goods: of('CA') })).toMatchObject({
      reason: 'trade-defence',
    });
    expect(assess({ ...base, goods: of('RU') })).toMatchObject({ reason: 'not-supported' });
  });

  it.each([
    ['books: Section 301 alone, 7.5 %', '4901990093', 4_50],
    ['smart watches of statistical line 90: 7.5 %, without forced labour', '8517620090', 4_50],
    ['other wireless devices: 25 %', '8517620020', 15_00],
    ['power banks: 3.4 + 25 + 12.5 %', '8507600020', 24_54],
    ['backpacks: 17.6 + 25 + 12.5 %', '4202923131', 33_06],
    ['imitation jewellery: 11 + 7.5 + 12.5 %', '7117199000', 18_60],
    ['pet food: 25 + 12.5 %', '2309100010', 22_50],
    ['bicycle parts: 10 + 7.5 + 12.5 %', '8714998000', 18_00],
  ])('of China, %s', (_name, hsCode, cents) => {
    expect(duty({ goods: of('CN', hsCode) })).toBe(cents);
  });

  it('include 7.5 % of Section 301 on power banks until 2025-12-31', () => {
    // 3.4 + 7.5 + 10 + 10 = 30.9 %; from 2026-01-01 3.4 + 25 + 20 = 48.4 %.
    const on = (date: string) => duty({ date, goods: of('CN', '8507600020') });
    expect([on('2025-12-31'), on('2026-01-01')]).toEqual([18_54, 29_04]);
  });

  it('phone cases of China bear 7.5 % by note 20(s) from 2026, or what the merchant answers', () => {
    const goods = of('CN', '3926909985');
    // 5.3 + 7.5 + 12.5 = 25.3 %: 3.18 + 4.50 + 7.50.
    expect(duty({ goods })).toBe(15_18);
    expect(assess({ ...base, goods, date: '2025-12-31' })).toMatchObject({ reason: 'unclassified' });
    const by = (usSection301OtherPlastics: '7.5' | '25') =>
      assessed({ ...base, goods, seller: { ...registeredSeller, switches: { usSection301OtherPlastics } } });
    // 5.3 + 25 + 12.5 = 42.8 %: 3.18 + 15.00 + 7.50.
    expect([sums(by('7.5')).duty, sums(by('25')).duty]).toEqual([15_18, 25_68]);
    expect(by('25').charges[1]).toMatchObject({ code: 'us-section-301-china', needsReview: true });
  });
});

describe('Section 232', () => {
  it.each([
    // USD 60.00: column 1, Section 301 on goods of China, Section 232; no duty on forced labour beside it.
    ['kitchenware of steel: 2 + 25 %', 'DE', '7323930045', 16_20],
    ['the same of China, in no list of Section 301: 2 + 25 %', 'CN', '7323930045', 16_20],
    // 0.8 cents + 2.76, 4.50 and 15.00.
    ['a kitchen knife of China: 0.8 cents + 4.6 %, 7.5, 25 %', 'CN', '8211922000', 22_27],
    ['screws of steel, 50 %', 'DE', '7318156000', 30_00 + 3_72],
    ['a crane’s part, 15 % with column 1', 'DE', '8431390010', 9_00],
    ['a tyre of China: 4 + 25 + 25 %', 'CN', '4011101010', 32_40],
    ['a tyre of Germany, 15 % with column 1', 'DE', '4011101010', 9_00],
    ['a tyre of Britain, 10 % with column 1', 'GB', '4011101010', 6_00],
    ['a bumper of China, of parts of vehicles and not of metals: 2.5 + 25 + 25 %', 'CN', '8708106050', 31_50],
    ['a cabinet of wood of Germany, 15 %', 'DE', '9403608093', 9_00],
    ['a cabinet of wood of Britain, 10 %', 'GB', '9403608093', 6_00],
    ['a cabinet of wood of Viet Nam, 25 %', 'VN', '9403608093', 15_00],
    ['another table of wood of Viet Nam: forced labour alone, 12.5 %', 'VN', '9403608040', 7_50],
    ['a chair of metal of Germany, in no list: forced labour alone, 10 %', 'DE', '9401790006', 6_00],
  ])('%s', (_name, origin, hsCode, cents) => {
    expect(duty({ goods: of(origin, hsCode) })).toBe(cents);
  });

  it('is refused by name where the use or the contents decide, and medicines and polysilicon from their days', () => {
    for (const hsCode of ['8703230190', '8512202040', '8429110000', '8471500150', '8806220000', '8708401110'])
      expect(assess({ ...base, goods: of('DE', hsCode) }), hsCode).toMatchObject(
        hsCode === '8708401110' ? { scheme: 'informal-entry' } : { reason: 'trade-defence' },
      );
    const reason = (date: string, hsCode: string) => assess({ ...base, date, goods: of('DE', hsCode) });
    expect(reason('2026-06-07', '7323930045')).toMatchObject({ reason: 'trade-defence' });
    expect(reason('2026-06-08', '7323930045')).toMatchObject({ scheme: 'informal-entry' });
    expect(reason('2027-01-01', '9403608093')).toMatchObject({ reason: 'trade-defence' });
    expect(reason('2026-09-28', '3004909229')).toMatchObject({ scheme: 'informal-entry' });
    expect(reason('2026-09-29', '3004909229')).toMatchObject({ reason: 'trade-defence' });
    expect(reason('2026-12-03', '3818000010')).toMatchObject({ scheme: 'informal-entry' });
    expect(reason('2026-12-04', '3818000010')).toMatchObject({ reason: 'trade-defence' });
  });

  it('says that the weight of the metal is to be confirmed where it decides', () => {
    const [, , metal] = assessed({ ...base, goods: of('CN', '8211922000') }).charges;
    expect(metal).toMatchObject({ code: 'us-section-232-metals', rate: '25', needsReview: true });
    const [, pot] = assessed({ ...base, goods: of('DE', '7323930045') }).charges;
    expect(pot).toMatchObject({ code: 'us-section-232-metals', rate: '25' });
    expect(pot?.needsReview).toBeUndefined();
  });

  it('makes a short code ambiguous: lines of one rate, of which one is a kitchen cabinet', () => {
    const short = { ...base, goods: of('VN', '940360') };
    expect(assess(short)).toMatchObject({
      reason: 'unclassified',
      detail: expect.stringContaining('some with other duties or limits besides'),
    });
    const by = (classification: 'minimum' | 'maximum') =>
      assessed({ ...short, seller: { ...withNumber, classification } });
    expect(sums(by('minimum')).duty).toBe(7_50);
    expect(sums(by('maximum')).duty).toBe(15_00);
    expect(by('maximum').charges[0]).toMatchObject({
      rateRange: { least: '0 % + 12.5 %', most: '0 % + 25 %', lines: 5 },
      tariffLine: { code: '94036080' },
    });
    expect(by('maximum').declaredCodes).toEqual({ 'line-1': '9403608093' });
  });
});

describe('trade agreements', () => {
  it('exempt clothing under CAFTA-DR from column 1, forced labour and the processing fee', () => {
    expect(sums(assessed({ ...base, goods: of('HN') }))).toEqual({ duty: 15_90, tax: 0, fees: 2_77 });
    const claimed = assessed({ ...base, goods: of('HN', '6109100012', 'cafta-dr') });
    expect(sums(claimed)).toEqual({ duty: 0, tax: 0, fees: 0 });
    // The Dominican Republic is of the list of 12.5 %.
    expect(sums(assessed({ ...base, goods: of('DO', '6109100012', 'cafta-dr') })).duty).toBe(0);
  });

  it('of KORUS subtract the agreed rate: 12.5 % of forced labour on clothing, and no processing fee', () => {
    const claimed = assessed({ ...base, goods: of('KR', '6109100012', 'korus') });
    expect(sums(claimed)).toEqual({ duty: 7_50, tax: 0, fees: 0 });
  });

  it('leave the fee of a formal entry only on the goods that are not exempt', () => {
    const goods = [
      { hsCode: '6109100012', value: 20_000_00, origin: 'MX', originProofs: ['usmca'] },
      { hsCode: '6109100012', value: 20_000_00, origin: 'GB' },
    ];
    // 20,000.00 x 0.3464 % = 69.28.
    expect(sums(assessed({ ...base, goods })).fees).toBe(69_28);
  });
});

describe('the merchandise processing fee', () => {
  it.each([
    ['2026-09-30', 2_500_00, 2_69],
    ['2026-10-01', 2_500_00, 2_77],
    // Formal: 0.3464 % of 2,500.01 is 8.66, of 200,000.00 692.80, of 12,000.00 41.57 (41.568).
    ['2026-09-30', 2_500_01, 33_58],
    ['2026-10-01', 2_500_01, 34_58],
    ['2026-10-01', 12_000_00, 41_57],
    ['2026-09-30', 200_000_00, 651_50],
    ['2026-10-01', 200_000_00, 670_86],
  ])('on %s of %i cents of goods: %i', (date, value, fee) => {
    const goods = [{ hsCode: '6109100012', value }];
    expect(sums(assessed({ ...base, date, goods })).fees).toBe(fee);
  });
});

describe('mail', () => {
  it.each([
    // IEEPA of 20 + 10 = 30 % is over 25, of 10 + 10 = 20 % is between, of 10 % is below 16.
    ['CN', '2025-08-29', 200_00],
    ['CN', '2025-11-09', 200_00],
    ['CN', '2025-11-10', 160_00],
    ['CN', '2026-02-23', 160_00],
    ['GB', '2025-08-29', 80_00],
    ['GB', '2026-02-28', 80_00],
    // Then Section 122 alone: 60.00 x 10 % = 6.00.
    ['CN', '2026-02-24', 6_00],
    ['GB', '2026-03-01', 6_00],
    ['DE', '2026-07-23', 6_00],
  ])('of goods of %s on %s bears %i cents', (origin, date, cents) => {
    const outcome = assessed({ ...base, channel: 'post', date, goods: of(origin) });
    expect(sums(outcome)).toEqual({ duty: cents, tax: 0, fees: 0 });
    expect(outcome.charges[0]).toMatchObject({ needsReview: true, rate: expect.stringMatching(/^\d/) });
  });

  it('of more than USD 800 is refused, and all mail since 2026-07-24', () => {
    const mail = { ...base, channel: 'post' as const };
    const at = (value: number) => [{ hsCode: '6109100012', value, origin: 'DE' }];
    expect(sums(assessed({ ...mail, date: '2026-07-23', goods: at(800_00) })).duty).toBe(80_00);
    expect(assess({ ...mail, date: '2026-07-23', goods: at(800_01) })).toMatchObject({
      reason: 'not-supported',
    });
    expect(assess({ ...mail, date: '2026-07-24', goods: of('DE') })).toMatchObject({
      reason: 'not-supported',
    });
  });
});

describe('the importer of record of a formal entry', () => {
  /** 19 CFR 143.21(a): informal up to USD 2,500. The shirts of Britain cost that, and a cent more. */
  const worth = (value: number, given: Partial<Parameters<typeof assess>[0]> = {}) =>
    assess({ ...base, goods: [{ hsCode: '6109100012', value, origin: 'GB' }], ...given });

  it('is the seller with duty paid, by its number', () => {
    expect(worth(2_500_01)).toMatchObject({ dataSet: 'US_TYPE_01' });
  });

  it('is missing where the seller has no number: the goods are refused, and the registration is named', () => {
    expect(worth(2_500_01, { seller: registeredSeller })).toEqual({
      reason: 'not-registered',
      detail:
        'above USD 2,500 a formal entry names the importer of record by its number ' +
        '(19 CFR 24.5 and 143.21(a), CBP form 7501 block 23): the seller has none in US',
    });
  });

  it('can not be the consignee, whose number is not asked for', () => {
    expect(worth(2_500_01, { incoterm: 'DAP' })).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringMatching(/the consignee's is not asked for, so ask for DDP$/),
    });
  });

  it('needs no number in an informal entry', () => {
    for (const incoterm of ['DDP', 'DAP'] as const)
      expect(worth(2_500_00, { incoterm, seller: registeredSeller })).toMatchObject({
        dataSet: 'US_TYPE_11',
      });
  });
});
