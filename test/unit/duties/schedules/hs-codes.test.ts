import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRuleBook } from '../../../../shared/duties/rule-book.ts';
import { schedulesBeside } from '../../../../shared/runtime/tariff-files.ts';
import { percentLines, schedulesOf } from '../../../builders/schedules.ts';

const { translate } = schedulesBeside;

const tableOf = (name: string) =>
  (
    JSON.parse(readFileSync(`shared/duties/schedules/editions/${name}`, 'utf8')) as {
      readonly subheadings: Readonly<Record<string, readonly string[]>>;
    }
  ).subheadings;

describe('a subheading of HS 2022 in an earlier edition', () => {
  // Read in the correlation tables of the United Nations Statistics Division.
  it.each([
    // Smartphones were telephones for cellular networks until 2021.
    ['851713', 'HS2017', ['851712']],
    ['851713', 'HS2012', ['851712']],
    // Electronic cigarettes came with 2022.
    ['854340', 'HS2012', ['854370']],
    // LED lamps had no subheading in 2012, and one since 2017.
    ['853952', 'HS2017', ['853950']],
    ['853952', 'HS2012', ['854370']],
    // Men's jackets of man-made fibres were coats or anoraks.
    ['620140', 'HS2012', ['620113', '620193']],
    // Frozen yellowfin tuna and shirts of cotton have kept their codes.
    ['030342', 'HS2012', []],
    ['610910', 'HS2012', []],
    // Flat panels came from more than twenty.
    ['852411', 'HS2012', []],
  ] as const)('%s in %s', (code, edition, expected) => {
    expect(translate(code, edition)).toEqual(expected);
  });

  it('has six digits on both sides, and is none of its own sources', () => {
    for (const name of ['hs-2022-to-2012.json', 'hs-2022-to-2017.json'])
      for (const [code, from] of Object.entries(tableOf(name))) {
        expect([code, ...from].filter((each) => !/^\d{6}$/.test(each))).toEqual([]);
        expect(from.length).toBeGreaterThan(0);
        expect(from.length).toBeLessThanOrEqual(20);
        expect(from).not.toContain(code);
      }
  });

  it('came to HS 2012 by way of HS 2017', () => {
    const [to2012, to2017] = [tableOf('hs-2022-to-2012.json'), tableOf('hs-2022-to-2017.json')];
    // What HS 2017 did not have, HS 2012 did not have either, but for what came from too many.
    expect(Object.keys(to2017).filter((code) => to2012[code] === undefined)).toEqual([]);
  });

  it('has the line of its source in a tariff of HS 2012', () => {
    const lines = percentLines({ '85171200': '3', '85176200': '0' });
    const schedules = schedulesOf({ header: { tariff: 'gb', hs: 'HS2012' }, lines });
    const scheduled = createRuleBook([], 'test', schedules).rulesOf('gb', '2026-12-01').scheduleOf('gb');
    expect(scheduled?.below('851713').rules).toMatchObject([{ hsPrefix: '85171200', rate: '3' }]);
    expect(scheduled?.below('854340').rules).toEqual([]);
  });
});
