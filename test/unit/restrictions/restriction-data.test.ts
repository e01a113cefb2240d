import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../../shared/duties/rules/rule-file.ts';
import {
  builtinGoodsKinds,
  builtinRestrictionRows,
  builtinRestrictions,
  restrictionFiles,
} from '../../../shared/restrictions/builtin.ts';
import { checkGoods } from '../../../shared/restrictions/check-goods.ts';
import { problemOfKind, problemsOfRestriction } from '../../../shared/restrictions/restriction-file.ts';
import { embargoes } from '../../../shared/screening/embargoes.ts';
import { counterExampleOf, exampleOf, wayOf } from './example-of.ts';

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

describe('the files of restrictions', () => {
  it.each(Object.entries(restrictionFiles))('%s: every row is a valid restriction', (_name, file) => {
    const wrong = rowsOf(file).flatMap((row) =>
      problemsOfRestriction(row).map(({ field, detail }) => `${row.id}: ${field}: ${detail}`),
    );
    expect(wrong).toEqual([]);
  });

  it('contain every id once', () => {
    const ids = builtinRestrictionRows.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('name only countries of ISO 3166-1', () => {
    const places = builtinRestrictionRows.flatMap(({ destinations, origins }) => [
      ...(destinations === '*' ? [] : destinations.filter((place) => place !== 'EU')),
      ...(origins === undefined ? [] : 'only' in origins ? origins.only : origins.except),
    ]);
    expect(places.filter((place) => regionNames.of(place) === undefined)).toEqual([]);
  });

  it('name a law with its number or date, unless no single law is the source', () => {
    const vague = builtinRestrictionRows.filter(({ law }) => !/\d/.test(law)).map(({ id }) => id);
    expect(vague).toEqual(['human-remains']);
  });

  it('name existing kinds of goods, and use each kind', () => {
    expect(builtinGoodsKinds.map(problemOfKind).filter((problem) => problem !== undefined)).toEqual([]);
    const named = builtinRestrictionRows.flatMap(({ kinds = [], exceptKinds = [] }) => [
      ...kinds,
      ...exceptKinds,
    ]);
    const known = builtinGoodsKinds.map(({ kind }) => kind);
    expect(named.filter((kind) => !known.includes(kind))).toEqual([]);
    expect(known.filter((kind) => !named.includes(kind))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  it('bar the destinations that screening bars, from the same days', () => {
    const whole = builtinRestrictionRows.filter(({ id, within }) => id.startsWith('embargo-') && !within);
    const listed = whole.map(({ destinations, validFrom, law }) => [destinations[0], validFrom, law]);
    expect(listed).toEqual(embargoes.map(({ country, adoptedOn, source }) => [country, adoptedOn, source]));
  });

  it('say that a person has to confirm uncertain rows', () => {
    const [example] = checkGoods({
      product: counterExampleOf(),
      destination: { country: 'TR' },
      transport: { shipFrom: 'CN', modes: ['road'], channel: 'courier', services: [] },
      date: '2026-02-06',
    });
    expect(example).toMatchObject({ ruleId: 'tr-no-simplified-clearance', needsReview: false });
    const weak = checkGoods({
      product: counterExampleOf(),
      destination: { country: 'RU' },
      date: '2026-02-06',
    });
    expect(weak[0]).toMatchObject({ ruleId: 'embargo-ru', needsReview: true });
  });
});

const dayBefore = (date: string) => new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
const dayAfter = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);

describe.each(builtinRestrictionRows.map((row) => [row.id, row] as const))('%s', (id, row) => {
  const [listed] = row.destinations === '*' ? ['BR'] : row.destinations;
  const country = listed === 'EU' ? 'SK' : (listed ?? 'BR');
  const destination = {
    country,
    ...(row.within === undefined ? {} : { region: row.within.regions[0] }),
  };
  const product = exampleOf(row, builtinRestrictions.kinds);
  const holdsOn = (date: string, over: Partial<Parameters<typeof checkGoods>[0]> = {}) =>
    checkGoods({ product, destination, transport: wayOf(row), date, ...over }).some(
      ({ ruleId }) => ruleId === id,
    );

  it('applies from its first day to its last day', () => {
    expect(holdsOn(row.validFrom)).toBe(true);
    expect(holdsOn(dayBefore(row.validFrom))).toBe(false);
    expect(holdsOn(row.validTo ?? '2031-12-31')).toBe(true);
    if (row.validTo !== undefined) expect(holdsOn(dayAfter(row.validTo))).toBe(false);
  });

  it('applies to its place, goods and way, and not to others', () => {
    const { validFrom: date } = row;
    if (row.destinations !== '*') expect(holdsOn(date, { destination: { country: 'HK' } })).toBe(false);
    if (row.within !== undefined) expect(holdsOn(date, { destination: { country } })).toBe(false);
    if (row.kinds !== undefined || row.cases !== undefined)
      expect(holdsOn(date, { product: counterExampleOf() })).toBe(false);
    if (row.origins !== undefined)
      expect(holdsOn(date, { product: { ...product, originCountry: 'US' } })).toBe(false);
    const way = wayOf(row);
    const other = { ...way, modes: ['sea'], channel: way.channel === 'post' ? 'courier' : 'post' } as const;
    if (row.modes?.includes('sea') === false || row.channels !== undefined)
      expect(holdsOn(date, { transport: other })).toBe(false);
    if (row.atTheBorder !== undefined)
      expect(holdsOn(date, { transport: { ...way, shipFrom: country } })).toBe(false);
  });

  it('is not satisfied without data', () => {
    const found = checkGoods({ product, destination, transport: wayOf(row), date: row.validFrom });
    expect(found.find(({ ruleId }) => ruleId === id)).toMatchObject({
      satisfied: id === 'cites-species-statement' ? expect.any(Boolean) : false,
      title: row.title,
      law: row.law,
      action: row.action,
    });
  });
});
