import { describe, expect, it } from 'vitest';
import type { Whereabouts } from '../../../../infra/cli/replay/follow-orders.ts';
import { outcomesOf } from '../../../../infra/cli/replay/order-outcomes.ts';
import type { Placed, Placing } from '../../../../infra/cli/replay/place-order.ts';
import type { PlannedOrder } from '../../../../infra/cli/replay/plan-orders.ts';
import { reportPage } from '../../../../infra/cli/replay/report-page.ts';
import { summarise } from '../../../../infra/cli/replay/summary.ts';
import { type Replayed, tally } from '../../../../infra/cli/replay/tally.ts';
import { grouped, percentOf, pounds } from '../../../../infra/cli/terminal/text-table.ts';

const order = (key: string, country: string, rows: number[]): PlannedOrder => ({
  key,
  invoiceNo: key.split('/')[0] ?? key,
  country,
  customerId: '1',
  lines: [{ sku: 'MUG', quantity: 1, rows }],
});

const placed = (orderId: string, total = 1000, more: Partial<Placed> = {}): Placing => ({
  outcome: 'placed',
  orderId,
  cost: { goods: total - 300, shipping: 100, duty: 50, tax: 120, fees: 30, total },
  isPaid: true,
  schemes: ['GB domestic'],
  leftOut: [],
  ...more,
});

const refused: Placing = { outcome: 'refused', reason: 'api:destination-not-served', detail: '<no> "lane"' };

const where = (status: string): Whereabouts => ({ status, isHeld: false, holds: [], isReleased: false });
const manyMugs = { rule: 'many-of-one', finding: '36 units of MUG, more than 20' };
const highValue = { rule: 'high-value', finding: 'above the threshold: 1,000.00 GBP, threshold 900.00 GBP' };

const orders = [
  order('1', 'DE', [2, 3]),
  order('2/1', 'GB', [4, 5]),
  order('2/2', 'GB', [5, 6]),
  order('3', 'GB', [7]),
  order('4', 'GB', [8]),
  order('5', 'FR', [9]),
];

const replayed: Replayed = {
  rowsRead: 12,
  rowsLeftOut: 1,
  refusals: [
    { line: 10, invoiceNo: 'C9', reason: 'cancellation', detail: 'C9' },
    { line: 11, invoiceNo: '9', reason: 'no-goods', detail: 'POST' },
    { line: 12, invoiceNo: '9', reason: 'no-goods', detail: 'D' },
  ],
  orders,
  placings: new Map<PlannedOrder, Placing>(
    [placed('a', 1500), placed('b'), refused, placed('c'), placed('d')].map((placing, index) => [
      orders[index] as PlannedOrder,
      placing,
    ]),
  ),
  whereabouts: new Map<string, Whereabouts>([
    ['a', { ...where('delivered'), holds: [manyMugs], isReleased: true }],
    ['b', where('delivered')],
    ['c', { ...where('held'), isHeld: true, holds: [manyMugs, highValue] }],
    ['d', where('dispatched')],
  ]),
};

