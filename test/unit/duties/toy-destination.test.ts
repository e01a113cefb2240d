import { describe, expect, it } from 'vitest';
import { destinationFileSchema } from '../../../shared/duties/destinations/destination-file.ts';
import { generatedFrom } from '../../../shared/duties/destinations/generate.ts';
import { isAssessed } from '../../../shared/duties/index.ts';
import { regimes, regimesOf } from '../../../shared/duties/regimes/index.ts';
import { createRuleBook } from '../../../shared/duties/rule-book.ts';
import { overlapsOf, problemsOfRows } from '../../../shared/duties/rule-import/check-rules.ts';
import { builtinVersion } from '../../../shared/duties/rules/builtin-version.ts';
import { checkedRowsOf, type RuleFile, rowsOf } from '../../../shared/duties/rules/rule-file.ts';
import { type AssessCase, consignmentAndContext, sums } from '../../builders/assess.ts';
import * as listed from '../../fixtures/toys/destination/files.ts';

const list: Readonly<Record<string, RuleFile>> = listed;
const files = Object.fromEntries(
  Object.entries(list).map(([name, file]) => [name, destinationFileSchema.parse(file)]),
);
const today = '2026-11-28';
/** The version that `npm run rules -- version` writes if the toy is on the list. */
const generated = generatedFrom(files, { before: builtinVersion, today }).files;
const rows = Object.values(list).flatMap((file) => checkedRowsOf(file));
const rules = createRuleBook(rows, generated['version.json'].version);
const toy = regimesOf(generated['destinations.json']).find(({ countries }) => countries.includes('IS'));

function assess(given: Omit<AssessCase, 'to' | 'currency' | 'date' | 'rules'>) {
  if (toy === undefined) throw new Error('the toy is no regime');
  const { consignment, context } = consignmentAndContext({
    ...given,
    to: 'IS',
    currency: 'ISK',
    date: today,
    rules,
  });
  return toy.assess(consignment, context);
}

describe('a destination that consists of one file and its line in the list', () => {
  it('is priced like every other: duty on the CIF value, and tax on the sum of value and duty', () => {
    const assessed = assess({ goods: [{ hsCode: '610910', value: 10_000 }], freight: 2_000 });
    if (!isAssessed(assessed)) throw new Error(assessed.detail);
    // CIF 10,000 + 2,000 = 12,000; duty 5 % = 600; VSK 24 % of 12,600 = 3,024.
    expect(sums(assessed)).toEqual({ duty: 600, tax: 3_024, fees: 0 });
    expect(assessed.scheme).toBe('import');
    expect(assessed.charges.map(({ ruleId }) => ruleId)).toEqual(['is-duty-61', 'is-vsk-24']);
  });

  it('grants relief of duty up to the threshold, and not for one króna more', () => {
    const at = (value: number) => assess({ goods: [{ hsCode: '610910', value }], freight: 500 });
    // CIF 5,000: VSK 24 % = 1,200. CIF 5,001: duty 5 % = 250.05, so 250; VSK 24 % of 5,251 = 1,260.24, so 1,260.
    const [upTo, above] = [at(4_500), at(4_501)];
    expect(isAssessed(upTo) && sums(upTo)).toEqual({ duty: 0, tax: 1_200, fees: 0 });
    expect(isAssessed(above) && sums(above)).toEqual({ duty: 250, tax: 1_260, fees: 0 });
  });

  it('refuses goods that its rows do not cover', () => {
    expect(assess({ goods: [{ hsCode: '640399', value: 10_000 }], freight: 0 })).toMatchObject({
      reason: 'unclassified',
    });
    expect(assess({ from: 'IS', goods: [{ hsCode: '610910', value: 10_000 }], freight: 0 })).toMatchObject({
      reason: 'not-registered',
    });
  });

  it('sells within the country if the seller is registered there', () => {
    const seller = { taxNumbers: { IS: '12345' } };
    const sold = assess({ from: 'IS', seller, goods: [{ hsCode: '610910', value: 10_000 }], freight: 500 });
    // VSK 24 % of 10,500.
    expect(isAssessed(sold) && { scheme: sold.scheme, ...sums(sold) }).toEqual({
      scheme: 'domestic',
      duty: 0,
      tax: 2_520,
      fees: 0,
    });
  });

  it('has its own tax number and version', () => {
    expect(generated['tax-numbers.json']).toMatchObject({ IS: '^\\d{5,6}$', AU: '^\\d{11,12}$' });
    expect(generated['version.json'].version).toMatch(/^2026-11-28-[0-9a-f]{8}$/);
    expect(generated['version.json'].version).not.toBe(builtinVersion);
  });

  it('has valid rows that do not overlap, and that change no other destination', () => {
    expect(problemsOfRows(rowsOf(listed.is))).toEqual([]);
    expect(overlapsOf(rows)).toEqual([]);
    const others = generated['destinations.json'].filter(({ code }) => code !== 'is');
    expect(regimesOf(others).map(({ code }) => code)).toEqual(
      regimes.map(({ code }) => code).filter((code) => others.some((each) => each.code === code)),
    );
  });

  it.each([
    ['an unknown time zone', { timeZone: 'Europe/Atlantis' }],
    ['an unknown country', { countries: ['XX'] }],
    ['an unknown currency', { currency: 'XXX' }],
    ['an authority without a country', { customs: 'customs' }],
    ['an unknown field', { colour: 'blue' }],
  ])('is refused with %s', (_what, wrong) => {
    const file = { ...listed.is, destination: { ...listed.is.destination, ...wrong } };
    expect(destinationFileSchema.safeParse(file).success).toBe(false);
  });
});
