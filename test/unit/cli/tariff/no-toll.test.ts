import { describe, expect, it } from 'vitest';
import { noToll } from '../../../../infra/cli/tariff/publishers/no-toll/no-toll.ts';

const rate = (satsVerdi: string, satsEnhet: string, fomdato = '2024-01-01', tomdato = '') => ({
  satsVerdi,
  satsEnhet,
  satsEnhetBeskrivelse: { K: 'pr. kg', S: 'pr. stk' }[satsEnhet] ?? 'pr. liter',
  fomdato,
  tomdato,
});

const commodity = (id: string, ...sats: ReturnType<typeof rate>[]) => ({
  id,
  enhet: 'KG',
  avtalesatser: [
    { landgruppe: 'TALL', sats },
    { landgruppe: 'TEU', sats: [rate('0,00', 'P')] },
  ],
});

const file = (name: string, json: unknown) => ({
  name,
  bytes: new TextEncoder().encode(JSON.stringify(json)),
});
const read = (varer: unknown[], on = '2026-11-30') =>
  noToll.read([file('tollavgiftssats.json', { versjon: '1.2', varer }), structure], on);

/** A part of the structure of the tariff in the form of the data set. */
const structure = file('customstariffstructure.json', {
  version: '1.5',
  sections: [
    {
      type: 'section',
      id: '11',
      description: 'Textiles',
      chapters: [
        {
          type: 'chapter',
          id: '61',
          description: 'Knitted clothing',
          divisions: [
            {
              type: 'heading',
              id: '6109',
              description: 'T-shirts, singlets and other vests, knitted or crocheted.',
              divisions: [
                { type: 'commodity', id: '61091000', hsNumber: '610910', item: ' Of cotton ' },
                {
                  type: 'subsubheading',
                  description: '  Of other textile materials :  ',
                  divisions: [{ type: 'commodity', id: '61099090', item: ' Other ' }],
                },
              ],
            },
          ],
        },
        {
          type: 'chapter',
          id: '63',
          description: 'Other made up textile articles',
          divisions: [
            {
              type: 'subchapter',
              id: 'I',
              description: 'Other made up textile articles',
              headings: [
                {
                  type: 'heading',
                  id: '6301',
                  description: 'Blankets and travelling rugs.',
                  divisions: [{ type: 'commodity', id: '63011000', item: ' Electric blankets ' }],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
});

describe('the rates of Norwegian Customs', () => {
  it('a percentage, an amount for a kilogram or a piece, and nothing', () => {
    const {
      lines,
      unparsed,
      read: count,
    } = read([
      commodity('61091000', rate('10,70', 'P')),
      commodity('02012001', rate('32,28', 'K')),
      commodity('01051190', rate('1,50', 'S')),
      commodity('64039900', rate('0,00', 'K')),
    ]);
    expect(unparsed).toEqual([]);
    expect(count).toBe(4);
    expect(lines.map(({ code, text, rate: own }) => [code, text, own])).toEqual([
      ['61091000', '10,70 %', '10.7'],
      ['02012001', '32,28 kr pr. kg', { perKg: { amount: 3228, currency: 'NOK' } }],
      ['01051190', '1,50 kr pr. stk', { perUnit: { amount: 150, currency: 'NOK' } }],
      ['64039900', '0,00 kr pr. kg', '0'],
    ]);
  });

  it('the description names the heading, the group and the line', () => {
    const { lines } = read([
      commodity('61091000', rate('10,70', 'P')),
      commodity('61099090', rate('10,70', 'P')),
      commodity('63011000', rate('10,70', 'P')),
      commodity('84713000', rate('0,00', 'P')),
    ]);
    const heading = 'T-shirts, singlets and other vests, knitted or crocheted';
    expect(lines.map(({ goods }) => goods)).toEqual([
      `${heading}: Of cotton`,
      `${heading}: Of other textile materials: Other`,
      'Blankets and travelling rugs: Electric blankets',
      'Commodity 84713000',
    ]);
  });

  it('the rate of the day is read, on its first and its last day too', () => {
    const varer = [
      commodity('61091000', rate('12,00', 'P', '2020-01-01', '2025-12-31'), rate('10,70', 'P', '2026-01-01')),
    ];
    const on = (day: string) => read(varer, day).lines.map(({ rate: own }) => own);
    expect(on('2019-12-31')).toEqual([]);
    expect(on('2020-01-01')).toEqual(['12']);
    expect(on('2025-12-31')).toEqual(['12']);
    expect(on('2026-01-01')).toEqual(['10.7']);
  });

  it('a unit that a product does not state, and two rates at once, leave the line without a rate', () => {
    const { lines, unparsed } = read([
      commodity('22030010', rate('4,70', 'L')),
      commodity('35011000', rate('15,00', 'P'), rate('2,84', 'K')),
    ]);
    expect(lines.map(({ code, rate: own }) => [code, own])).toEqual([
      ['22030010', undefined],
      ['35011000', undefined],
    ]);
    expect(unparsed).toEqual([
      {
        code: '22030010',
        text: '4,70 kr pr. liter',
        reason: 'an amount by a unit that a product does not state',
      },
      { code: '35011000', text: '15,00 % / 2,84 kr pr. kg', reason: 'several ordinary rates on one day' },
    ]);
  });

  it('a group without a rate is left out, and a file in another form is refused with its place', () => {
    expect(read([commodity('61091000', rate('999999,99', 'P'))]).lines).toEqual([]);
    expect(() => read([{ id: '6109', avtalesatser: [] }])).toThrow('tollavgiftssats.json: varer.0.id');
    expect(() => read([commodity('61091000', rate('10.70', 'P'))])).toThrow('no rate with a decimal comma');
    expect(() => noToll.read([structure], '2026-11-30')).toThrow('no file has the rates');
    expect(() =>
      noToll.read([{ name: 'a.json', bytes: new TextEncoder().encode('{') }], '2026-11-30'),
    ).toThrow('a.json: the file is not JSON');
  });
});
