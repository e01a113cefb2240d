import { describe, expect, it } from 'vitest';
import { nzWtd } from '../../../../infra/cli/tariff/publishers/nz-wtd/nz-wtd.ts';
import { edition, linesAt } from './files.ts';

/** Letters of the Windows code page that Unicode has elsewhere: the dash and the apostrophe. */
const WINDOWS: Readonly<Record<string, number>> = { '–': 0x96, '’': 0x92 };
const file = (...lines: readonly string[]) => ({
  name: 'Tariff61.txt',
  bytes: Uint8Array.from(lines.join('\r\n'), (letter) => WINDOWS[letter] ?? letter.codePointAt(0) ?? 0),
});
const read = (...lines: string[]) => nzWtd.read([file(...lines)], '2022-01-01');
const ratesOf = (...lines: string[]) => read(...lines).lines.map(({ code, rate }) => [code, rate]);

describe('the Working Tariff Document of New Zealand', () => {
  it('the rate of the normal tariff is read, and not those of preferences and of statistical keys', () => {
    expect(
      ratesOf(
        '\t6103.42\t\t\t– – Of cotton:',
        '\t6103.42.02\t\t\t– – – Trousers, breeches and shorts\t10\tFree',
        '\t\t\t\t\t\t*See Below',
        '\t\t\t\t\t\tRCEP 9',
        '\t\t10F\tNo.\t.  .  Of wool\t5',
        '\t3926.90.09\t00J\tkg\t– – Washers\tFree\tFree',
        '\t8414.59.05\t00A\tNo.\t– – Fans\t2.5\tFree',
      ),
    ).toEqual([
      ['61034202', '10'],
      ['39269009', '0'],
      ['84145905', '2.5'],
    ]);
  });

  it('where the goods take several lines, the rate stands on the last', () => {
    const { lines } = read(
      '\t39.26\t\t\tOther articles of plastics:',
      '\t3926.90.11\t00C\tkg\t– – Laboratory ware, whether or not ',
      '\t\t\t\t      graduated or calibrated\t5\tFree',
      '\t2528.00.00\t00D\t. .\tNatural borates, ',
      'but not including borates from natural brine; ',
      'boric acid\tFree\tFree',
      '\t25.29\t\t\tFeldspar:',
    );
    expect(lines).toMatchObject([
      {
        code: '39269011',
        goods: 'Other articles of plastics: Laboratory ware, whether or not graduated or calibrated',
        text: '5 %',
        rate: '5',
      },
      { code: '25280000', text: 'Free', rate: '0' },
    ]);
  });

  it('excise and items without a rate stay without one, so that their goods are refused', () => {
    const { lines, unparsed } = read(
      '\t2203.00.22\t\t\t– Containing more than 2.5 % vol.\tper l al\t$31.0891\t. .',
      '\t3705.00.90\t\t\t– Other',
      '\t3706.10\t\t\t– Of a width of 35 mm or more:',
    );
    expect(lines.map(({ code, rate }) => [code, rate])).toEqual([
      ['22030022', undefined],
      ['37050090', undefined],
    ]);
    expect(unparsed).toHaveLength(2);
  });

  it('a file without a number of the tariff is refused by name', () => {
    expect(() => read('Chapter 61', 'NOTES')).toThrow('Tariff61.txt: no number of the tariff');
  });

  it.each([
    ['61091012', '10 %'],
    ['62034202', '10 %'],
    ['64041112', '10 %'],
    ['42022100', '5 %'],
    ['39269011', '5 %'],
    ['95030009', '5 %'],
    ['84713000', 'Free'],
    ['85171300', 'Free'],
    ['49019909', 'Free'],
  ])('the edition of 2022 has %s at %s, as the rates file of CusMod of May 2021', (code, text) => {
    expect(linesAt(edition('nz-2022-01'), code)[0]?.text).toBe(text);
  });
});
