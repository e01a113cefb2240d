import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { gccCommon } from '../../../../infra/cli/tariff/publishers/gcc-common/gcc-common.ts';
import { printedRates } from '../../../../infra/cli/tariff/publishers/gcc-common/printed-rates.ts';
import { edition, linesAt, text } from './files.ts';

/** The Saudi workbook with a code of twelve digits and a rate in each row. */
function saudi(rows: readonly (readonly [code: string, rate: string])[]) {
  const cell = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const head = ['Harmonized Code', 'Item English Name', 'English Duty Rate', 'Date'];
  const all = [head, ...rows.map(([code, rate]) => [code, `Goods of ${code}`, rate, '1/1/2026'])];
  const sheet = all.map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('');
  const bytes = zipSync({ 'xl/worksheets/sheet1.xml': strToU8(`<worksheet>${sheet}</worksheet>`) });
  return { name: 'saudi.xlsx', bytes };
}

const pairs = (code: string) => code.match(/../g)?.join(' ');
/** A page: its codes, then its rates, each in a line, as a column follows the other. */
const page = (codes: readonly string[], rates: readonly string[]) =>
  [...codes.map((code) => `\u202a${pairs(code)}\u202c`), ...rates].join('\n');

describe('the printed tariff', () => {
  const none = () => false;

  it('reads rates in the order of the page, and codes also in their own', () => {
    const codes = ['851830100000', '851830900003', '851810000000'];
    const read = printedRates(page(codes, ['0%', '5%', '5 %']), none);
    expect([...read].map(([code, rates]) => [code, [...rates].toSorted()])).toEqual([
      ['85183010', ['0', '5']],
      ['85183090', ['5']],
      ['85181000', ['0', '5']],
    ]);
  });

  it('reads the only rate of a page', () => {
    const codes = ['300190110000', '300190120000'];
    expect(printedRates(page(codes, ['0%']), none).get('30019012')).toEqual(new Set(['0']));
  });

  it('reads a free rate that has lost its sign', () => {
    const codes = ['852589300000', '852610000000'];
    expect(printedRates(page(codes, ['0', '5%']), none).get('85258930')).toEqual(new Set(['0']));
  });

  it('reads no rate where the page has more of them than codes, unless as many are free as another exempts', () => {
    const codes = ['850440110000', '850510000000'];
    const stray = page(codes, ['25%', '0%', '5%']);
    expect(printedRates(stray, none).get('85044011')).toEqual(new Set());
    const isFree = (code: string) => code === '85044011';
    expect(printedRates(stray, isFree)).toEqual(
      new Map([
        ['85044011', new Set(['0'])],
        ['85051000', new Set(['5'])],
      ]),
    );
  });
});

describe('the common tariff', () => {
  it('has the rate where both states have it, and Oman’s where Saudi Arabia raised its own', () => {
    const workbook = saudi([
      ['610910000001', '5 %'],
      ['090121000000', 'Exempted'],
      ['330300100001', '6.5 %'],
      ['490199300000', '7 %'],
      ['070200000000', '5 %'],
      ['240220000000', '100 %'],
      ['850860000000', 'Exempted'],
      ['850811000000', '5 %'],
      ['854370900001', 'Exempted'],
      ['854370100000', '5 %'],
    ]);
    const printed = [
      page(['610910000001', '330300100001'], ['5%', '5%']),
      page(['090121000000'], ['0%']),
      page(['490199300000'], ['0%']),
      page(['070200000000'], ['0%']),
      page(['240220000000'], ['100%']),
    ].join('\f');
    const { lines, unparsed, read } = gccCommon.read([text('oman.txt', printed), workbook], '2025-01-01');
    expect(read).toBe(10);
    expect(lines.map(({ code, text: published, rate }) => [code, published, rate])).toEqual([
      ['61091000', '5 %', '5'],
      ['09012100', '0 %', '0'],
      ['33030010', '5 %', '5'],
      ['49019930', '0 %', '0'],
      ['07020000', '5 % | 0 %', undefined],
      ['85086000', 'Exempted', undefined],
      ['85437090', 'Exempted', undefined],
      ['85437010', '5 %', undefined],
    ]);
    expect(unparsed).toHaveLength(4);
    expect(() => gccCommon.read([workbook], '2025-01-01')).toThrow('a text and a workbook');
  });

  it('agrees with what the tariff of the Emirates is known to be', () => {
    const common = edition('ae-2025-01-01');
    const rateOf = (code: string) => linesAt(common, code).map(({ rate }) => rate);
    for (const free of ['09012100', '84713000', '84733000', '85171300', '49019950', '85176290', '85258930'])
      expect(rateOf(free)).toEqual(['0']);
    for (const general of [
      '18069020',
      '33030010',
      '61091000',
      '71131910',
      '71171900',
      '95030010',
      '95045000',
    ])
      expect(rateOf(general)).toEqual(['5']);
    expect(rateOf('84797100')).toEqual([undefined]);
  });
});
