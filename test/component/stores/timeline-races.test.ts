import { TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { createTimelineStore } from '../../../shared/aws/order/timeline-store.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { actOnOrder, type Decided, factsNamed } from '../../../shared/timeline/index.ts';
import { authorised, booked, captured, released, scanned, started } from '../../builders/facts.ts';
import { project } from '../../fakes/project.ts';
import { costOf, openShop, type Shop } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';
import { type PassCall, type TableCall, tableThrough } from './table-through.ts';

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

/** A paid order whose only parcel has a label. */
async function bookedOrder() {
  await shop.receive('TEA', 1);
  const orderId = await shop.buy(costOf([{ sku: 'TEA', quantity: 1 }]));
  const placed = (await shop.timelines.load(orderId))?.facts[0];
  if (placed?.name !== 'order.placed') throw new Error('the order was placed');
  const { payment, parcels, landedCost } = placed.data;
  const paid = { paymentId: payment.paymentId, amount: landedCost.totals.total };
  const parcelId = parcels[0]?.parcelId ?? '';
  const steps: NewFact[] = [started(paid), authorised(paid), released(), captured(paid)];
  for (const fact of [...steps, booked({ parcelId })])
    await actOnOrder(shop, orderId, { by: 'journey' }, () => [fact]);
  return { orderId, parcelId };
}

const factsOf = async (orderId: string) => (await shop.timelines.load(orderId))?.facts ?? [];
const scansOf = async (orderId: string) =>
  factsNamed(await factsOf(orderId), 'parcel.scanned').map(({ data }) => data.scanId);

/** The decision of a step that records a scan once. */
const scanOnce =
  (parcelId: string, scanId: string, seen: number[] = []) =>
  ({ facts }: { readonly facts: Awaited<ReturnType<typeof factsOf>> }): Decided[] => {
    seen.push(facts.length);
    const isKnown = factsNamed(facts, 'parcel.scanned').some(({ data }) => data.scanId === scanId);
    return isKnown ? [] : [scanned({ parcelId, scanId })];
  };

/** A store whose calls of the table pass through a function. */
function storeThrough(pass: PassCall) {
  const table = tableThrough(on, pass);
  return { timelines: createTimelineStore({ table, project, newId, clock: shop.clock }), clock: shop.clock };
}

const isOld = ({ operation, input }: TableCall) => operation === 'Query' && input.ConsistentRead === false;

/** A store whose reads lack items of the order's facts, unless they are consistent. */
const storeLacking = (isLacking: (place: number, count: number) => boolean) =>
  storeThrough(async (call, ask) => {
    const output = await ask();
    if (!isOld(call)) return output;
    const items = (output.Items ?? []) as readonly unknown[];
    return { ...output, Items: items.filter((_, place) => !isLacking(place, items.length)) };
  });

describe('many writers of one timeline', () => {
  test('one writer succeeds in each round, until every writer has written', async () => {
    const { orderId, parcelId } = await bookedOrder();
    const before = (await factsOf(orderId)).length;
    let open = Array.from({ length: 12 }, (_, index) => `round-${index}`);
    while (open.length > 0) {
      const timeline = await shop.timelines.load(orderId);
      if (timeline === undefined) throw new Error('the order is there');
      const cause = { by: 'partner' } as const;
      const appended = await Promise.all(
        open.map((scanId) =>
          shop.timelines.append({
            ...{ timeline, cause, now: shop.now() },
            facts: [scanned({ parcelId, scanId }), scanned({ parcelId, scanId: `${scanId}-b` })],
          }),
        ),
      );
      expect(appended.filter((result) => result !== undefined)).toHaveLength(1);
      open = open.filter((_, index) => appended[index] === undefined);
    }
    const facts = await factsOf(orderId);
    expect(facts.map(({ sequence }) => sequence)).toEqual(facts.map((_, index) => index + 1));
    expect(facts).toHaveLength(before + 24);
    expect(new Set(await scansOf(orderId)).size).toBe(24);
  });

  test('a step with stock and a step without stock exclude each other too', async () => {
    const { orderId, parcelId } = await bookedOrder();
    const timeline = await shop.timelines.load(orderId);
    if (timeline === undefined) throw new Error('the order is there');
    const append = (fact: Decided) =>
      shop.timelines.append({ timeline, facts: [fact], cause: { by: 'journey' }, now: shop.now() });
    const cancelled: Decided = { name: 'order.cancelled', data: { reason: 'operator' } };
    const outcomes = await Promise.all([append(cancelled), append(scanned({ parcelId, scanId: 'late' }))]);
    expect(outcomes.filter((outcome) => outcome !== undefined)).toHaveLength(1);
    expect(await factsOf(orderId)).toHaveLength(timeline.facts.length + 1);
  });
});

describe('a read that lacks the latest facts', () => {
  test('is repeated with all facts, and nothing is written twice', async () => {
    const { orderId, parcelId } = await bookedOrder();
    await actOnOrder(shop, orderId, { by: 'partner' }, scanOnce(parcelId, 'first'));
    const lagging = storeLacking((place, count) => place >= count - 1);
    const seen: number[] = [];
    await actOnOrder(lagging, orderId, { by: 'partner' }, scanOnce(parcelId, 'first', seen));
    expect(seen).toEqual([6, 7]);
    await actOnOrder(lagging, orderId, { by: 'partner' }, scanOnce(parcelId, 'second'));
    expect(await scansOf(orderId)).toEqual(['first', 'second']);
  });

  test('does not end a step that has nothing to do, or is refused, by the old facts', async () => {
    const { orderId, parcelId } = await bookedOrder();
    const lagging = storeLacking((place, count) => place >= count - 1);
    const whenBooked = (otherwise: () => Decided[]) => (timeline: { facts: readonly { name: string }[] }) =>
      timeline.facts.some(({ name }) => name === 'parcel.booked')
        ? [scanned({ parcelId, scanId: `scan-${timeline.facts.length}` })]
        : otherwise();
    await actOnOrder(
      lagging,
      orderId,
      { by: 'partner' },
      whenBooked(() => []),
    );
    const stillLagging = storeLacking((place) => place >= 5);
    const broken = whenBooked(() => {
      throw new Error('no label');
    });
    await actOnOrder(stillLagging, orderId, { by: 'partner' }, broken);
    expect(await scansOf(orderId)).toEqual(['scan-6', 'scan-7']);
  });

  test('is repeated if it returned no fact of the order', async () => {
    const { orderId } = await bookedOrder();
    const { timelines } = storeLacking(() => true);
    expect((await timelines.load(orderId, { consistent: false }))?.facts).toHaveLength(6);
  });

  test('is repeated if a fact between two others is missing', async () => {
    const { orderId } = await bookedOrder();
    const { timelines } = storeLacking((place) => place === 2);
    const loaded = await timelines.load(orderId, { consistent: false });
    expect(loaded?.facts.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('a single write', () => {
  test('is written once and recognised if the client repeats it after a lost answer', async () => {
    const { orderId, parcelId } = await bookedOrder();
    const repeating = storeThrough(async ({ operation }, ask) => {
      if (operation === 'PutItem') await ask();
      return ask();
    });
    const seen: number[] = [];
    const timeline = await actOnOrder(
      repeating,
      orderId,
      { by: 'partner' },
      scanOnce(parcelId, 'once', seen),
    );
    expect(timeline.facts).toHaveLength(7);
    expect(seen).toEqual([6]);
    expect(await scansOf(orderId)).toEqual(['once']);
  });

  test('is decided again if a transaction uses the same key', async () => {
    const { orderId, parcelId } = await bookedOrder();
    let conflicts = 2;
    const conflicting = storeThrough(async ({ operation }, ask) => {
      if (operation !== 'PutItem' || conflicts === 0) return ask();
      conflicts -= 1;
      throw new TransactionConflictException({ message: 'Transaction is ongoing', $metadata: {} });
    });
    await actOnOrder(conflicting, orderId, { by: 'partner' }, scanOnce(parcelId, 'after'));
    expect(await scansOf(orderId)).toEqual(['after']);
  });
});
