import { expect, test } from 'vitest';
import { usHts } from '../../../../infra/cli/tariff/publishers/us-hts/us-hts.ts';
import { htsFile, htsRow } from '../rules-convert/convert.ts';
import { text } from './files.ts';

const read = (rows: readonly object[]) => usHts.read([text('hts.json', htsFile(rows).text)], '2026-12-01');

const heading = htsRow('6109', '', { indent: '0', description: 'T-shirts, <i>knitted</i>:' });
const cotton = htsRow('6109.10.00', '16.5%', {
  ...{ indent: '1', description: 'Of cotton', special: 'Free (AU,KR,S) 3.2% (P)' },
});

test('a line of eight digits has the general rate and the rates of its agreements', () => {
  const { lines, unparsed, read: rows } = read([heading, cotton]);
  expect(rows).toBe(2);
  expect(unparsed).toEqual([]);
  expect(lines).toEqual([
    {
      ...{ code: '61091000', goods: 'T-shirts, knitted: Of cotton', text: '16.5%', rate: '16.5' },
      preferences: {
        'us-au-fta': { text: 'Free', rate: '0' },
        korus: { text: 'Free', rate: '0' },
        usmca: { text: 'Free', rate: '0' },
        'cafta-dr': { text: '3.2%', rate: '3.2' },
      },
    },
  ]);
});

test('lines of ten digits inherit it, and a single suffix 00 is the line of eight digits', () => {
  const ten = (number: string) => htsRow(number, '', { indent: '2', description: number });
  const { lines } = read([heading, cotton, ten('6109.10.00.04'), ten('6109.10.00.07')]);
  expect(lines.map(({ code, rate }) => [code, rate])).toEqual([
    ['61091000', '16.5'],
    ['6109100004', '16.5'],
    ['6109100007', '16.5'],
  ]);
  expect(lines[2]?.preferences).toEqual(lines[0]?.preferences);
  const only = read([heading, htsRow('6109.90.10.00', '32%', { indent: '1' })]);
  expect(only.lines.map(({ code, rate }) => [code, rate])).toEqual([['61099010', '32']]);
});

test('chapters 98 and 99 classify no goods', () => {
  expect(read([htsRow('9903.88.03', '25%'), htsRow('9801.00.10', 'Free')]).lines).toEqual([]);
});

test('rates in words are listed, and their lines have no rate', () => {
  const { lines, unparsed } = read([
    htsRow('9102.11.10', '44¢ each + 6% on the case + 14% on the strap', { special: 'See 9823.01.01 (S+)' }),
    htsRow('0201.10.50', '26.4%', { special: 'Free (S) See 9823.01.01 (S+)' }),
    htsRow('0406.90.94', '10%', { special: 'Free (KR) PA (PA' }),
    htsRow('8471.30.01', 'Free', { additionalDuties: 'a note' }),
  ]);
  expect(lines.map(({ code, rate }) => [code, rate])).toEqual([
    ['91021110', undefined],
    ['02011050', '26.4'],
    ['04069094', '10'],
    ['84713001', undefined],
  ]);
  // S and S+ are one agreement with two rates here: none is chosen.
  expect(lines[1]?.preferences?.usmca).toEqual({ text: 'See 9823.01.01', rate: undefined });
  expect(unparsed.map(({ code, reason }) => `${code} ${reason}`)).toEqual([
    '91021110 a rate for a part of the goods, such as a case, a battery or a content of metal',
    '91021110 preference: a rate that another line or a note states',
    '02011050 preference: two rates of one agreement',
    '04069094 preference: a rate in words, or in a form that is not known',
    '84713001 additional duties are named beside the rate',
  ]);
});
