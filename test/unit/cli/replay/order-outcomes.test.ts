import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countHolds, type OrderOutcome, outcomesOf } from '../../../../infra/cli/replay/order-outcomes.ts';
import type { Placing } from '../../../../infra/cli/replay/place-order.ts';
import type { PlannedOrder } from '../../../../infra/cli/replay/plan-orders.ts';
import { holdsIn } from '../../../../infra/cli/replay/read-holds.ts';
import { writeOrders } from '../../../../infra/cli/replay/write-orders.ts';

const order = (key: string): PlannedOrder => ({
  key,
  invoiceNo: key,
  country: 'DE',
  customerId: '1',
  lines: [{ sku: 'MUG', quantity: 36, rows: [2] }],
});

const placed = (orderId: string, isPaid = true): Placing => ({
  outcome: 'placed',
  orderId,
  cost: { goods: 1000, shipping: 100, duty: 50, tax: 84, fees: 0, total: 1234 },
  isPaid,
  schemes: [],
  leftOut: [],
});

const many = { rule: 'many-of-one', finding: '36 units of MUG, more than 20' };
const delivered = { status: 'delivered', isHeld: false, holds: [], isReleased: false };

function outcomes(): readonly OrderOutcome[] {
  const orders = ['1', '2', '3', '4', '5', '6'].map(order);
  const placings: Placing[] = [
    placed('a'),
    placed('b'),
    placed('c'),
    placed('d', false),
    { outcome: 'refused', reason: 'api:unclassified', detail: '=no code' },
    placed('f'),
  ];
  return outcomesOf({
    rowsRead: 6,
    rowsLeftOut: 0,
    refusals: [],
    orders,
    placings: new Map(orders.map((each, index) => [each, placings[index] as Placing])),
    whereabouts: new Map([
      ['a', { ...delivered, holds: [many], isReleased: true }],
      ['b', { ...delivered, status: 'held', isHeld: true, holds: [many] }],
      ['c', { ...delivered, status: 'held', isHeld: true, holds: [many], isReleased: true }],
      ['d', { ...delivered, status: 'placed' }],
      ['f', { ...delivered, status: 'fulfilling' }],
    ]),
  });
}

describe('the outcome of an order', () => {
  it('names the rule that holds the order and what releases it; a delivered order has no blocker', () => {
    const [a, b, c] = outcomes();
    expect(a).toMatchObject({ status: 'delivered', holds: [many], isReleased: true });
    expect(a?.obstacle).toBeUndefined();
    expect(b?.obstacle).toEqual({
      reason: 'held: many-of-one',
      detail: '36 units of MUG, more than 20',
      remedy: 'POST /v1/admin/orders/{id}/release, or a replay without --hold',
    });
    // It was released and is held again, so a second release would not help.
    expect(c?.obstacle?.remedy).toContain('GET /v1/admin/orders/{id}');
  });

  it('gives the reason if an order has not arrived', () => {
    const reasons = outcomes().map(({ obstacle }) => obstacle?.reason);
    expect(reasons.slice(3)).toEqual(['payment not confirmed', 'api:unclassified', 'still fulfilling']);
  });

  it('counts held, released and delivered orders by rule', () => {
    expect(countHolds(outcomes())).toEqual([
      { rule: 'many-of-one', orders: 3, released: 2, delivered: 1, example: many.finding },
    ]);
  });

  it('is written as CSV with one order a line; the command that releases an order contains its id', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'replay-')), 'orders.csv');
    await writeOrders(path, outcomes());
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(7);
    expect(lines[1]).toBe('1,DE,a,delivered,12.34,many-of-one,"36 units of MUG, more than 20",yes,,');
    expect(lines[2]).toContain('"POST /v1/admin/orders/b/release, or a replay without --hold"');
    // A spreadsheet would read the text as a formula.
    expect(lines[5]).toContain("'=no code");
  });
});

describe('the facts of an order', () => {
  it('give the findings of the rules that held it last, and the reason of a later stage', () => {
    const held = {
      name: 'screening.held',
      data: {
        findings: [
          { ruleId: 'high-value', outcome: 'pass', explanation: '10.00 GBP' },
          { ruleId: 'many-of-one', outcome: 'hold', explanation: many.finding },
        ],
      },
    };
    expect(holdsIn([{ name: 'order.placed' }])).toEqual([]);
    expect(holdsIn([{ name: 'order.placed' }, held, { name: 'screening.released' }])).toEqual([many]);
    const later = { name: 'order.held', data: { reason: 'declaration-refused' } };
    expect(holdsIn([held, later]).map(({ rule }) => rule)).toEqual(['declaration-refused']);
  });
});
