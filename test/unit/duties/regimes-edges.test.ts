import { describe, expect, it } from 'vitest';
import {
  builtinRuleBook,
  isAssessed,
  type RuleBook,
  type SellerRegistrations,
} from '../../../shared/duties/index.ts';
import { regimes } from '../../../shared/duties/regimes/index.ts';
import { createRuleBook } from '../../../shared/duties/rule-book.ts';
import type { Currency } from '../../../shared/kernel/currency.ts';
import { assess, sums } from '../../builders/assess.ts';

/**
 * The last unit and the first day on each side of what the regimes' own tests work step by step: a threshold, a limit
 * or a date that moves by one minor unit or one day fails here.
 */
interface Edge {
  readonly from?: string;
  readonly currency?: Currency;
  readonly date?: string;
  readonly channel?: 'post' | 'courier';
  readonly incoterm?: 'DAP';
  readonly seller?: SellerRegistrations;
  readonly rates?: Partial<Record<Currency, string>>;
  readonly rules?: RuleBook;
  readonly region?: string;
  readonly freight?: number;
  readonly hsCode?: string;
  readonly value: number;
}

interface Expected {
  readonly duty?: number;
  readonly tax?: number;
  readonly fees?: number;
  readonly scheme?: string;
  readonly refused?: string;
  /** Whether duty and tax are relieved, as separate decisions. */
  readonly relieved?: readonly [duty: boolean, tax: boolean];
  /** In the law of the tax. */
  readonly law?: string;
}

function outcomeOf(to: string, { hsCode = '610910', value, ...given }: Edge): Expected {
  const goods = [{ hsCode, value }];
  const outcome = assess({
    seller: {},
    freight: 0,
    date: '2026-12-01',
    currency: 'USD',
    ...given,
    to,
    goods,
  });
  if (!isAssessed(outcome)) return { refused: outcome.reason };
  const { scheme, deMinimis, charges } = outcome;
  const relieved = (on: string) => deMinimis.find((decision) => decision.on === on)?.relieved ?? false;
  const law = charges.find(({ kind }) => kind === 'tax')?.legalReference ?? '';
  return { scheme, ...sums(outcome), relieved: [relieved('duty'), relieved('tax')], law };
}

const without = (...ids: string[]) =>
  createRuleBook(
    builtinRuleBook.rows.filter(({ id }) => !ids.includes(id)),
    'without a refusal',
  );
const registered = (country: string) => ({ taxNumbers: { [country]: `${country}1` } });
const books = '490199';

/**
 * For each destination the goods and the result. Amounts are in minor units, and one for one where no rate is
 * given.
 */
