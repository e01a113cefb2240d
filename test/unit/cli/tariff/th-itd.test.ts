import { describe, expect, it } from 'vitest';
import { thItd } from '../../../../infra/cli/tariff/publishers/th-itd/th-itd.ts';

interface Given {
  readonly code: string;
  readonly privilege?: string;
  readonly percent?: string;
  readonly amount?: string;
  readonly unit?: string;
  readonly days?: string;
  readonly note?: string;
}

/** A record of REFDRT: columns of fixed width, the law, the days, a note. */
const record = ({
  code,
  privilege = '000',
  percent = '0.000',
  amount = '0.000',
  unit = '',
  ...rest
}: Given) =>
  `M001${code}65017${privilege}P${percent.padStart(18)}${amount.padStart(18)}${unit.padEnd(3)}` +
  `Sec.14 WTO(2565)    ${rest.days ?? '2022010199999999'}${rest.note ?? ''}`;

/** The Thai code page: its letters are at a fixed distance from Unicode's. */
const thai = (text: string) =>
  Uint8Array.from(text, (letter) => {
    const point = letter.codePointAt(0) ?? 0;
    return point >= 0x0e01 ? point - 0x0e01 + 0xa1 : point;
  });

const rates = (...records: Given[]) => ({
  name: 'REFDRT_Open_20220101.txt',
  bytes: thai(`${records.map(record).join('\r\n')}\r\n`),
});
const texts = {
  name: 'REFTRC_Open.txt',
  bytes: thai(`M00161091000${'เสื้อยืด'.padEnd(3000)}${'Of  cotton'.padEnd(3000)}2022010199999999\n`),
};
const read = (...records: Given[]) => thItd.read([rates(...records), texts], '2026-11-30');
const ratesOf = (...records: Given[]) => read(...records).lines.map(({ code, rate }) => [code, rate]);

describe('the tariff of the Thai Customs Department', () => {
  it('the lower of the general rate and that of WTO is the rate of the line', () => {
    expect(
      ratesOf(
        { code: '61091000', percent: '30.000' },
        { code: '61091000', percent: '30.000', privilege: 'WTO' },
        { code: '10011100', percent: '32.000' },
        { code: '10011100', percent: '27.000', privilege: 'WTO' },
        { code: '33049930', percent: '10.000' },
        { code: '84713020', privilege: 'WTO' },
      ),
    ).toEqual([
      ['61091000', '30'],
      ['10011100', '27'],
      ['33049930', '10'],
      ['84713020', '0'],
    ]);
  });

  it('amounts for a quantity are in satang, and a percentage with an amount is not read', () => {
    const { lines, unparsed } = read(
      { code: '04011010', amount: '0.540', unit: 'KGM' },
      { code: '22011010', amount: '3.750', unit: 'LTR' },
      { code: '09011110', percent: '40.000', amount: '4.000', unit: 'KGM' },
      { code: '27101211', amount: '1.000', unit: 'TNE' },
    );
    expect(lines.map(({ text, rate }) => [text, rate])).toEqual([
      ['0.54 baht/KGM', { perKg: { amount: 54, currency: 'THB' } }],
      ['3.75 baht/LTR', { specific: [{ minor: '375', currency: 'THB', per: 1, unit: 'litre' }] }],
      ['40 % and 4 baht/KGM', undefined],
      ['1 baht/TNE', undefined],
    ]);
    expect(unparsed.map(({ code, reason }) => [code, reason])).toEqual([
      ['09011110', 'a percentage and an amount, and the file does not say which is due'],
      ['27101211', 'an amount by a unit that a product does not state'],
    ]);
  });

  it('other privileges and other days are left out, and a quota of WTO leaves the general rate', () => {
    expect(
      ratesOf(
        { code: '61091000', percent: '30.000' },
        { code: '61091000', percent: '0.000', privilege: 'ATG' },
        { code: '61091000', percent: '5.000', days: '2020010120211231' },
        { code: '61091000', percent: '20.000', privilege: 'WTO', note: 'โควตา' },
        { code: '95030010', percent: '10.000', days: '2020010120261129' },
      ),
    ).toEqual([['61091000', '30']]);
  });

  it('rates for parts of a line and general rates with a condition are no rate of the line', () => {
    const { lines, unparsed } = read(
      { code: '12119019', percent: '0.000', note: 'part' },
      { code: '12119019', percent: '10.000', note: 'other' },
      { code: '10059090', percent: '20.000', note: 'เงื่อนไข' },
    );
    expect(lines.every(({ rate }) => rate === undefined)).toBe(true);
    expect(unparsed.map(({ reason }) => reason)).toEqual([
      'rates for parts of the line',
      'a general rate with a condition',
    ]);
  });

  it('descriptions come from REFTRC; a file in another form is refused with its line', () => {
    expect(read({ code: '61091000', percent: '30.000' }).lines[0]?.goods).toBe('Of cotton');
    expect(() => thItd.read([texts], '2026-11-30')).toThrow('REFTRC_Open.txt: no file of rates');
    const broken = { name: 'REFDRT.txt', bytes: thai(`${record({ code: '6109100x' })}\n`) };
    expect(() => thItd.read([broken], '2026-11-30')).toThrow('REFDRT.txt:1: no record of a rate');
  });
});