describe('the tally', () => {
  const result = tally(replayed);
  const outcomes = outcomesOf(replayed);

  it('counts orders and landed cost by destination, the largest first, and in total', () => {
    expect(result.destinations.map(({ country }) => country)).toEqual(['GB', 'DE', 'FR']);
    expect(result.destinations[0]).toMatchObject({
      planned: 4,
      placed: 3,
      delivered: 1,
      cancelled: 0,
      held: 1,
      other: 1,
      refused: 1,
      cost: { goods: 2100, shipping: 300, duty: 150, tax: 360, fees: 90, total: 3000 },
    });
    expect(result.total).toMatchObject({
      country: 'all',
      planned: 6,
      placed: 4,
      refused: 2,
      cost: { total: 4500 },
    });
  });

  it('counts every row once: a row of two orders counts as refused only if both are refused', () => {
    expect(result.rows).toEqual({ read: 12, delivered: 4, otherState: 2, refused: 5, leftOut: 1 });
    expect(result.rowRefusals.map(({ line, reason }) => [line, reason])).toEqual([
      [6, 'api:destination-not-served'],
      [9, 'stopped-before'],
      [10, 'cancellation'],
      [11, 'no-goods'],
      [12, 'no-goods'],
    ]);
    expect(Object.fromEntries(result.orderRefusals)).toEqual({
      'api:destination-not-served': 1,
      'stopped-before': 1,
    });
  });

  it('counts tax schemes and reasons by destination and in total', () => {
    const [gb, de, fr] = result.destinations;
    expect([gb, de, fr].map((each) => Object.fromEntries(each?.schemes ?? []))).toEqual([
      { 'GB domestic': 3 },
      { 'GB domestic': 1 },
      {},
    ]);
    expect([gb, de, fr].map((each) => Object.fromEntries(each?.refusals ?? []))).toEqual([
      { 'api:destination-not-served': 1 },
      {},
      { 'stopped-before': 1 },
    ]);
    expect(Object.fromEntries(result.total.schemes)).toEqual({ 'GB domestic': 4 });
  });

  it('counts rows of goods that may not be sold as refused, unless another order carries them', () => {
    const line = (sku: string, rows: number[]) => ({ sku, quantity: 1, rows });
    const restricted: PlannedOrder = {
      ...order('9/1', 'AU', []),
      lines: [line('MUG', [2]), line('SEEDS', [3, 4])],
    };
    const second: PlannedOrder = { ...order('9/2', 'AU', []), lines: [line('SEEDS', [4])] };
    const leftOut = [
      { sku: 'SEEDS', reason: 'restricted-goods' as const, detail: 'seeds are barred (au-seeds)' },
    ];
    const { rows, rowRefusals } = tally({
      rowsRead: 3,
      rowsLeftOut: 0,
      refusals: [],
      orders: [restricted, second],
      placings: new Map([
        [restricted, placed('a', 1500, { leftOut })],
        [second, placed('b')],
      ]),
      whereabouts: new Map(['a', 'b'].map((id) => [id, where('delivered')])),
    });
    expect(rows).toEqual({ read: 3, delivered: 2, otherState: 0, refused: 1, leftOut: 0 });
    expect(rowRefusals).toEqual([
      { line: 3, invoiceNo: '9', reason: 'restricted-goods', detail: 'seeds are barred (au-seeds)' },
    ]);
  });

  it('throws if a row is missing or counted twice', () => {
    expect(() => tally({ ...replayed, rowsRead: 13 })).toThrow('every row read');
    expect(() => tally({ ...replayed, rowsLeftOut: 0 })).toThrow('every row read');
  });

  it('is printed on the terminal in aligned columns', () => {
    const text = summarise({
      tally: result,
      outcomes,
      plan: { invoices: 5, splitInvoices: 1, orders: [...orders, ...orders] },
      isMetered: false,
      bill: undefined,
      seconds: 3,
    });
    const table = text.split('\n').slice(2, 9);
    expect(table[0]).toMatch(/^to +orders +placed +delivered +cancelled +held +other +not placed +goods £/);
    expect(new Set([table[0], table[2], table[3], table[6]].map((line) => line?.length)).size).toBe(1);
    expect(table[6]).toMatch(/^all +6 +4 +2 +0 +1 +1 +2 +33\.00 .* 45\.00 +136\.4 %$/);
    expect(text).toMatch(/^GB +3 GB domestic +1 api:destination-not-served$/m);
    expect(text).toContain('Other states: 1 dispatched');
    expect(text).toMatch(/^ +2 +1 +many-of-one +36 units of MUG, more than 20$/m);
    expect(text).toContain('2 of the orders were held for a person; 1 were released by the replay');
    expect(text).toMatch(/^ +1 +held: many-of-one, high-value +POST \/v1\/admin\/orders\/\{id\}\/release/m);
    expect(text).toMatch(/^ +1 +still dispatched +a longer --patience$/m);
    expect(text).toContain('line 11: POST; line 12: D');
    expect(text).toContain('5 invoices make 12 orders (1 were too large for one), of which 6 were replayed.');
    expect(text).toContain(
      'Rows: 12 read = 4 in delivered orders + 2 in orders of other states + 5 refused + 1 left out by --limit or --countries. None is lost.',
    );
  });

  it('is written as a self-contained page, and markup in the data is escaped', () => {
    const page = reportPage('Replay of <sales>.csv', result, outcomes);
    expect(page).not.toMatch(/<script|src=|href=|<sales>|<no>/);
    expect(page).toContain('&lt;no&gt; &quot;lane&quot;');
    expect(page.match(/<svg/g)).toHaveLength(2);
    expect(page).toContain('<td>many-of-one</td><td class="number">2</td><td class="number">1</td>');
    // GB has four orders, DE one: the bars are as long as 4 to 1. Three of GB's parts are 1/4 each.
    const widths = [...page.matchAll(/<rect class="delivered"[^>]* width="([\d.]+)"/g)].map(
      ([, width]) => width,
    );
    expect(widths).toEqual(['140.0', '140.0']);
    expect(page.match(/<rect/g)?.length).toBeGreaterThan(6);
    expect(page).toContain('<td>45.00</td>');
    expect(page).toContain('>United Kingdom</text>');
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('of no orders is empty and can be printed', () => {
    const none = tally({
      rowsRead: 0,
      rowsLeftOut: 0,
      refusals: [],
      orders: [],
      placings: new Map(),
      whereabouts: new Map(),
    });
    expect(none.total.placed).toBe(0);
    const text = summarise({
      tally: none,
      outcomes: [],
      plan: { invoices: 0, splitInvoices: 0, orders: [] },
      isMetered: true,
      bill: undefined,
      seconds: 0,
    });
    expect(text).toContain('Rows: 0 read');
    expect(reportPage('x', none, [])).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('text in the tally', () => {
  it('groups thousands and reads pence as pounds', () => {
    expect([0, 999, 1000, 1234567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([0, 5, 100, 123456789, -250].map(pounds)).toEqual([
      '0.00',
      '0.05',
      '1.00',
      '1,234,567.89',
      '-2.50',
    ]);
  });

  it('gives a share in per cent of the total, to a tenth', () => {
    expect([percentOf(1184, 1000), percentOf(1, 3), percentOf(12_345, 10), percentOf(5, 0)]).toEqual([
      '118.4 %',
      '33.3 %',
      '123,450.0 %',
      '-',
    ]);
  });
});
