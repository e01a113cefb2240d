import { expect, test } from 'vitest';
import { distinctLines } from '../../../../infra/cli/tariff/distinct-lines.ts';
import { euCn } from '../../../../infra/cli/tariff/publishers/eu-taric/eu-cn.ts';
import { euTaric } from '../../../../infra/cli/tariff/publishers/eu-taric/eu-taric.ts';
import { publishers } from '../../../../infra/cli/tariff/publishers/index.ts';
import { euDitCet, ukDitUkgt } from '../../../../infra/cli/tariff/publishers/uk-dit/uk-dit.ts';
import { ukTariff } from '../../../../infra/cli/tariff/publishers/uk-tariff/uk-tariff.ts';
import { witsHs6 } from '../../../../infra/cli/tariff/publishers/wits-hs6/wits-hs6.ts';
import { fixture } from '../rules-convert/convert.ts';
import { text } from './files.ts';

const ON = '2026-12-01';

test('every publisher has its own name', () => {
  const names = publishers.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('the table of the Department for International Trade gives two tariffs', () => {
  const table = text(
    'side-by-side.csv',
    [
      'commodity,description,cet_duty_rate,ukgt_duty_rate,change',
      '1012100,"Pure-bred horses",0.0%,0.0%,No change',
      '61091000,"T-shirts  of cotton",12.0%,12.0%,No change',
      '6109100010,"T-shirts for a suspension",12.0%,10.0%,Reduced',
      '7081000,"Peas",8.00% (01 JAN-31 MAY),8.00%,x',
      '17049051,"Paste",9.00% +  EA MAX 18.70%  + ADSZ,8.00%,x',
      '1902301010,"Pasta",6.4 + 24.6 EUR/100 kg,6.00% + 20.00 GBP/100kg,x',
    ].join('\n'),
  );
  const gb = ukDitUkgt.read([table], ON);
  expect(gb.read).toBe(6);
  expect(gb.lines.map(({ code, rate }) => [code, rate])).toEqual([
    ['01012100', '0'],
    ['61091000', '12'],
    ['07081000', '8'],
    ['17049051', '8'],
    ['1902301010', { percent: '6', perKg: { amount: 20, currency: 'GBP' } }],
  ]);
  const eu = euDitCet.read([table], ON);
  // The longer code of a suspension is left out; one without a line of eight digits is a line.
  expect(eu.lines.map(({ code }) => code)).toEqual([
    '01012100',
    '61091000',
    '07081000',
    '17049051',
    '1902301010',
  ]);
  expect(eu.lines[1]?.goods).toBe('T-shirts of cotton');
  expect(eu.lines[2]?.season).toEqual({ from: '01-01', to: '05-31' });
  // 24.60 euros for 100 kg are 24.6 cents a kilogram: the rate keeps the quantity of the table.
  expect(eu.lines[4]?.rate).toEqual({
    percent: '6.4',
    specific: [{ minor: '2460', currency: 'EUR', per: 100, unit: 'kg' }],
  });
  expect(eu.unparsed).toEqual([
    {
      code: '17049051',
      text: '9.00% +  EA MAX 18.70%  + ADSZ',
      reason: 'a rate by composition, entry price or formula',
    },
  ]);
});

const TARIC_HEADER =
  'Goods code;Add code;Order No.;Start date;End date;RED_IND;Origin;Measure type;Legal base;Duty;Origin code;Meas. type code';

test('TARIC gives the third-country duty that holds on the day, with preferences above it', () => {
  const row = (cells: readonly string[]) => cells.join(';');
  const { lines, unparsed, read } = euTaric.read(
    [
      text(
        'duties.csv',
        [
          TARIC_HEADER,
          row([
            '6109100000',
            '',
            '',
            '2020-01-01',
            '2025-12-31',
            '',
            'ERGA OMNES',
            'x',
            'R',
            '12.500 %',
            '1011',
            '103',
          ]),
          row([
            '6109100000',
            '',
            '',
            '2026-01-01',
            '',
            '',
            'ERGA OMNES',
            'x',
            'R',
            '12.000 %',
            '1011',
            '103',
          ]),
          row([
            '6109100000',
            'A123',
            '',
            '2026-01-01',
            '',
            '',
            'ERGA OMNES',
            'x',
            'R',
            '1.000 %',
            '1011',
            '103',
          ]),
          row(['6109000000', '', '', '2026-01-01', '', '', 'Japan', 'x', 'R', '0.000 %', 'JP', '142']),
          row(['6109000000', '', '090001', '2026-01-01', '', '', 'Korea', 'x', 'R', '0.000 %', 'KR', '142']),
          row([
            '1905310000',
            '',
            '',
            '2026-01-01',
            '',
            '',
            'ERGA OMNES',
            'x',
            'R',
            '9.000 % + EA',
            '1011',
            '103',
          ]),
        ].join('\n'),
      ),
    ],
    ON,
  );
  expect(read).toBe(6);
  expect(lines).toEqual([
    {
      ...{ code: '610910', goods: '', text: '12.000 %', rate: '12' },
      preferences: { 'eu-jp-epa': { text: '0.000 %', rate: '0' } },
    },
    { code: '190531', goods: '', text: '9.000 % + EA', rate: undefined },
  ]);
  expect(unparsed.map(({ code }) => code)).toEqual(['190531']);
  const lost = text('duties.csv', `${TARIC_HEADER}\n${row(['101210000', '', '', '2026-01-01'])}`);
  expect(() => euTaric.read([lost], ON)).toThrow(
    'duties.csv:2: the goods code does not have ten digits: 101210000',
  );
});

test('the Combined Nomenclature gives conventional rates as it prints them', () => {
  const table = text(
    'cn.csv',
    [
      'CN code;Description;Conventional rate of duty (%);Supplementary unit',
      '0201;Meat of bovine animals, fresh or chilled;;',
      '0201 10 00;– Carcases and half-carcases;12,8 + 176,8 €/100 kg/net (1);—',
      '0101 21 00;– – Pure-bred breeding animals;Free;p/st',
      '6109 10 00;– Of cotton;12;p/st',
    ].join('\n'),
  );
  const { lines, unparsed } = euCn.read([table], ON);
  expect(unparsed).toEqual([]);
  expect(lines.map(({ code, rate }) => [code, rate])).toEqual([
    ['02011000', { percent: '12.8', specific: [{ minor: '17680', currency: 'EUR', per: 100, unit: 'kg' }] }],
    ['01012100', '0'],
    ['61091000', '12'],
  ]);
  expect(lines[0]?.goods).toBe('Meat of bovine animals, fresh or chilled: Carcases and half-carcases');
});

test('the UK tariff is read from the API and from the table of the data service', () => {
  const api = fixture('6109100010.json');
  const fromApi = ukTariff.read([text(api.name, api.text)], ON);
  expect(fromApi.lines).toMatchObject([{ code: '6109100010', rate: '12' }]);
  const table = text(
    'measures.csv',
    [
      'id,commodity__code,commodity__description,measure__type__id,measure__additional_code__code,measure__duty_expression,measure__effective_start_date,measure__effective_end_date,measure__geographical_area__id,measure__excluded_geographical_areas__ids,measure__quota__order_number',
      '1,6109100010,T-shirts,103,#NA,12.00%,2021-01-01,#NA,1011,#NA,#NA',
      '2,6109100010,T-shirts,142,#NA,0.00%,2021-01-01,#NA,NZ,#NA,#NA',
      '3,6109100010,T-shirts,142,#NA,0.00%,2021-01-01,2024-01-01,AU,#NA,#NA',
      '4,6109100010,T-shirts,103,#NA,10.00%,2027-01-01,#NA,1011,#NA,#NA',
      '5,2203000100,Beer,103,#NA,2.00 GBP / hl,2021-01-01,#NA,1011,#NA,#NA',
    ].join('\n'),
  );
  const fromTable = ukTariff.read([table], ON);
  expect(fromTable.lines).toEqual([
    {
      ...{ code: '6109100010', goods: 'T-shirts', text: '12.00%', rate: '12' },
      preferences: { 'gb-nz-fta': { text: '0.00%', rate: '0' } },
    },
    {
      ...{ code: '22030001', goods: 'Beer', text: '2.00 GBP / hl' },
      rate: { specific: [{ minor: '200', currency: 'GBP', per: 100, unit: 'litre' }] },
    },
  ]);
});

test('averages of WITS are lines of subheadings with at most four decimals', () => {
  const { lines } = witsHs6.read(
    [text('gb.csv', 'HSCode,AppliedTariff\n10121,0.0\n610459,4.83333333333333')],
    ON,
  );
  expect(lines).toEqual([
    { code: '010121', goods: 'Subheading 0101.21', text: '0.0', rate: '0' },
    { code: '610459', goods: 'Subheading 6104.59', text: '4.83333333333333', rate: '4.8333' },
  ]);
  expect(() => witsHs6.read([text('gb.csv', 'HSCode,AppliedTariff\n610459,n/a')], ON)).toThrow(
    'gb.csv:2: no subheading with its average: 610459',
  );
  expect(witsHs6.header.averages).toBe(true);
});

test('two rates for one code leave the line without a rate', () => {
  const line = { code: '61091000', goods: 'x', text: '12', rate: '12' };
  expect(distinctLines([line, line]).lines).toEqual([line]);
  const { lines, repeated } = distinctLines([line, { ...line, text: '10', rate: '10' }]);
  expect(lines).toEqual([{ ...line, text: '12 | 10', rate: undefined }]);
  expect(repeated).toEqual([{ code: '61091000', text: '12 | 10', reason: 'two rates for one code' }]);
});
