import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import {
  chargesOf,
  type Example,
  type ExampleGoods,
  type GoldenDoor,
  isQuoted,
  openGoldenDoor,
  unregisteredSeller,
} from './golden-door.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

let door: GoldenDoor;
beforeAll(async () => {
  door = await openGoldenDoor();
});
afterAll(() => door.stop());

interface Row extends Example {
  readonly source: string;
  /** Duty, tax and fees in minor units, or the beginning of the reason of a refusal. */
  readonly is: readonly [duty: number, tax: number, fees: number] | RegExp;
}

const tee = (price: number, more: Partial<ExampleGoods> = {}): ExampleGoods => ({
  ...{ hsCode: '610910', description: 'Cotton T-shirt', price },
  nationalCodes: { EU: '61091000', GB: '6109100010', US: '6109100012' },
  ...more,
});
const goods = (hsCode: string, price: number, more: Partial<ExampleGoods> = {}): ExampleGoods => ({
  ...{ hsCode, price },
  ...more,
});
const adultToy = { forChildrenUnder12: false, electrical: false };
const toronto = { country: 'CA', postalCode: 'M5V 2T6' };
const saoPaulo = { country: 'BR', postalCode: '01310-100' };

async function expectRow({ is, source: _source, ...example }: Row) {
  const outcome = chargesOf(await door.price(example));
  if (is instanceof RegExp) expect(outcome).toMatchObject({ detail: expect.stringMatching(is) });
  else expect(outcome).toEqual({ duty: is[0], tax: is[1], fees: is[2] });
}

