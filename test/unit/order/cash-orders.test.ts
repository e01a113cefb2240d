import { describe, expect, test } from 'vitest';
import {
  callerLimitsOf,
  type Entering,
  type OpenEntries,
  type OpenEntry,
  reachedLimit,
} from '../../../shared/catalogue/index.ts';
import { dayMs, type Instant, later } from '../../../shared/kernel/time.ts';
import { countCash } from '../../../shared/order/index.ts';
import type { Decided } from '../../../shared/timeline/index.ts';
import { deliver, refuse, untilCashReleased, untilCashSent } from '../../builders/cash-order.ts';
import { details } from '../../builders/details.ts';
import { cancelled, otherParcelId, parcelId, untilPaid } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { placedAt, timelineOf } from '../../builders/timeline.ts';
import { createMemoryTimelines } from '../../fakes/memory-timelines.ts';
import { project } from '../../fakes/project.ts';

/** Entries in memory, with the rules of the table: those that have ended are looked for where a limit is reached. */
function memoryEntries() {
  const groups = new Map<string, readonly OpenEntry[]>();
  const entries: OpenEntries = {
    async enter(entering: Entering) {
      const { group, entry } = entering;
      const key = JSON.stringify(group);
      const known = (groups.get(key) ?? []).filter(({ id }) => id !== entry.id);
      const open = reachedLimit(known, entering) === undefined ? known : await entering.stillOpen(known);
      const reached = reachedLimit(open, entering);
      groups.set(key, reached === undefined ? [...open, entry] : open);
      return reached;
    },
    leave: async () => {},
    ofStorefront: async () => [],
  };
  return { entries, groups };
}

function shop() {
  const timelines = createMemoryTimelines(project);
  const { entries, groups } = memoryEntries();
  let number = 0;
  const deps = {
    ...{ entries, timelines, limits: callerLimitsOf(undefined) },
    hashOf: (text: string) => Buffer.from(text).toString('base64url'),
  };
  return {
    groups,
    /** Counts an order of the shopper and, if it may be placed, stores these facts of it. */
    async order(facts: readonly Decided[], now: Instant = placedAt, customer = {}): Promise<boolean> {
      number += 1;
      const orderId = idOf('order', number);
      const given = details();
      const order = {
        ...{ orderId, storefrontId: 'shop', now },
        details: { ...given, customer: { email: 'a@shop.example', phone: '+49301234', ...customer } },
      };
      const isTaken = await countCash(deps, order);
      const { facts: all } = timelineOf(facts);
      if (isTaken) timelines.seed({ orderId, facts: all.map((fact) => ({ ...fact, orderId })) });
      return isTaken;
    },
  };
}

const open = untilCashSent();
const paid = deliver(deliver(open, parcelId), otherParcelId);
const refused = refuse(refuse(open, parcelId), otherParcelId);

describe('orders of cash on delivery', () => {
  test('are at most three open ones of a shopper', async () => {
    const { order } = shop();
    for (const expected of [true, true, true, false, false]) expect(await order(open)).toBe(expected);
  });

  test.each([
    ['delivered and paid', paid],
    ['stopped', [...untilCashReleased(), cancelled()]],
    ['paid by card', untilPaid()],
    ['lost by the carrier', refuse(refuse(open, parcelId, 'lost'), otherParcelId, 'lost')],
  ])('do not count once they are %s', async (_, facts) => {
    const { order } = shop();
    for (let each = 0; each < 6; each += 1) expect(await order(facts)).toBe(true);
  });

  test.each([
    ['all', refused],
    ['one of two parcels', refuse(deliver(open, parcelId), otherParcelId)],
  ])('count for 90 days if the shopper refused %s', async (_, facts) => {
    const { order } = shop();
    for (let each = 0; each < 3; each += 1) expect(await order(facts)).toBe(true);
    // The parcels were closed some seconds after the first order was placed.
    expect(await order(open, later(placedAt, 90 * dayMs))).toBe(false);
    expect(await order(open, later(placedAt, 90 * dayMs + 60_000))).toBe(true);
  });

  test('count for the e-mail address, however it is written, and for the telephone number', async () => {
    const { order } = shop();
    for (const phone of ['+491', '+492', '+493']) expect(await order(open, placedAt, { phone })).toBe(true);
    expect(await order(open, placedAt, { email: 'A@Shop.example', phone: '+494' })).toBe(false);
    expect(await order(open, placedAt, { email: 'b@shop.example', phone: '+491' })).toBe(true);
    expect(await order(open, placedAt, { email: 'c@shop.example', phone: '+49 1' })).toBe(true);
    expect(await order(open, placedAt, { email: 'd@shop.example', phone: '+491' })).toBe(false);
    expect(await order(open, placedAt, { email: 'd@shop.example', phone: '+499' })).toBe(true);
  });
});

test('an order whose request is repeated counts once, and one that was never placed for two minutes', async () => {
  const timelines = createMemoryTimelines(project);
  const { entries } = memoryEntries();
  const deps = { entries, timelines, limits: callerLimitsOf({ callerLimits: { cashOrdersOfShopper: 1 } }) };
  const count = (place: number, now: Instant) =>
    countCash(
      { ...deps, hashOf: (text) => text },
      { orderId: idOf('order', place), storefrontId: 'shop', details: details(), now },
    );
  expect(await count(1, placedAt)).toBe(true);
  expect(await count(1, later(placedAt, 1_000))).toBe(true);
  expect(await count(2, later(placedAt, 100_000))).toBe(false);
  expect(await count(2, later(placedAt, 121_000))).toBe(true);
});
