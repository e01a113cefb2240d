import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decideOrder,
  legalCommands,
  type OrderCommand,
  openUnitsOf,
} from '../../../shared/replenishment/purchasing/decide-order.ts';
import {
  evolve,
  hasEnded,
  type OrderState,
  orderStatuses,
  orderTransitions,
} from '../../../shared/replenishment/purchasing/order-state.ts';
import { now, sentOrder } from './replenishment-builders.ts';

const at = { at: '2026-12-25T08:00:00.000Z', by: 'operator' } as const;

const ship = (noticeId: string, lines: { sku: string; units: number }[]): OrderCommand => ({
  ...{ kind: 'ship', noticeId, lines, leg: { mode: 'sea', fromCountry: 'CN' } },
  ...{ expectedAt: '2026-12-20T08:00:00.000Z', spreadBy: 'weight', bulkEntry: [] },
});

const commands: Readonly<Record<OrderCommand['kind'], OrderCommand>> = {
  approve: { kind: 'approve', approval: 'person' },
  'mark-sent': { kind: 'mark-sent', way: 'file', messageId: 'm' },
  acknowledge: { kind: 'acknowledge' },
  ship: ship('N', [{ sku: 'MUG', units: 1 }]),
  receive: {
    kind: 'receive',
    noticeId: 'N',
    lines: [{ sku: 'MUG', received: 1, short: 0, damaged: 0, rejected: 0 }],
  },
  close: { kind: 'close' },
  cancel: { kind: 'cancel', reason: 'wrong' },
};

/** The legal commands of each status, written out by hand. */
const legal: Readonly<Record<OrderState['status'], readonly OrderCommand['kind'][]>> = {
  proposed: ['approve', 'cancel'],
  approved: ['mark-sent', 'ship', 'cancel'],
  sent: ['acknowledge', 'ship', 'close', 'cancel'],
  acknowledged: ['acknowledge', 'ship', 'close', 'cancel'],
  shipped: ['ship', 'receive'],
  received: ['ship', 'receive', 'close'],
  closed: [],
  cancelled: [],
};

describe('the moves of a replenishment order', () => {
  it.each(orderStatuses)('from %s are those of the table, and every other one is a refusal', (status) => {
    const state = { ...sentOrder({ MUG: 10 }), status };
    expect(legalCommands(status)).toEqual(legal[status]);
    for (const [kind, command] of Object.entries(commands)) {
      const decided = decideOrder(state, command, at);
      if (legal[status].includes(command.kind)) continue;
      expect(decided).toEqual({ ok: false, error: { reason: 'illegal-move', from: status, asked: kind } });
    }
  });

  it('count a delivery once, also while the rest of the order is open', () => {
    const stateAfter = (state: OrderState, command: OrderCommand): OrderState => {
      const decided = decideOrder(state, command, at);
      if (!decided.ok) throw new Error(decided.error.reason);
      return decided.value.reduce(evolve, state);
    };
    const counted = stateAfter(stateAfter(sentOrder({ MUG: 10 }), commands.ship), commands.receive);
    expect(counted).toMatchObject({ status: 'received', lines: [{ received: 1, open: 9 }] });
    expect(decideOrder(counted, commands.receive, at)).toEqual({
      ok: false,
      error: { reason: 'already-counted' },
    });
  });

  it('are refused as facts that can not be: a fact out of order is a broken invariant', () => {
    const state = sentOrder({ MUG: 10 });
    const decided = decideOrder(state, commands.cancel, at);
    expect(decided.ok).toBe(true);
    if (!decided.ok) return;
    const [fact] = decided.value;
    const cancelled = decided.value.reduce(evolve, state);
    expect(() => fact && evolve(cancelled, fact)).toThrow('numbered without a gap');
    expect(
      () =>
        fact &&
        evolve(cancelled, {
          ...fact,
          data: { ...fact.data, sequence: cancelled.sequence + 1 },
        } as typeof fact),
    ).toThrow('legal moves only');
  });

  it('let a purchase leave only after it was sent', () => {
    const approved = { ...sentOrder({ MUG: 10 }), status: 'approved' as const };
    expect(decideOrder(approved, commands.ship, at)).toMatchObject({ error: { reason: 'illegal-move' } });
    expect(decideOrder({ ...approved, kind: 'transfer' }, commands.ship, at).ok).toBe(true);
    expect(decideOrder({ ...approved, kind: 'transfer' }, commands['mark-sent'], at)).toMatchObject({
      error: { reason: 'no-supplier' },
    });
  });
});