const registered: readonly Row[] = [
  {
    source: 'EUR 3 an item: a T-shirt and a case; VAT of 19 % on 55 + 5 + 6',
    ...{ to: { country: 'DE' }, currency: 'EUR', freight: 5_00 },
    goods: [tee(20_00, { quantity: 2 }), goods('392690', 15_00)],
    is: [6_00, 12_54, 0],
  },
  {
    source: 'dhl.com, EU de minimis: a pen, a book and a hat are three items',
    ...{ to: { country: 'DE' }, currency: 'EUR' },
    goods: [goods('960810', 2_00), goods('490199', 12_00), goods('650500', 20_00)],
    // 19 % of 5.00 and of 23.00, 7 % of 15.00.
    is: [9_00, 95 + 4_37 + 1_05, 0],
  },
  {
    source: 'dhl.com, EU de minimis: four pens and a book are two items',
    ...{ to: { country: 'DE' }, currency: 'EUR' },
    goods: [goods('960810', 2_00, { quantity: 4 }), goods('490199', 12_00)],
    is: [6_00, 2_09 + 1_05, 0],
  },
  {
    source: 'Commission: two colours of one T-shirt are one item',
    ...{ to: { country: 'DE' }, currency: 'EUR' },
    goods: [tee(10_00, { description: 'T-shirt, navy' }), tee(10_00, { description: 'T-shirt, red' })],
    is: [3_00, 4_37, 0],
  },
  {
    source: 'rep.tools: three tees and two hoodies of EUR 90 with EUR 30 of transport',
    ...{ to: { country: 'DE' }, currency: 'EUR', freight: 30_00 },
    goods: [tee(10_00, { quantity: 3 }), goods('611020', 30_00, { quantity: 2 })],
    is: [6_00, 23_94, 0],
  },
  {
    source: 'a leather bag of EUR 200 with EUR 20 of transport: 3 %, VAT on 226.60',
    ...{ to: { country: 'DE' }, currency: 'EUR', freight: 20_00 },
    goods: [goods('420221', 200_00, { nationalCodes: { EU: '4202210000' } })],
    is: [6_60, 43_05, 0],
  },
  {
    source: 'EUR 150.00 is low value',
    ...{ to: { country: 'DE' }, currency: 'EUR' },
    goods: [tee(150_00)],
    is: [3_00, 29_07, 0],
  },
  {
    source: 'EUR 150.01 bears the tariff, 12 %',
    ...{ to: { country: 'DE' }, currency: 'EUR' },
    goods: [tee(150_01)],
    is: [18_00, 31_92, 0],
  },
  {
    source: 'moneydoctors.ie: clothing of EUR 200 with EUR 20 of transport at 12 %, VAT of 23 %',
    ...{ to: { country: 'IE' }, currency: 'EUR', freight: 20_00 },
    goods: [tee(200_00)],
    is: [26_40, 56_67, 0],
  },
  {
    source: 'HMRC: GBP 50 with GBP 4.99 of delivery, VAT at the sale',
    ...{ to: { country: 'GB' }, currency: 'GBP', freight: 4_99 },
    goods: [tee(25_00, { quantity: 2 })],
    is: [0, 11_00, 0],
  },
  {
    source: 'HMRC: GBP 135.00 is low value',
    ...{ to: { country: 'GB' }, currency: 'GBP' },
    goods: [tee(135_00)],
    is: [0, 27_00, 0],
  },
  {
    source: 'HMRC: GBP 135.01 bears duty of 12 %',
    ...{ to: { country: 'GB' }, currency: 'GBP' },
    goods: [tee(135_01)],
    is: [16_20, 30_24, 0],
  },
  {
    source: 'HMRC: trainers of GBP 150 with GBP 12 of transport at 16 %',
    ...{ to: { country: 'GB' }, currency: 'GBP', freight: 12_00 },
    goods: [goods('640411', 150_00, { nationalCodes: { GB: '6404110000' } })],
    is: [25_92, 37_58, 0],
  },
  {
    source: 'htsapi.dev: a T-shirt of China, 16.5 + 7.5 + 12.5 %, freight is not in the value',
    ...{ to: { country: 'US', postalCode: '10001' }, currency: 'USD', freight: 12_00 },
    goods: [tee(30_00, { quantity: 2 })],
    is: [21_90, 0, 2_77],
  },
  ...(
    [
      // Flat 10 or 12.5 % beside the 16.5 % of the tariff; where that is capped net of the tariff, nothing.
      ['GB', 26_50],
      ['BD', 26_50],
      ['IN', 26_50],
      ['VN', 29_00],
      ['DE', 16_50],
      ['TW', 16_50],
      ['JP', 16_50],
      ['NP', 16_50],
    ] as const
  ).map(
    ([origin, duty]): Row => ({
      source: `91 FR 47318, Section 301 on forced labour: a T-shirt of ${origin} of USD 100`,
      ...{ to: { country: 'US', postalCode: '10001' }, currency: 'USD' },
      goods: [tee(100_00, { origin })],
      is: [duty, 0, 2_77],
    }),
  ),
  {
    source: '91 FR 47318: a toy of Japan is free in the tariff, and bears the cap of 12.5 %',
    ...{ to: { country: 'US', postalCode: '10001' }, currency: 'USD' },
    goods: [
      goods('950300', 40_00, { origin: 'JP', nationalCodes: { US: '9503000090' }, compliance: adultToy }),
    ],
    is: [5_00, 0, 2_77],
  },
  ...['BR', 'CA'].map(
    (origin): Row => ({
      source: `the additional duties on goods of ${origin} are not known`,
      ...{ to: { country: 'US', postalCode: '10001' }, currency: 'USD' },
      goods: [tee(100_00, { origin })],
      is: /we do not have (their|the) list/,
    }),
  ),
  {
    source: 'Singapore: two items of SGD 390 each are taxed at the sale',
    ...{ to: { country: 'SG' }, currency: 'SGD', freight: 20_00 },
    goods: [tee(390_00), goods('420222', 390_00)],
    is: [0, 72_00, 0],
  },
  {
    source: 'sellercentral.amazon.com.au: A$ 1,000 without GST with A$ 5 of transport',
    ...{ to: { country: 'AU', postalCode: '3000' }, currency: 'AUD', freight: 5_00 },
    goods: [tee(1_000_00)],
    is: [0, 100_50, 0],
  },
  {
    source: 'customs.gov.au: A$ 1,200 with A$ 150 of transport at 5 %, with the charges by air',
    ...{ to: { country: 'AU', postalCode: '3000' }, currency: 'AUD', freight: 150_00 },
    goods: [tee(1_200_00)],
    is: [60_00, 141_00, 95_00],
  },
  {
    source: 'AUD 80 with AUD 15 of shipping',
    ...{ to: { country: 'AU', postalCode: '3000' }, currency: 'AUD', freight: 15_00 },
    goods: [tee(80_00)],
    is: [0, 9_50, 0],
  },
  {
    source: 'fyi.org.nz 657: NZD 1,000 with NZD 100 of transport, and the levy of 2026',
    ...{ to: { country: 'NZ' }, currency: 'NZD', freight: 100_00 },
    goods: [tee(1_000_00)],
    is: [0, 165_00, 2_54],
  },
  {
    source: 'New Zealand: over NZD 1,000 the levies are not known',
    ...{ to: { country: 'NZ' }, currency: 'NZD' },
    goods: [tee(1_000_01)],
    is: /above NZD 1,000/,
  },
  {
    source: 'eldinamo.cl: USD 30 to Chile',
    ...{ to: { country: 'CL' }, currency: 'USD' },
    goods: [tee(30_00)],
    is: [0, 5_70, 0],
  },
  {
    source: 'adnradio.cl: CLP 38,200',
    ...{ to: { country: 'CL' }, currency: 'CLP' },
    goods: [tee(38_200)],
    is: [0, 7_258, 0],
  },
  {
    source: 'd24am.com: BRL 100 at 17 %, inside its base',
    ...{ to: saoPaulo, currency: 'BRL' },
    goods: [tee(100_00)],
    is: [0, 20_48, 0],
  },
  {
    source: 'Remessa Conforme: BRL 216.00 with BRL 43.20 of transport',
    ...{ to: saoPaulo, currency: 'BRL', freight: 43_20 },
    goods: [tee(216_00)],
    is: [0, 53_09, 0],
  },
  {
    source: 'sonorapresente.com: USD 500 of China to Mexico, 33.5 %',
    ...{ to: { country: 'MX', postalCode: '06600' }, currency: 'USD' },
    goods: [tee(500_00)],
    is: [167_50, 0, 0],
  },
  {
    source: 'forocuatro.com: MXN 1,000 of China',
    ...{ to: { country: 'MX', postalCode: '06600' }, currency: 'MXN' },
    goods: [tee(1_000_00)],
    is: [335_00, 0, 0],
  },
  {
    source: 'Canada: CAD 100 of China at 18 %, HST of 13 % on it with the duty',
    ...{ to: toronto, currency: 'CAD' },
    goods: [tee(100_00)],
    is: [18_00, 15_34, 0],
  },
  {
    source: 'help.shippsy.com 144: CAD 149 by courier from the United States',
    ...{ to: toronto, from: 'US', currency: 'CAD' },
    goods: [tee(149_00)],
    is: [0, 19_37, 0],
  },
  {
    source: 'Canada: CAD 150.00 by courier from the United States bears no duty',
    ...{ to: toronto, from: 'US', currency: 'CAD' },
    goods: [tee(150_00)],
    is: [0, 19_50, 0],
  },
  {
    source: 'Canada: CAD 150.01 bears duty',
    ...{ to: toronto, from: 'US', currency: 'CAD' },
    goods: [tee(150_01)],
    is: [27_00, 23_01, 0],
  },
  {
    source: 'geratools.com: a bag of KRW 900,000 with KRW 100,000 of transport at 8 %',
    ...{ to: { country: 'KR' }, currency: 'KRW', freight: 100_000 },
    goods: [goods('420222', 900_000)],
    is: [80_000, 108_000, 0],
  },
  {
    source: 'ulsanonline.com: clothes of 13 %, down to KRW 10',
    ...{ to: { country: 'KR' }, currency: 'KRW', freight: 11_000 },
    goods: [tee(350_000)],
    is: [46_930, 40_790, 0],
  },
  {
    source: 'ddtc.co.id, PMK 190/2022: IDR 20,091,760.92 at 7.5 %, up to whole thousands',
    ...{ to: { country: 'ID' }, currency: 'IDR' },
    goods: [goods('392690', 20_091_760_92)],
    // PPN: 21,598,760.92 x 11 % = 2,375,863.70, down.
    is: [1_507_000_00, 2_375_863_00, 0],
  },
  {
    source: 'saveourshekels: USD 70 with USD 10.99 of transport to Israel',
    ...{ to: { country: 'IL' }, currency: 'USD', freight: 10_99 },
    goods: [tee(70_00)],
    is: [0, 0, 0],
  },
  {
    source: 'unitedxp.co.il: USD 100 with USD 15 of transport to Israel, VAT on 115',
    ...{ to: { country: 'IL' }, currency: 'USD', freight: 15_00 },
    goods: [tee(100_00)],
    is: [0, 20_70, 0],
  },
  {
    source: 'customs.go.jp 1111: two sizes of one T-shirt of JPY 2,900 are one item',
    ...{ to: { country: 'JP', postalCode: '100-0001' }, currency: 'JPY' },
    goods: ['T-shirt M', 'T-shirt L'].map((description) =>
      tee(2_900, { description, nationalCodes: { JP: '610910010' } }),
    ),
    is: [300, 200, 0],
  },
  ...['950300', '940360', '330410', '910211', '920290', '490199', '621210', '700992'].map(
    (hsCode): Row => ({
      source: `customs.go.jp 1204 and the tariff: ${hsCode} is free, and the simplified tariff is not for free goods`,
      ...{ to: { country: 'JP', postalCode: '100-0001' }, currency: 'JPY' },
      goods: [goods(hsCode, 50_000)],
      // 50,000 x 60 % = 30,000: 2,340 -> 2,300; 2,300 x 22/78 = 648 -> 600.
      is: [0, 2_900, 0],
    }),
  ),
  ...['900410', '900311', '854411', '854511'].map(
    (hsCode): Row => ({
      source: `customs.go.jp 1001: ${hsCode} is not free, and bears the 5 % of other goods`,
      ...{ to: { country: 'JP', postalCode: '100-0001' }, currency: 'JPY' },
      goods: [goods(hsCode, 50_000)],
      // 30,000 x 5 % = 1,500; (30,000 + 1,500 -> 31,000) x 7.8 % = 2,418 -> 2,400; 676 -> 600.
      is: [1_500, 3_000, 0],
    }),
  ),
  ...(
    [
      ['621420', 30],
      ['611692', 30],
      ['610130', 40],
      ['620342', 45],
      ['611510', 0],
    ] as const
  ).map(
    ([hsCode, percent]): Row => ({
      source: `SARS, Schedule 1 Part 1 of 2026-02-13: ${hsCode} at ${percent} %, VAT on the value and a tenth with the duty`,
      ...{ to: { country: 'ZA' }, currency: 'ZAR' },
      goods: [goods(hsCode, 1_000_00)],
      is: [percent * 10_00, (1_100_00 + percent * 10_00) * 0.15, 0],
    }),
  ),
  {
    source: 'SARS: 6210.10 is divided into lines at 40 % and free ones',
    ...{ to: { country: 'ZA' }, currency: 'ZAR' },
    goods: [goods('621010', 1_000_00)],
    is: /621010 is divided in ZA into 3 lines, 0 % to 40 %/,
  },
  {
    source: 'Common Customs Tariff: handbags of textile, 3.7 %',
    ...{ to: { country: 'DE' }, currency: 'EUR' },
    goods: [goods('420222', 200_00, { nationalCodes: { EU: '4202229000' } })],
    is: [7_40, 39_41, 0],
  },
  {
    source: 'UK Global Tariff: stainless steel kitchenware is free',
    ...{ to: { country: 'GB' }, currency: 'GBP' },
    goods: [goods('732393', 200_00, { origin: 'TR', nationalCodes: { GB: '7323930090' } })],
    is: [0, 40_00, 0],
  },
  {
    source: 'Norway, VOEC: NOK 500 with NOK 99 of transport',
    ...{ to: { country: 'NO' }, currency: 'NOK', freight: 99_00 },
    goods: [goods('392690', 500_00)],
    is: [0, 149_75, 0],
  },
  {
    source: 'Hong Kong is a free port',
    ...{ to: { country: 'HK' }, currency: 'HKD', freight: 50_00 },
    goods: [tee(500_00)],
    is: [0, 0, 0],
  },
];

