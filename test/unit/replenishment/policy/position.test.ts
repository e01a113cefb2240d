import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantityBy } from '../../../../shared/replenishment/policy/policies.ts';
import { inventoryPosition, type OpenOrder } from '../../../../shared/replenishment/policy/position.ts';

const order = (orderId: string, given: Partial<OpenOrder>): OpenOrder => ({
  orderId,
  ordered: 0,
  shipped: 0,
  received: 0,
  cancelled: 0,
  ...given,
});

describe('the inventory position', () => {
  it('counts each unit once: on hand, reserved, in transit or on order', () => {
    // 100 ordered, 60 shipped, 25 received: 35 in transit, 40 on order. 50 ordered, 10 cancelled: 40 on order.
    // 20 available + 35 + 80 = 135. On hand: 20 + 5 reserved + 3 quarantined.
    const stock = { available: 20, reserved: 5, quarantined: 3 };
    const orders = [
      order('a', { ordered: 100, shipped: 60, received: 25 }),
      order('b', { ordered: 50, cancelled: 10 }),
    ];
    expect(inventoryPosition(stock, orders)).toEqual({
      onHand: 28,
      reserved: 5,
      quarantined: 3,
      inTransit: 35,
      onOrder: 80,
      owed: 0,
      position: 135,
    });
    // What a hub owes to its sites is not its own.
    expect(inventoryPosition(stock, orders, 12)).toMatchObject({ owed: 12, position: 123 });
  });

  it('takes a receipt that is reported before its shipment', () => {
    const none = { available: 30, reserved: 0, quarantined: 0 };
    const found = inventoryPosition(none, [order('a', { ordered: 50, shipped: 0, received: 30 })]);
    expect(found).toMatchObject({ inTransit: 0, onOrder: 20, position: 50 });
    expect(inventoryPosition(none, [order('a', { ordered: 20, received: 30 })])).toMatchObject({
      position: 30,
    });
  });

  it('counts what was shipped and then cancelled in one state', () => {
    // 50 ordered, 30 cancelled: 20 can still come, all of the 40 shipped ones among them.
    const none = { available: 0, reserved: 0, quarantined: 0 };
    const found = inventoryPosition(none, [order('a', { ordered: 50, shipped: 40, cancelled: 30 })]);
    expect(found).toMatchObject({ inTransit: 20, onOrder: 0, position: 20 });
  });

  it('counts an order that is listed twice once', () => {
    const none = { available: 0, reserved: 0, quarantined: 0 };
    const twice = [order('a', { ordered: 50 }), order('a', { ordered: 50, shipped: 20 })];
    expect(inventoryPosition(none, twice)).toMatchObject({ inTransit: 20, onOrder: 30, position: 50 });
  });
});

type Event =
  | { readonly kind: 'sell' | 'return' | 'quarantine'; readonly units: number }
  | { readonly kind: 'ship' | 'receive' | 'cancel'; readonly order: number; readonly units: number }
  | { readonly kind: 'plan' };

const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('sell' as const, 'return' as const, 'quarantine' as const),
    units: fc.integer({ min: 1, max: 12 }),
  }),
  fc.record({
    kind: fc.constantFrom('ship' as const, 'receive' as const, 'cancel' as const),
    order: fc.nat(20),
    units: fc.integer({ min: 1, max: 30 }),
  }),
  fc.constant({ kind: 'plan' as const }),
);

it('one need is never ordered twice, whatever crosses whatever', () => {
  const policy = { kind: 's-S', reorderAt: 20, upTo: 50 } as const;
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 120 }), (events) => {
      let stock = { available: 40, reserved: 0, quarantined: 0 };
      const orders: OpenOrder[] = [];
      let removed = 0;
      let ordered = 0;
      let cancelled = 0;
      for (const event of events) {
        if (event.kind === 'plan') {
          const units = quantityBy(policy, inventoryPosition(stock, orders).position, 0);
          if (units > 0) orders.push(order(`o${orders.length}`, { ordered: units }));
          ordered += units;
          // A second run finds nothing more to order.
          expect(quantityBy(policy, inventoryPosition(stock, orders).position, 0)).toBe(0);
          continue;
        }
        if (event.kind === 'sell') stock = { ...stock, available: stock.available - event.units };
        if (event.kind === 'return') stock = { ...stock, available: stock.available + event.units };
        if (event.kind === 'quarantine')
          stock = {
            ...stock,
            available: stock.available - event.units,
            quarantined: stock.quarantined + event.units,
          };
        if (event.kind === 'sell' || event.kind === 'quarantine') removed += event.units;
        if (event.kind === 'return') removed -= event.units;
        if (!('order' in event)) continue;
        const index = event.order % Math.max(1, orders.length);
        const open = orders[index];
        if (open === undefined) continue;
        const left = open.ordered - open.received - open.cancelled;
        const units = Math.min(event.units, left);
        if (event.kind === 'receive') stock = { ...stock, available: stock.available + units };
        if (event.kind === 'cancel') cancelled += units;
        orders[index] = {
          ...open,
          // The report of a shipment may come before, between or after the receipts.
          shipped: event.kind === 'ship' ? Math.min(open.ordered, open.shipped + event.units) : open.shipped,
          received: event.kind === 'receive' ? open.received + units : open.received,
          cancelled: event.kind === 'cancel' ? open.cancelled + units : open.cancelled,
        };
      }
      const { position, inTransit, onOrder } = inventoryPosition(stock, orders);
      // What was ordered is what replaces what left, and nothing else.
      expect(position).toBe(40 - removed + ordered - cancelled);
      expect(Math.min(inTransit, onOrder)).toBeGreaterThanOrEqual(0);
      expect(position).toBeLessThanOrEqual(50 + returnsIn(events));
    }),
  );
});

/** Returned units may lift the position above S; orders may not. */
const returnsIn = (events: readonly Event[]) =>
  events.reduce((sum, event) => sum + (event.kind === 'return' ? event.units : 0), 0);