describe('an answer that changes quantities', () => {
  const priced = { ...sentOrder({ MUG: 100, HAT: 10 }), total: { amount: 44_000, currency: 'EUR' as const } };
  const answered = (changes: { sku: string; quantity: number }[], state: OrderState = priced) =>
    decideOrder(state, { kind: 'acknowledge', changes }, at);
  const changed = (changes: { sku: string; quantity: number }[]) => {
    const decided = answered(changes);
    if (!decided.ok) throw new Error('the change is taken');
    return decided.value.reduce(evolve, priced);
  };

  it('lowers what is ordered and open, and the total by the prices', () => {
    const fewer = changed([{ sku: 'MUG', quantity: 60 }]);
    // 60 x 4.00 + 10 x 4.00 = 280.00.
    expect(fewer).toMatchObject({
      ...{ status: 'acknowledged', total: { amount: 28_000, currency: 'EUR' } },
      lines: [
        { sku: 'MUG', ordered: 60, open: 60, received: 0 },
        { sku: 'HAT', ordered: 10, open: 10 },
      ],
    });
    expect(openUnitsOf(fewer)).toBe(70);
    // A line that is not delivered at all stays in the order, so that the numbers of the lines hold.
    expect(changed([{ sku: 'MUG', quantity: 0 }]).lines.map(({ open }) => open)).toEqual([0, 10]);
  });

  it('is refused with more than was ordered, also after a change, and without anything left', () => {
    const more = [{ sku: 'HAT', quantity: 11 }];
    expect(answered(more)).toMatchObject({ error: { reason: 'more-than-ordered', index: 0, most: 10 } });
    expect(answered([{ sku: 'MUG', quantity: 61 }], changed([{ sku: 'MUG', quantity: 60 }]))).toMatchObject({
      error: { reason: 'more-than-ordered', most: 60 },
    });
    expect(answered([{ sku: 'HAT', quantity: 10 }]).ok).toBe(true);
    const nothing = ['MUG', 'HAT'].map((sku) => ({ sku, quantity: 0 }));
    expect(answered(nothing)).toMatchObject({ error: { reason: 'nothing-left' } });
    const twice = [0, 1].map((quantity) => ({ sku: 'MUG', quantity }));
    expect(answered(twice)).toMatchObject({ error: { reason: 'twice', index: 1 } });
    expect(answered([{ sku: 'CUP', quantity: 1 }])).toMatchObject({ error: { reason: 'not-ordered' } });
  });
});