const unregistered: readonly Row[] = [
  {
    source: 'toll.no, calculation of Norwegian VAT: a skirt of NOK 1,000 with 250 at 10.7 %',
    ...{ to: { country: 'NO' }, currency: 'NOK', freight: 250_00 },
    goods: [goods('620452', 1_000_00)],
    is: [134_00, 346_00, 0],
  },
  {
    source: 'toll.no, examples of the calculation: building materials of NOK 20,000 with 1,350',
    ...{ to: { country: 'NO' }, currency: 'NOK', freight: 1_350_00 },
    goods: [goods('681019', 20_000_00)],
    is: [0, 5_338_00, 0],
  },
  {
    source: 'toll.no, examples of the calculation: trousers of NOK 50,000 with 600',
    ...{ to: { country: 'NO' }, currency: 'NOK', freight: 600_00 },
    goods: [goods('620342', 50_000_00)],
    is: [5_414_00, 14_004_00, 0],
  },
  {
    source: 'IRAS: SGD 280 with SGD 25 of transport',
    ...{ to: { country: 'SG' }, currency: 'SGD', freight: 25_00 },
    goods: [tee(280_00)],
    is: [0, 0, 0],
  },
  {
    source: 'IRAS: SGD 390 with SGD 35 of transport',
    ...{ to: { country: 'SG' }, currency: 'SGD', freight: 35_00 },
    goods: [tee(390_00)],
    is: [0, 38_25, 0],
  },
  ...(
    [
      ['610910', 61_99, 0],
      ['610910', 62_00, 5_02],
      ['490199', 192_99, 0],
      ['490199', 193_00, 5_02],
    ] as const
  ).map(
    ([hsCode, price, tax]): Row => ({
      source: `ch.ch: nothing below CHF 62 and CHF 193: ${price} of ${hsCode}`,
      ...{ to: { country: 'CH' }, currency: 'CHF' },
      goods: [goods(hsCode, price)],
      is: [0, tax, 0],
    }),
  ),
  {
    source: 'krutils.com: USD 200 of the United States bear nothing in Korea',
    ...{ to: { country: 'KR' }, from: 'US', currency: 'USD' },
    goods: [tee(200_00, { origin: 'US' })],
    is: [0, 0, 0],
  },
];

