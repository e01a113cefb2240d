import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { destinationFileSchema } from '../../../shared/duties/destinations/destination-file.ts';
import { generatedFrom } from '../../../shared/duties/destinations/generate.ts';
import { regimes } from '../../../shared/duties/regimes/index.ts';
import { overlapsOf, problemsOfRows } from '../../../shared/duties/rule-import/check-rules.ts';
import { builtinRows, ruleFiles } from '../../../shared/duties/rules/builtin.ts';
import { builtinVersion } from '../../../shared/duties/rules/builtin-version.ts';
import { rowsByRegime } from '../../../shared/duties/rules/rows-by-regime.ts';
import { rowsOf } from '../../../shared/duties/rules/rule-file.ts';
import { fingerprint } from '../../../shared/kernel/hash.ts';
import { rulesBeside } from '../../../shared/runtime/rule-files.ts';

describe('the rule files', () => {
  it.each(Object.entries(ruleFiles))('%s: every row is a valid rule', (_name, file) => {
    expect(problemsOfRows(rowsOf(file))).toEqual([]);
  });

  it.each(Object.entries(ruleFiles))('%s: has a valid header', (name, file) => {
    const read = destinationFileSchema.parse(file);
    const { destination, taxNumbers = {} } = read;
    if (destination !== undefined) {
      expect(name).toBe(destination.code);
      expect(read.defaults).toMatchObject({ regime: destination.code });
    }
    const code = destination?.code ?? name;
    const countries = regimes.find((regime) => regime.code === code)?.countries ?? [];
    for (const country of Object.keys(taxNumbers)) expect(countries).toContain(country);
  });

  it('are all on the list of files', () => {
    const files = readdirSync('shared/duties/destinations').filter((file) => file.endsWith('.json'));
    expect(files.length).toBe(Object.keys(ruleFiles).length);
  });

  it('agree with the files under generated/: run `npm run rules -- version`', () => {
    const read = Object.entries(ruleFiles).map(([name, file]) => [name, destinationFileSchema.parse(file)]);
    const { files } = generatedFrom(Object.fromEntries(read), {
      before: builtinVersion,
      today: '2000-01-01',
    });
    for (const [name, content] of Object.entries(files))
      expect(JSON.parse(readFileSync(`shared/duties/destinations/generated/${name}`, 'utf8'))).toEqual(
        content,
      );
  });

  it('give the rows of a regime from the files of that regime alone, each read once', () => {
    const read: string[] = [];
    const ofRegime = rowsByRegime((name) => {
      read.push(name);
      return readFileSync(`shared/duties/destinations/${name}.json`, 'utf8');
    });
    const rowsIn = (regime: string) => builtinRows.filter((row) => row.regime === regime);
    expect(ofRegime('gb')).toEqual(rowsIn('gb'));
    expect(read).toEqual(['gb', 'gb-tariff', 'preferences']);
    for (const { code } of regimes) expect(ofRegime(code), code).toEqual(rowsIn(code));
    expect(read.toSorted()).toEqual([...new Set(read)].toSorted());
    expect(ofRegime('gb')).toBe(ofRegime('gb'));
    expect(ofRegime('atlantis')).toEqual([]);
    expect(rulesBeside('us')).toEqual(rowsIn('us'));
  });

  it('contain every id once, and no two rows for the same subject on one day', () => {
    const ids = builtinRows.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(overlapsOf(builtinRows)).toEqual([]);
  });

  it('belong to registered regimes, and name countries of those regimes', () => {
    for (const { id, regime, destinations = [] } of builtinRows) {
      const found = regimes.find(({ code }) => code === regime);
      expect(found, `${id}: ${regime}`).toBeDefined();
      for (const country of destinations) expect(found?.countries, id).toContain(country);
    }
  });

  it('have the version that belongs to their fingerprint: run `npm run rules -- version`', () => {
    expect(builtinVersion.slice(11)).toBe(fingerprint(builtinRows).slice(0, 8));
  });

  it('cover each country once', () => {
    const countries = regimes.flatMap(({ countries: own }) => [...own] as string[]);
    expect(countries.filter((country, index) => countries.indexOf(country) !== index)).toEqual([]);
  });
});