describe('what a delivery may have', () => {
  const state = sentOrder({ MUG: 10, HAT: 5 });
  const asked = (command: OrderCommand) => decideOrder(state, command, at);

  it.each([
    ['not-ordered', [{ sku: 'CAP', units: 1 }], 0],
    [
      'twice',
      [
        { sku: 'MUG', units: 1 },
        { sku: 'MUG', units: 1 },
      ],
      1,
    ],
    [
      'more-than-open',
      [
        { sku: 'HAT', units: 5 },
        { sku: 'MUG', units: 11 },
      ],
      1,
    ],
  ])('is refused by its line: %s', (reason, lines, index) => {
    expect(asked(ship('N', lines))).toMatchObject({ ok: false, error: { reason, index } });
  });

  const onWay = (() => {
    const decided = asked(ship('N', [{ sku: 'MUG', units: 6 }]));
    return decided.ok ? decided.value.reduce(evolve, state) : state;
  })();
  const count = (line: object, noticeId = 'N') =>
    decideOrder(
      onWay,
      {
        ...{ kind: 'receive', noticeId },
        lines: [{ sku: 'MUG', received: 0, short: 0, damaged: 0, rejected: 0, ...line }],
      },
      at,
    );

  it('counts units on their way: a second notice has only the rest', () => {
    expect(decideOrder(onWay, ship('M', [{ sku: 'MUG', units: 5 }]), at)).toMatchObject({
      error: { reason: 'more-than-open', most: 4 },
    });
    expect(decideOrder(onWay, ship('N', [{ sku: 'MUG', units: 1 }]), at)).toMatchObject({
      error: { reason: 'notice-known' },
    });
  });

  it('adds up: received + short + damaged = noticed', () => {
    expect(count({ received: 5 })).toMatchObject({ error: { reason: 'does-not-add-up', noticed: 6 } });
    expect(count({ received: 7 })).toMatchObject({ error: { reason: 'does-not-add-up' } });
    expect(count({ received: 5, damaged: 1, rejected: 2 })).toMatchObject({
      error: { reason: 'more-rejected-than-damaged' },
    });
    expect(count({ received: 6 }, 'X')).toMatchObject({ error: { reason: 'notice-unknown' } });
    expect(count({ sku: 'HAT', received: 6 })).toMatchObject({ error: { reason: 'not-noticed' } });
    expect(count({ received: 3, short: 2, damaged: 1, rejected: 1 })).toMatchObject({
      value: [
        {
          name: 'replenishment.received',
          // Promised for the 21st by the lead time of 20 days from the sending; counted on the 25th.
          data: { daysLate: 4, lines: [{ noticed: 6, received: 3, short: 2, damaged: 1, rejected: 1 }] },
        },
      ],
    });
  });
});

/** A run of random commands, as many as are legal. */
const anyStep = fc.record({
  kind: fc.constantFrom('ship', 'receive', 'acknowledge', 'close', 'cancel'),
  units: fc.integer({ min: 1, max: 12 }),
  good: fc.integer({ min: 0, max: 100 }),
  damaged: fc.integer({ min: 0, max: 100 }),
  sku: fc.constantFrom('MUG', 'HAT'),
});

function commandOf(
  { kind, units, good, damaged: harm, sku }: typeof anyStep extends fc.Arbitrary<infer T> ? T : never,
  state: OrderState,
  index: number,
): OrderCommand {
  if (kind === 'ship') return ship(`N${index}`, [{ sku, units }]);
  if (kind !== 'receive') return commands[kind as 'acknowledge' | 'close' | 'cancel'];
  const open = state.notices.find(({ received }) => received === undefined)?.shipped;
  return {
    ...{ kind: 'receive', noticeId: open?.noticeId ?? 'none' },
    lines: (open?.lines ?? []).map((line) => {
      const received = Math.floor((line.units * good) / 100);
      const damaged = Math.floor(((line.units - received) * harm) / 100);
      return { sku: line.sku, received, damaged, short: line.units - received - damaged, rejected: damaged };
    }),
  };
}

describe('an order over any run', () => {
  it('keeps received + open = ordered, never receives more than was noticed, and ends once', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
        let state = sentOrder({ MUG: 20, HAT: 7 });
        const noticed = new Map<string, number>();
        for (const [index, step] of steps.entries()) {
          const command = commandOf(step, state, index);
          const decided = decideOrder(state, command, { ...at, at: now });
          if (!decided.ok) continue;
          expect(hasEnded(state)).toBe(false);
          state = decided.value.reduce(evolve, state);
          if (command.kind === 'ship')
            for (const { sku, units } of command.lines) noticed.set(sku, (noticed.get(sku) ?? 0) + units);
          for (const line of state.lines) {
            expect(line.received + line.open).toBe(line.ordered);
            expect(line.open).toBeGreaterThanOrEqual(line.onTheWay);
            expect(line.onTheWay).toBeGreaterThanOrEqual(0);
            expect(line.received + line.damaged + line.onTheWay).toBeLessThanOrEqual(
              noticed.get(line.sku) ?? 0,
            );
          }
        }
        if (openUnitsOf(state) === 0) expect(state.status).toBe('closed');
        expect(orderTransitions[state.status].length === 0).toBe(hasEnded(state));
      }),
    );
  });
});