describe('published examples, by a seller with the registrations of the sample', () => {
  test.each(registered)('$source', expectRow);
});

describe('published examples, by a seller without a registration', () => {
  beforeAll(() => door.put('seller', unregisteredSeller));
  test.each(unregistered)('$source', expectRow);
});

describe('a listed price with tax in it is what the goods and the tax on them cost', () => {
  const taxIncludedMarkets = 'AE AU BR CA CH CL DE GB JP KR MX NO NZ SG'.split(' ');
  beforeAll(() => door.put('seller', { ...sampleSeller, pricing: { taxIncludedMarkets } }));

  test.each([
    // woocommerce 20963: tax on top of an inclusive price where the region is not spelled out.
    ['113.00 / 1.13', toronto, 'CAD', 113_00, { goods: 100_00, duty: 18_00, tax: 15_34 }],
    [
      'the same',
      { ...toronto, region: 'Ontario' },
      'CAD',
      113_00,
      { goods: 100_00, duty: 18_00, tax: 15_34 },
    ],
    [
      '113.00 / 1.05',
      { country: 'CA', region: 'AB' },
      'CAD',
      113_00,
      { goods: 107_62, duty: 19_37, tax: 6_35 },
    ],
    // Trust-Code/odoo-brasil 716: ICMS is inside its base, 500.00 x 0.83.
    ['500.00 x 0.83', saoPaulo, 'BRL', 500_00, { goods: 415_00 }],
    ['the same', { country: 'BR', region: 'SP' }, 'BRL', 500_00, { goods: 415_00 }],
    ['100.00 x 0.80', { country: 'BR', region: 'BA' }, 'BRL', 100_00, { goods: 80_00, duty: 0, tax: 20_00 }],
    // One rate covers duty and tax: 358.00 / 1.335.
    ['358.00 / 1.335', { country: 'MX', postalCode: '06600' }, 'MXN', 358_00, { goods: 268_16, duty: 89_84 }],
    // No tax is due below these limits.
    ['below USD 150', { country: 'KR' }, 'KRW', 64_170, { goods: 64_170, tax: 0 }],
    ['below AED 300', { country: 'AE' }, 'AED', 100_00, { goods: 100_00, tax: 0 }],
    ['24.90 x 19 / 119', { country: 'DE' }, 'EUR', 24_90, { goods: 20_92, duty: 3_00, tax: 3_98 + 57 }],
    ['at GBP 135', { country: 'GB' }, 'GBP', 162_00, { goods: 135_00, duty: 0, tax: 27_00 }],
    ['110 / 1.1', { country: 'AU', postalCode: '3000' }, 'AUD', 110_00, { goods: 100_00, tax: 10_00 }],
    ['115 / 1.15', { country: 'NZ' }, 'NZD', 115_00, { goods: 100_00, tax: 15_00 }],
    ['109 / 1.09', { country: 'SG' }, 'SGD', 109_00, { goods: 100_00, tax: 9_00 }],
    ['108.10 / 1.081', { country: 'CH' }, 'CHF', 108_10, { goods: 100_00, tax: 8_10 }],
    ['125 / 1.25', { country: 'NO' }, 'NOK', 125_00, { goods: 100_00, tax: 25_00 }],
    ['11,900 / 1.19', { country: 'CL' }, 'CLP', 11_900, { goods: 10_000, tax: 1_900 }],
  ] as const)('%s, %j in %s: %i', async (_how, to, currency, listed, parts) => {
    const outcome = await door.price({ to, currency, goods: [tee(listed, { taxIncluded: true })] });
    const totals = isQuoted(outcome) ? outcome.totals : undefined;
    const amounts = Object.entries(totals ?? {}).map(([part, { amount }]) => [part, amount] as const);
    expect(Object.fromEntries(amounts)).toMatchObject(parts);
  });
});

