import { describe, expect, it } from 'vitest';
import { readAustralianRate } from '../../../../infra/cli/tariff/publishers/au-abf/australian-rate.ts';
import {
  readCanadianRate,
  readTreatments,
} from '../../../../infra/cli/tariff/publishers/ca-cbsa/canadian-rate.ts';
import {
  isBracketed,
  japaneseReasons,
  readJapaneseRate,
} from '../../../../infra/cli/tariff/publishers/jp-customs/japanese-rate.ts';
import { readMercosurRate } from '../../../../infra/cli/tariff/publishers/mercosur-ncm/mercosur-ncm.ts';
import { readSouthAfricanRate } from '../../../../infra/cli/tariff/publishers/za-sars/south-african-rate.ts';
import { isUnreadable, unreadable } from '../../../../infra/cli/tariff/rates/express-rate.ts';
import { rateText } from '../../../../shared/duties/assess/duty-rate.ts';

type Read = ReturnType<typeof readJapaneseRate>;

const words = (read: Read) => (isUnreadable(read) ? `not read: ${read.unreadable}` : rateText(read));

describe('rates of the customs tariff of Japan', () => {
  it.each([
    ['無税', '0 %'],
    ['10.9%', '10.9 %'],
    ['4.20円/kg', '4.2 JPY/kg'],
    ['8,209円/kg', '8209 JPY/kg'],
    ['6.40円/l', '6.4 JPY/litre'],
    ['2,400円/kl', '2400 JPY/1000 litre'],
    ['35%＋1,076円/kg', '35 % + 1076 JPY/kg'],
    ['500円\n//kg', '500 JPY/kg'],
    ['60%又は4,800円/足のうちいずれか高い税率', '60 %, at least 4800 JPY/pair'],
    ['1.7%又は1.3%＋0.46円/㎡のうちいずれか高い税率', '1.7 %, at least 1.3 % + 0.46 JPY/m2'],
    ['6%又は1.51円/本のうちいずれか高い税率', '6 %, at least 1.51 JPY/piece'],
    [
      '15%又は125円/lのうちいずれか低い税率\nただしその税率が67円/lを下回る場合は67円/l',
      '15 %, at least 67 JPY/litre, at most 125 JPY/litre',
    ],
    [
      '9.3%又は7.19円/kgのうちいずれか高い税率（ただしその税率が50%を上回る場合は50%とする）',
      '9.3 %, at least 7.19 JPY/kg, at most 50 %',
    ],
    ['◎無税', `not read: ${japaneseReasons.quota}`],
    ['●3.1%〜(5.2%)', `not read: ${japaneseReasons.range}`],
    ['無税〜(2.4%)又は非譲許', `not read: ${japaneseReasons.range}`],
    ['※1%', `not read: ${japaneseReasons.marked}`],
    ['*29.8%＋396円/kg', `not read: ${japaneseReasons.marked}`],
    ['(73.70円−課税価格)/kg', `not read: ${unreadable.formula}`],
    ['ひざを覆うもの　6.7%\nその他のもの　8%', `not read: ${unreadable.words}`],
    ['関税割当数量以内のもの　無税', `not read: ${unreadable.words}`],
  ])('%s', (text, expected) => {
    expect(words(readJapaneseRate(text))).toBe(expected);
  });

  it('a rate in brackets is printed and does not apply; a range with one free end does', () => {
    const bracketed = ['(10.9%)', '（無税）', '(無税)〜(3.9%)', '(無税）〜（N%)', '*(396円/kg)'];
    expect(bracketed.map(isBracketed)).toEqual(bracketed.map(() => true));
    expect(['10.9%', '●3.1%〜(5.2%)', '', '(500円/kg-課税価格/kg)又は4.3%'].some(isBracketed)).toBe(false);
  });
});

describe('rates of Schedule 1 Part 1 of South Africa', () => {
  it.each([
    ['free', '0 %'],
    ['22,5%', '22.5 %'],
    ['5,5c/kg', '0.055 ZAR/kg'],
    ['0,183c/li', '0.00183 ZAR/litre'],
    ['2,4c/kg net', '0.024 ZAR/kg'],
    ['317c/li aa', '3.17 ZAR/litre of alcohol'],
    ['30% or 500c/2u', '30 %, at least 5.00 ZAR/pair'],
    ['60% or 2 500c/kg', '60 %, at least 25.00 ZAR/kg'],
    ['450c/kg with a maximum of 96%', '4.50 ZAR/kg, at most 96 %'],
    ['10% or 55c/kg less 90%', `not read: ${unreadable.formula}`],
    ['860c/kg less 85% with a maximum of 44%', `not read: ${unreadable.formula}`],
    ['8% to Paraguay, Uruguay', `not read: ${unreadable.words}`],
  ])('%s', (text, expected) => {
    expect(words(readSouthAfricanRate(text))).toBe(expected);
  });
});

describe('rates of the Customs Tariff of Canada', () => {
  it.each([
    ['Free', '0 %'],
    ['18%', '18 %'],
    ['2.82¢/kg', '0.0282 CAD/kg'],
    ['$1.90/kg', '1.90 CAD/kg'],
    ['238% but not less than $3.78/kg', '238 %, at least 3.78 CAD/kg'],
    ['5.51¢/kg but not more than 10%', '0.0551 CAD/kg, at most 10 %'],
    ['4.68¢/kg plus 3%', '3 % + 0.0468 CAD/kg'],
    ['9.5% on the value of the case', `not read: ${unreadable.words}`],
  ])('%s', (text, expected) => {
    expect(words(readCanadianRate(text))).toBe(expected);
  });

  it('divides the column of preferential tariffs', () => {
    const read = readTreatments('LDCT, UST, CEUT: Free AUT 13.5%, NZT 13.5%, CPTPT 4.5%');
    expect(read.map(({ treatment, text }) => `${treatment} ${text}`)).toEqual([
      ...['LDCT Free', 'UST Free', 'CEUT Free', 'AUT 13.5%', 'NZT 13.5%', 'CPTPT 4.5%'],
    ]);
  });
});

describe('rates of Australia and of Mercosur', () => {
  it.each([
    ['5%', '5 %'],
    ['Free\u200b', '0 %'],
    ['5% DCS4% CAFree', '5 %'],
    ['5% CAFree From1July2018 3.75% CA Free From1July2019 Free', '0 %'],
    ['5% From 1 July 2027 Free', '5 %'],
    ['5%, and $2.50/L of alcohol NZ/PG/FI/DC/LDC/SG $2.50/L of alcohol', '5 % + 2.50 AUD/litre of alcohol'],
    ['5%, or, if lower, $0.45/kg TSS', `not read: ${unreadable.words}`],
  ])('%s', (text, expected) => {
    expect(words(readAustralianRate(text, '2026-12-01'))).toBe(expected);
  });

  it.each([
    ['35', '35 %'],
    ['16BIT', '16 %'],
    ['14BK', '14 %'],
    ['10,8', '10.8 %'],
    ['30(*)', 'not read: on a list of exceptions of the member, whose rate another list has'],
    ['', 'not read: no rate is printed'],
  ])('%s', (text, expected) => {
    expect(words(readMercosurRate(text))).toBe(expected);
  });
});