const edges: Readonly<Record<string, readonly (readonly [Edge, Expected])[]>> = {
  AE: [
    [
      { currency: 'AED', date: '2023-01-01', value: 300_00 },
      { duty: 0, tax: 0, relieved: [true, true] },
    ],
    [{ currency: 'AED', hsCode: '300490', value: 300_00 }, { refused: 'not-supported' }],
  ],
  AR: [
    // 400.00 x 21 % = 84.00.
    [
      { date: '2024-12-02', value: 400_00 },
      { duty: 0, tax: 84_00, law: 'Art. 1 inc. c' },
    ],
    [{ value: 400_01 }, { refused: 'unclassified' }],
    [{ value: 3_000_00 }, { refused: 'unclassified' }],
    [{ value: 3_000_01 }, { refused: 'not-supported' }],
    [
      { channel: 'post', date: '2024-12-02', value: 50_00 },
      { duty: 0, tax: 0, relieved: [true, true] },
    ],
    // 0.01 x 50 % = 0.005 -> 0.01; (3,000.00 - 50.00) x 50 % = 1,475.00.
    [
      { channel: 'post', date: '2024-12-02', value: 50_01 },
      { duty: 1, tax: 0, relieved: [false, false] },
    ],
    [
      { channel: 'post', value: 3_000_00 },
      { duty: 1_475_00, tax: 0 },
    ],
    [{ channel: 'post', value: 3_000_01 }, { refused: 'not-supported' }],
    [{ hsCode: '040210', value: 40_00 }, { refused: 'not-supported' }],
  ],
  AU: [
    // Of AUD 1,000.01 5 % is 50.00; (1,000.01 + 50.00) x 10 % = 105.001 -> 105.00.
    [
      { currency: 'AUD', rules: without('au-over-1000'), value: 1_000_00 },
      { duty: 0, tax: 0 },
    ],
    [
      { currency: 'AUD', rules: without('au-over-1000'), value: 1_000_01 },
      { duty: 50_00, tax: 105_00 },
    ],
  ],
  BR: [
    // 30.00; 80.00 x 17 / 83 = 16.3855 -> 16.39; 15 of clearance.
    [
      { region: 'SP', channel: 'post', date: '2023-08-01', value: 50_00 },
      { duty: 30_00, tax: 16_39, fees: 15_00, law: 'Decreto-Lei 1.804/1980' },
    ],
    [
      { region: 'SP', date: '2023-08-01', seller: registered('BR'), value: 50_00 },
      { duty: 0, scheme: 'remessa-conforme' },
    ],
    // By the reading that deducts: 50.00 x 60 % = 30.00; 50.01 x 60 % = 30.006 -> 30.01, less 20.00.
    ...(
      [
        [50_00, 30_00],
        [50_01, 10_01],
      ] as const
    ).map(
      ([value, duty]) =>
        [
          {
            ...{ region: 'SP', date: '2025-01-01', value },
            seller: { switches: { brDeductionOutsideProgramme: 'usd-20' as const } },
          },
          { duty },
        ] as const,
    ),
    // 50.00 x 20 % = 10.00; 60.00 x 17 / 83 = 12.2892; in Minas Gerais x 20 / 80 = 15.00.
    [
      { region: 'SP', date: '2025-04-01', seller: registered('BR'), value: 50_00 },
      { duty: 10_00, tax: 12_29 },
    ],
    [
      { region: 'MG', date: '2025-04-01', seller: registered('BR'), value: 50_00 },
      { duty: 10_00, tax: 15_00 },
    ],
    [{ region: 'SP', hsCode: books, value: 50_00 }, { refused: 'not-supported' }],
    [{ region: 'SP', from: 'BR', seller: registered('BR'), value: 50_00 }, { refused: 'not-supported' }],
  ],
  CA: [
    [
      { currency: 'CAD', region: 'ON', hsCode: '732393', value: 10_00 },
      { duty: 0, tax: 0 },
    ],
    // Domestic: 100.00 x 13 % = 13.00.
    [
      { currency: 'CAD', region: 'ON', from: 'CA', seller: registered('CA'), value: 100_00 },
      { tax: 13_00, scheme: 'domestic' },
    ],
  ],
  CH: [
    // 100.00 x 8.1 % = 8.10; of books 2.6 %, 200.00: 5.20.
    [
      { currency: 'CHF', date: '2024-01-01', seller: registered('CH'), value: 100_00 },
      { tax: 8_10, scheme: 'ch-vendor' },
    ],
    [
      { currency: 'CHF', date: '2024-01-01', from: 'CH', seller: registered('CH'), value: 100_00 },
      { tax: 8_10, scheme: 'domestic' },
    ],
    [{ currency: 'CHF', date: '2024-01-01', hsCode: books, value: 200_00 }, { tax: 5_20 }],
  ],
  CL: [
    // At 1,000 pesos a dollar 500,010 is USD 500.01: x 6 % = 30,000.6 -> 30,001; 530,011 x 19 % = 100,702.09.
    ...(
      [
        [registered('CL'), { duty: 0, tax: 95_000, scheme: 'cl-vendor' }],
        [{}, { refused: 'not-supported' }],
        [
          { switches: { clUnregisteredDuty: 'relieved' } },
          { duty: 0, tax: 95_000, relieved: [true, false], law: 'lit. a' },
        ],
        [{ switches: { clUnregisteredDuty: 'due' } }, { duty: 30_000, tax: 100_700 }],
      ] as const
    ).flatMap(([seller, expected]) =>
      (['2025-10-25', '2026-12-01'] as const).flatMap((date) => {
        const pesos = { currency: 'CLP', rates: { USD: '1', CLP: '1000' }, seller, date } as const;
        return [
          [{ ...pesos, value: 500_000 }, expected],
          [
            { ...pesos, value: 500_010 },
            { duty: 30_001, tax: 100_702, scheme: 'import' },
          ],
        ] as const;
      }),
    ),
  ],
  CO: [
    // Whole pesos: 200.01 x 10 % = 20.001 -> 20; from the United States (200.01 + 20) x 19 % = 41.80 -> 42.
    [
      { currency: 'COP', date: '2020-11-01', value: 200_00 },
      { duty: 0, tax: 38_00 },
    ],
    [
      { currency: 'COP', value: 200_01 },
      { duty: 20_00, tax: 42_00 },
    ],
    ...(['2020-11-01', '2025-12-31', '2026-01-29'] as const).flatMap(
      (date) =>
        [
          [
            { currency: 'COP', from: 'US', date, value: 200_00 },
            { tax: 0, relieved: [true, true] },
          ],
          [{ currency: 'COP', from: 'US', date, value: 200_01 }, { tax: 42_00 }],
        ] as const,
    ),
    // 50.00 x 19 % = 9.50 -> 10 whole pesos.
    ...(['2026-01-01', '2026-01-28'] as const).flatMap(
      (date) =>
        [
          [
            { currency: 'COP', from: 'US', date, value: 50_00 },
            { tax: 0, relieved: [true, true] },
          ],
          [{ currency: 'COP', from: 'US', date, value: 50_01 }, { tax: 10_00 }],
        ] as const,
    ),
    [{ currency: 'COP', value: 2_000_00 }, { duty: 200_00 }],
    [{ currency: 'COP', value: 2_000_01 }, { refused: 'not-supported' }],
    [{ currency: 'COP', hsCode: '300490', value: 20_00 }, { refused: 'not-supported' }],
  ],
  ID: [
    // At 16,000 rupiah a dollar. 3.00 x 11 % = 0.33; 3.01 is 48,160: 7.5 % = 3,612 -> 4,000, 15 % = 7,224 -> 8,000,
    // 25 % = 12,040 -> 13,000. PPh of 5 %: 56,160 -> 2,808 = 0.18; 61,160 -> 3,058 = 0.19.
    ...(
      [
        ['392690', 3_00, 0, 33],
        ['392690', 3_01, 25, 36],
        ['330499', 3_01, 50, 39 + 18],
        ['610910', 3_01, 81, 42 + 19],
      ] as const
    ).map(
      ([hsCode, value, duty, tax]) =>
        [
          { rates: { USD: '1', IDR: '16000' }, date: '2025-03-05', hsCode, value },
          { duty, tax, law: 'UU PPN' },
        ] as const,
    ),
    [
      { currency: 'IDR', from: 'ID', date: '2025-01-01', seller: registered('ID'), value: 100_00 },
      { tax: 11_00, scheme: 'domestic' },
    ],
  ],
  IL: [
    // 500.00 x 18 % = 90.00.
    [
      { date: '2025-01-01', value: 500_00 },
      { duty: 0, tax: 90_00, law: 's. 2' },
    ],
    [{ rules: without('il-over-500'), value: 500_01 }, { refused: 'unclassified' }],
    [
      { currency: 'ILS', from: 'IL', date: '2025-01-01', seller: registered('IL'), value: 100_00 },
      { tax: 18_00, scheme: 'domestic' },
    ],
    [{ hsCode: '080810', value: 20_00 }, { refused: 'not-supported' }],
  ],
  JP: [
    // 16,667 x 60 % = 10,000.2; 333,335 x 60 % = 200,001.
    [
      { currency: 'JPY', date: '2028-03-31', hsCode: '620520', value: 16_667 },
      { duty: 0, tax: 0, relieved: [true, true] },
    ],
    [{ currency: 'JPY', hsCode: '620520', value: 333_334 }, { duty: 20_000 }],
    // 200,001 -> 200,000 x 7.4 %, the WTO rate of 6205.20-000: the simplified tariff ends.
    [{ currency: 'JPY', hsCode: '620520', value: 333_335 }, { duty: 14_800 }],
  ],
  KR: [
    // At 1,400 won a dollar 210,014 is USD 150.01: x 13 % = 27,301.82 -> 27,300; 237,314 x 10 % -> 23,730.
    ...(
      [
        ['CN', 210_000, 0, 0],
        ['CN', 210_014, 27_300, 23_730],
        // 280,014 is USD 200.01: 36,401.82 -> 36,400; 316,414 x 10 % -> 31,640.
        ['US', 280_000, 0, 0],
        ['US', 280_014, 36_400, 31_640],
      ] as const
    ).map(
      ([from, value, duty, tax]) =>
        [
          { currency: 'KRW', rates: { USD: '1', KRW: '1400' }, from, value },
          { duty, tax },
        ] as const,
    ),
  ],
  MX: [
    [
      { from: 'US', date: '2025-08-15', value: 50_00 },
      { duty: 0, tax: 0, relieved: [true, true] },
    ],
    // 50.01 x 17 % = 8.5017; 117.01 x 19 % = 22.2319; 100.00 x 33.5 % = 33.50.
    [
      { from: 'US', date: '2025-08-15', value: 50_01 },
      { duty: 8_50, tax: 0, relieved: [false, false] },
    ],
    [
      { from: 'US', date: '2025-08-15', value: 117_01 },
      { duty: 22_23, tax: 0 },
    ],
    [
      { date: '2025-08-15', value: 100_00 },
      { duty: 33_50, tax: 0 },
    ],
    [
      { from: 'JP', date: '2025-08-15', value: 1_00 },
      { duty: 0, tax: 0, relieved: [true, true] },
    ],
    // 1.01 x 33.5 % = 0.33835; 1.00 x 33.5 % = 0.335, half up.
    [
      { from: 'JP', date: '2025-08-15', value: 1_01 },
      { duty: 34, tax: 0, relieved: [false, false] },
    ],
    [
      { from: 'DE', date: '2025-08-15', value: 1_00 },
      { duty: 34, tax: 0 },
    ],
    // 100.00 x 16 % = 16.00.
    [
      { currency: 'MXN', from: 'MX', seller: registered('MX'), value: 100_00 },
      { tax: 16_00, scheme: 'domestic' },
    ],
    [{ from: 'MX', seller: registered('MX'), hsCode: books, value: 100_00 }, { refused: 'not-supported' }],
  ],
  MY: [
    [
      { currency: 'MYR', date: '2024-01-01', value: 500_00 },
      { duty: 0, tax: 0, relieved: [true, true] },
    ],
    [{ currency: 'MYR', rules: without('my-over-500'), value: 500_01 }, { refused: 'unclassified' }],
    [{ currency: 'MYR', from: 'MY', seller: registered('MY'), value: 100_00 }, { refused: 'not-supported' }],
  ],
  NG: [
    [
      { incoterm: 'DAP', date: '2025-10-01', value: 300_00 },
      { duty: 0, tax: 0, relieved: [true, true] },
    ],
    [{ incoterm: 'DAP', rules: without('ng-over-300'), value: 300_01 }, { refused: 'unclassified' }],
    [{ from: 'NG', seller: registered('NG'), hsCode: '300490', value: 20_00 }, { refused: 'not-supported' }],
  ],
  NO: [
    [
      { currency: 'NOK', date: '2024-01-01', seller: registered('NO'), value: 3_000_00 },
      { duty: 0, tax: 750_00, scheme: 'no-vendor' },
    ],
    // 3,000.01 x 10.7 % = 321.00; 3,321.01 x 25 % = 830.25.
    [
      { currency: 'NOK', seller: registered('NO'), value: 3_000_01 },
      { duty: 321_00, tax: 830_00, scheme: 'import' },
    ],
    [
      { currency: 'NOK', seller: registered('NO'), hsCode: '610510', value: 3_000_01 },
      { refused: 'unclassified' },
    ],
    [
      { currency: 'NOK', date: '2024-01-01', hsCode: '392690', value: 100_00 },
      { tax: 25_00, law: '§ 3-29' },
    ],
  ],
  NZ: [
    [
      { currency: 'NZD', date: '2026-04-01', value: 1_000_00 },
      { duty: 0, tax: 0, fees: 2_54, relieved: [true, true] },
    ],
    [{ currency: 'NZD', value: 1_000_01 }, { refused: 'not-supported' }],
    [{ currency: 'NZD', rules: without('nz-over-1000'), value: 1_000_01 }, { refused: 'unclassified' }],
  ],
  PH: [
    [{ currency: 'PHP', date: '2016-06-16', value: 10_000_00 }, { relieved: [true, true] }],
    // 10,000.01 + 2 % = 10,200.01; x 15 % = 1,530.00; (11,730.01 + 30.00) x 12 % = 1,411.20.
    [
      { currency: 'PHP', value: 10_000_01 },
      { duty: 1_530_00, tax: 1_411_20, fees: 114_00 },
    ],
    [{ currency: 'PHP', channel: 'post', value: 10_000_01 }, { refused: 'not-supported' }],
    [{ currency: 'PHP', value: 50_000_00 }, { refused: 'not-supported' }],
    [{ currency: 'PHP', rules: without('ph-formal-entry'), value: 50_000_00 }, { duty: 7_650_00 }],
  ],
  SG: [
    [
      { currency: 'SGD', date: '2023-01-01', value: 400_00 },
      { duty: 0, tax: 0, relieved: [false, true] },
    ],
    // 400.01 x 8 % = 32.0008; 400.00 x 8 % = 32.00; at 9 % 36.00.
    [
      { currency: 'SGD', date: '2023-01-01', value: 400_01 },
      { duty: 0, tax: 32_00, law: 's. 8(4)' },
    ],
    [
      { currency: 'SGD', date: '2023-01-01', seller: registered('SG'), value: 400_00 },
      { tax: 32_00, scheme: 'sg-vendor' },
    ],
    [
      { currency: 'SGD', date: '2023-01-01', from: 'SG', seller: registered('SG'), value: 400_00 },
      { tax: 32_00, scheme: 'domestic' },
    ],
    [{ currency: 'SGD', hsCode: '871160', value: 100_00 }, { refused: 'not-supported' }],
  ],
  TH: [
    // 100.00 x 7 % = 7.00.
    [
      { currency: 'THB', date: '2024-07-05', value: 100_00 },
      { duty: 0, tax: 7_00, law: 's. 77/1(12)' },
    ],
    [
      { currency: 'THB', date: '2024-07-05', from: 'TH', seller: registered('TH'), value: 100_00 },
      { tax: 7_00, scheme: 'domestic' },
    ],
  ],
  US: [
    [
      { date: '2025-10-01', hsCode: '6109100012', value: 60_00 },
      { duty: 32_40, fees: 2_69 },
    ],
    [
      {
        ...{ date: '2025-10-01', hsCode: '6109100012', value: 2_500_01 },
        seller: { importer: { US: '98-7654321XX' } },
      },
      { fees: 33_58, scheme: 'formal-entry' },
    ],
  ],
  VN: [
    ...(['2025-07-01', '2026-12-31'] as const).map(
      (date) =>
        [
          { currency: 'VND', from: 'VN', date, seller: registered('VN'), hsCode: '732690', value: 500_000 },
          { refused: 'not-supported' },
        ] as const,
    ),
    [
      {
        currency: 'VND',
        from: 'VN',
        date: '2027-01-01',
        seller: registered('VN'),
        hsCode: '732690',
        value: 500_000,
      },
      { tax: 50_000 },
    ],
  ],
  ZA: [
    // 500.00 x 20 % = 100.00; (500.00 + 50.00 + 100.00) x 15 % = 97.50.
    [
      { currency: 'ZAR', date: '2024-09-01', value: 500_00 },
      { duty: 100_00, tax: 97_50, law: '13(2)' },
    ],
    [{ currency: 'ZAR', hsCode: '110220', value: 100_00 }, { refused: 'not-supported' }],
  ],
};

describe.each(Object.entries(edges))('%s', (to, cases) => {
  it.each(cases)('%o', (given, expected) => {
    const { law, ...rest } = expected;
    const outcome = outcomeOf(to, given);
    expect(outcome).toMatchObject(rest);
    if (law !== undefined) expect(outcome.law).toContain(law);
  });
});

describe('excise goods', () => {
  it.each(regimes.flatMap(({ countries, currency }) => countries.map((to) => [to, currency] as const)))(
    '%s: beer, wine, spirits and tobacco are refused, both from abroad and from within the country',
    (to, currency) => {
      for (const hsCode of ['220300', '220421', '220830', '240220'])
        for (const from of [to, to === 'CN' ? 'US' : 'CN']) {
          const region = { BR: 'SP', CA: 'ON' }[to as string];
          const where = region === undefined ? {} : { region };
          const given = { ...where, currency, from, seller: registered(to), hsCode, value: 50_00 };
          expect(outcomeOf(to, given), from).toEqual({ refused: 'not-supported' });
        }
    },
  );
});