describe('cases of the duty calculator of the UK Trade Tariff, with their rates imported', () => {
  const line = (id: string, hsPrefix: string, rate: string | object, more: object = {}) => ({
    ...{ kind: 'tariff-line', id, regime: 'gb', tariff: 'gb', hsPrefix, rate, goods: 'goods of the case' },
    ...{ validFrom: '2026-01-01', law: 'as the case states', provenance: 'published', confidence: 'high' },
    ...more,
  });
  const perKg = (amount: number) => ({ perKg: { amount, currency: 'GBP' } });
  beforeAll(async () => {
    await door.put('seller', sampleSeller);
    // Rows with whole codes hold before the lines of the tariff's schedule.
    const rows = [
      line('case-gb04', '8306210000', '12'),
      line('case-gb06', '8306210000', '5', { when: { origins: { only: ['CN'] } } }),
      line('case-gb10', '3811210000', '4'),
      line('case-sp02', '8302420000', perKg(35)),
      line('case-sp04', '8302500000', { percent: '13.8', least: perKg(13), most: perKg(8) }),
    ];
    const body = { dryRun: false, file: { title: 'Cases of the UK duty calculator', rows } };
    await door.handlers.operator.call({ method: 'POST', path: '/v1/admin/rules/imports', body });
  });
  const of = (hsCode: string, price: number, more: Partial<ExampleGoods> = {}) =>
    goods(hsCode, price, { nationalCodes: { GB: `${hsCode}0000` }, ...more });

  test.each<Row>([
    {
      source: 'GB04: 500.00 at 12 %, VAT of 20 % on it with the duty (the case is of live horses)',
      ...{ to: { country: 'GB' }, currency: 'GBP', goods: [of('830621', 500_00, { origin: 'AR' })] },
      is: [60_00, 112_00, 0],
    },
    {
      source: 'GB06: the rate of China stands in place of the general one',
      ...{ to: { country: 'GB' }, currency: 'GBP', goods: [of('830621', 500_00)] },
      is: [25_00, 105_00, 0],
    },
    {
      source: 'GB10: 500.00 with 250.00 of transport and 250.00 of insurance at 4 %',
      ...{ to: { country: 'GB' }, currency: 'GBP', freight: 500_00, goods: [of('381121', 500_00)] },
      is: [40_00, 208_00, 0],
    },
    {
      source: 'NI01: Northern Ireland is refused by its name',
      ...{ to: { country: 'GB', postalCode: 'BT1 1AA' }, currency: 'GBP', goods: [of('830621', 500_00)] },
      is: /^Northern Ireland/,
    },
    {
      source: 'SP02: GBP 35 for 100 kg, 20 units of 0.1 kg',
      ...{ to: { country: 'GB' }, currency: 'GBP', goods: [of('830242', 60_00, { quantity: 20 })] },
      // 2 kg x 0.35 = 0.70; (1,200.00 + 0.70) x 20 % = 240.14.
      is: [70, 240_14, 0],
    },
    {
      source: 'SP04: 13.8 % MIN 13 GBP/100 kg MAX 8 GBP/100 kg, on GBP 1,200 and 2 kg',
      ...{ to: { country: 'GB' }, currency: 'GBP', goods: [of('830250', 60_00, { quantity: 20 })] },
      // min(max(165.60, 0.26), 0.16) = 0.16.
      is: [16, 240_03, 0],
    },
  ])('$source', expectRow);
});
