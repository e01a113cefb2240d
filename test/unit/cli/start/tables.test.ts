import { describe, expect, it } from 'vitest';
import { demoDestinations } from '../../../../infra/cli/start/demo-basket.ts';
import type { QuoteAnswer } from '../../../../infra/cli/start/demo-order.ts';
import type { Money } from '../../../../infra/cli/start/money-text.ts';
import {
  billTable,
  landedCostTable,
  ledgerTable,
  type TabledOrder,
} from '../../../../infra/cli/start/order-tables.ts';
import { priceTable } from '../../../../infra/cli/start/price-table.ts';

const eur = (amount: number): Money => ({ amount, currency: 'EUR' });
/** The width of an ordinary terminal. */
const MAX_TABLE_WIDTH = 100;
const widest = (table: string) => Math.max(...table.split('\n').map((line) => line.length));

const quoteIn = (currency: Money['currency'], warehouses: readonly string[]): QuoteAnswer => {
  const of = (amount: number): Money => ({ amount, currency });
  return {
    quoteId: 'quo_1',
    totals: {
      goods: of(123456789),
      shipping: of(4248),
      duty: of(600),
      tax: of(1304),
      fees: of(277),
      total: of(14348),
    },
    optionId: 'one',
    options: [
      {
        optionId: 'other',
        promise: { earliest: '2026-12-01T07:00:00.000Z', latest: '2026-12-02T07:00:00.000Z' },
      },
      {
        optionId: 'one',
        promise: { earliest: '2026-12-29T07:00:00.000Z', latest: '2027-01-04T07:00:00.000Z' },
      },
    ],
    landedCost: { consignments: warehouses.map((warehouseId) => ({ warehouseId })) },
  };
};

const order: TabledOrder = {
  status: 'delivered',
  parcels: [{ parcelId: 'par_01', consignmentId: '1', warehouseId: 'cn-shenzhen' }],
  facts: [],
  landedCost: {
    incoterm: 'DDP',
    ruleSet: { version: '2026-11-28-b9d05534', date: '2026-11-28' },
    consignments: [
      {
        consignmentId: '1',
        warehouseId: 'cn-shenzhen',
        scheme: 'ioss',
        dataSet: 'EU_H7',
        charges: [
          {
            kind: 'goods',
            description: 'Cotton knit T-shirt, navy',
            amount: eur(3980),
            formula: '39.80 EUR = 19.90 EUR x 2',
            ruleId: 'price-list',
            legalReference: "the merchant's price list",
          },
          {
            kind: 'tax',
            description: 'VAT DE 19 %',
            amount: eur(1313),
            formula:
              'share of 13.13 EUR = 69.10 EUR (goods + freight + duty) x 19 %, as the authority rounds it',
            ruleId: 'vat-de-standard-2021-01-01',
            legalReference: 'Directive 2006/112/EC Art. 73, 78 and 143(1)(ca), Title XII Chapter 6 Section 4',
          },
        ],
      },
    ],
    totals: { goods: eur(3980), tax: eur(1313), total: eur(5293) },
  },
  ledger: [
    {
      description: 'goods handed over, par_01',
      postings: [
        { account: 'customer-deposits', amount: eur(5293) },
        { account: 'sales', amount: eur(-5293) },
      ],
    },
  ],
};

describe('the tables of a start', () => {
  it('fit into a terminal of a hundred columns', () => {
    const prices = demoDestinations.map((place) => ({
      place,
      quote: quoteIn(place.currency, ['cn-shenzhen', 'pl-poznan', 'cn-shenzhen']),
    }));
    const bill = billTable({
      lines: [
        {
          unit: 'u',
          label: 'DynamoDB on-demand write request units',
          count: 340,
          priceMicroUsdPerMillion: 1,
          amountMicroUsd: 1,
          perOrderNanoUsd: 211_880,
        },
      ],
      totalMicroUsd: 1,
      totalPerOrderNanoUsd: 211_880,
    });
    for (const table of [priceTable(prices), landedCostTable(order), ledgerTable(order), bill])
      expect(widest(table), table).toBeLessThanOrEqual(MAX_TABLE_WIDTH);
  });

  it('write prices in the format of their currency, duty with the fees, and the promise of the chosen option', () => {
    const [, , , japan] = demoDestinations;
    if (japan === undefined) throw new Error('Japan is one of them');
    const [, , line] = priceTable([{ place: japan, quote: quoteIn('JPY', ['cn-shenzhen']) }]).split('\n');
    expect(line?.trim().split(/ {2,}/)).toEqual([
      'Japan', 'JPY', '123456789', '4248', '877', '1304', '14348', '29 Dec - 4 Jan', 'cn-shenzhen',
    ]); // biome-ignore format: one row
  });

  it('show each charge with its formula, its law and its rule', () => {
    const text = landedCostTable(order);
    for (const words of [
      'From cn-shenzhen: ioss',
      'declared as EU_H7',
      '13.13',
      '[vat-de-standard-2021-01-01]',
      '52.93',
    ])
      expect(text).toContain(words);
  });

  it('name the parcel of a journal entry, and print debits and credits side by side', () => {
    const text = ledgerTable(order);
    expect(text).toMatch(/goods handed over, parcel 1 from\s+customer-deposits\s+52\.93 EUR/);
    expect(text).toMatch(/sales\s+52\.93 EUR/);
    expect(text).not.toContain('par_01');
  });
});
