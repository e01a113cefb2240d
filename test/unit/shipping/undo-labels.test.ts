import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { cancelOrder, headOf } from '../../../shared/order/index.ts';
import { decideByOperator } from '../../../shared/screening/decide-by-operator.ts';
import { bookParcels, receiveScans, voidLabels } from '../../../shared/shipping/index.ts';
import { trackingOf } from '../../../shared/shipping/tracking.ts';
import { cancelled, labelUsed, parcelId, released, untilBooked, untilPaid } from '../../builders/facts.ts';
import { forThreeCartons } from '../../builders/several-cartons.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { trackingBody } from '../../fakes/carrier.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';

const book = (harness: Harness) => bookParcels(harness.deps, orderId, harness.cause);

/** The order is cancelled and the functions of that fact run. */
async function cancel(harness: Harness): Promise<void> {
  await cancelOrder(harness.deps, orderId, { by: 'shopper' });
  await voidLabels(harness.deps, orderId, harness.cause);
}

/** Labels that were paid for and not voided. */
const held = ({ carrier }: Harness) => [...carrier.sold.keys()].filter((id) => !carrier.voided.has(id));

const named = (harness: Harness) =>
  trackingOf(harness.facts())
    .get(parcelId)
    ?.pieces.map(({ carrierShipmentId }) => carrierShipmentId) ?? [];

/** Two copies of the message at one moment: each buys, and the inner one wins. */
function bookTwice(harness: Harness): Promise<void> {
  harness.carrier.duringNext('book', async () => {
    await book(harness);
    harness.carrier.sellAgain();
  });
  return book(harness);
}

describe('a label that was bought while the order was cancelled', () => {
  test('is voided when its message comes again, if the carrier gave no answer', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    harness.carrier.duringNext('book', () => cancel(harness));
    harness.carrier.breakNext('void', 'no-answer');
    await expect(book(harness)).rejects.toThrow('no answer');
    expect(held(harness)).toEqual(['shp_1']);
    await book(harness);
    expect(held(harness)).toEqual([]);
    // The carrier was asked for a label before this one was bought, and had none.
    const searched = ['order.cancelled', 'parcel.label_voided'];
    expect(harness.names().slice(-4)).toEqual([...searched, 'parcel.booked', 'parcel.label_voided']);
  });

  test.each([
    ['one carton', untilPaid(), 1],
    ['three cartons', forThreeCartons(untilPaid()), 3],
  ] as const)('is found by its reference and voided if no fact names it: %s', async (_, facts, cartons) => {
    const harness = createHarness(timelineOf([...facts]));
    harness.carrier.breakNext('book', 'lost-answer');
    await expect(book(harness)).rejects.toThrow('no answer');
    const { size } = harness.carrier.sold;
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThanOrEqual(cartons);
    await cancelOrder(harness.deps, orderId, { by: 'shopper' });
    expect(held(harness)).toHaveLength(size);
    harness.carrier.breakNext('find', 'no-answer');
    await expect(book(harness)).rejects.toThrow('no answer');
    harness.carrier.breakNext('void', 'no-answer');
    await expect(book(harness)).rejects.toThrow('no answer');
    await book(harness);
    expect(held(harness)).toEqual([]);
    await voidLabels(harness.deps, orderId, harness.cause);
    expect(harness.names().slice(-2)).toEqual(['order.cancelled', 'parcel.label_voided']);
  });

  test('is reported to a person once, if the carrier has used it', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    harness.carrier.breakNext('book', 'lost-answer');
    await expect(book(harness)).rejects.toThrow('no answer');
    harness.carrier.keep('shp_1');
    await cancel(harness);
    await book(harness);
    await book(harness);
    expect(harness.names().slice(-3)).toEqual(['order.cancelled', 'order.held', 'parcel.label_voided']);
    expect(harness.facts().at(-2)?.data).toEqual(labelUsed().data);
    expect(harness.names().filter((name) => name === 'order.held')).toHaveLength(1);
    expect(harness.notices).toMatchObject([{ code: 'partner-refused' }]);
    expect(headOf(harness.facts())).toMatchObject({ status: 'cancelled', list: 'attention' });
  });
});

describe('labels that no fact names because another copy of the message won', () => {
  test('are voided when the message comes again, if the carrier gave no answer', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    harness.carrier.breakNext('void', 'no-answer');
    await expect(bookTwice(harness)).rejects.toThrow('no answer');
    expect(held(harness)).toHaveLength(2);
    await book(harness);
    expect(held(harness)).toEqual(named(harness));
    expect(named(harness)).toHaveLength(1);
  });

  test('do not belong to the parcel, so that their scans do not count for it', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    await bookTwice(harness);
    const [own] = named(harness);
    const other = own === 'shp_1' ? 'TRACK2' : 'TRACK1';
    // The copy that lost stored the reference of its label before its fact was refused.
    const references = { orderOf: async () => ({ orderId, parcelId }) };
    const before = harness.names();
    const scan = { scanId: 'scan_1', status: 'cancelled', carrierStatus: 'cancelled' } as const;
    const tracking = harness.carrier.scan(other, { ...scan, scannedAt: '2026-12-02T08:00:00.000Z' });
    const rawBody = trackingBody(tracking);
    await receiveScans({ ...harness.deps, references }, { code: 'easypost', callbackId: 'evt_1', rawBody });
    expect(harness.names()).toEqual(before);
    expect(harness.notices).toMatchObject([{ code: 'callback-without-order' }]);
  });

  test('need a person if the carrier has used them', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    harness.carrier.keep('shp_2');
    await bookTwice(harness);
    expect(harness.facts().at(-1)?.data).toEqual(labelUsed('shp_2').data);
  });

  test('are voided when the message comes again, if a carton of the parcel was refused', async () => {
    const harness = createHarness(timelineOf(forThreeCartons(untilPaid())));
    harness.carrier.refuse(`${parcelId}-3`, 'TOO_LONG');
    harness.carrier.breakNext('void', 'no-answer');
    await expect(book(harness)).rejects.toThrow('no answer');
    expect(held(harness)).not.toEqual([]);
    await book(harness);
    expect(held(harness)).toEqual([]);
    await harness.timelines.append({
      ...{ timeline: harness.timeline(), facts: [released('operator')], cause: harness.cause },
      now: '2026-11-23T12:00:00.000Z',
    });
    harness.carrier.accept(`${parcelId}-3`);
    await book(harness);
    expect(held(harness)).toEqual(named(harness));
    expect(named(harness)).toHaveLength(3);
  });
});

test('an older copy of the message does not void labels that a newer copy bought after a release', async () => {
  const harness = createHarness(timelineOf(forThreeCartons(untilPaid())));
  harness.carrier.refuse(`${parcelId}-3`, 'TOO_LONG');
  await book(harness);
  expect(held(harness)).toEqual([]);
  harness.carrier.duringNext('find', async () => {
    await harness.timelines.append({
      ...{ timeline: harness.timeline(), facts: [released('operator')], cause: harness.cause },
      now: '2026-11-23T12:00:00.000Z',
    });
    harness.carrier.accept(`${parcelId}-3`);
    await book(harness);
  });
  await book(harness);
  expect(named(harness)).toHaveLength(3);
  expect(held(harness)).toEqual(named(harness));
});

test('in any order of a refusal, its release and copies of the message, no named label is voided', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, isLost) => {
      const harness = createHarness(timelineOf(forThreeCartons(untilPaid())));
      const { carrier } = harness;
      carrier.refuse(`${parcelId}-3`, 'TOO_LONG');
      if (isLost) carrier.loseAnswer(`${parcelId}-2`);
      carrier.book = scheduler.scheduleFunction(carrier.book);
      carrier.find = scheduler.scheduleFunction(carrier.find);
      carrier.void = scheduler.scheduleFunction(carrier.void);
      // A message that failed is delivered again.
      const deliver = () => book(harness).catch(() => book(harness));
      const release = async () => {
        carrier.accept(`${parcelId}-3`);
        await decideByOperator(harness.deps, orderId, 'release', { by: 'operator' });
        await deliver();
      };
      const copies = [deliver(), deliver(), scheduler.schedule(Promise.resolve()).then(release)];
      await scheduler.waitFor(Promise.all(copies));
      await scheduler.waitFor(release());
      expect(named(harness)).toHaveLength(3);
      expect(held(harness).toSorted()).toEqual(named(harness).toSorted());
    }),
  );
});

test('labels whose answers were lost are voided, although their message found the order held', async () => {
  const harness = createHarness(timelineOf(untilPaid()));
  harness.carrier.breakNext('book', 'lost-answer');
  await expect(book(harness)).rejects.toThrow('no answer');
  await decideByOperator(harness.deps, orderId, 'hold', { by: 'operator' });
  await book(harness);
  await decideByOperator(harness.deps, orderId, 'refuse', { by: 'operator' });
  expect(held(harness)).toEqual(['shp_1']);
  await voidLabels(harness.deps, orderId, harness.cause);
  expect(held(harness)).toEqual([]);
  expect(deadlinesOf(harness.facts()).map(({ key }) => key)).not.toContain(`void:${parcelId}`);
});

test('a label that is named while the carrier is searched stays, and one of an earlier booking does not', async () => {
  const harness = createHarness(timelineOf(forThreeCartons(untilPaid())));
  // The first copy bought its labels and is still on its way when another one is refused and released.
  harness.carrier.duringNext('book', async () => {
    harness.carrier.refuse(`${parcelId}-3`, 'TOO_LONG');
    await book(harness);
    harness.carrier.accept(`${parcelId}-3`);
    await decideByOperator(harness.deps, orderId, 'release', { by: 'operator' });
  });
  await book(harness);
  expect([named(harness), held(harness)]).toEqual([[], []]);
  await book(harness);
  expect(named(harness)).toHaveLength(3);
  expect(held(harness)).toEqual(named(harness));
});

test('two labels of a parcel that the carrier has used are two reasons, and a repeat adds none', async () => {
  const harness = createHarness(timelineOf(untilPaid()));
  await bookTwice(harness);
  for (const shipment of harness.carrier.sold.keys()) harness.carrier.keep(shipment);
  harness.carrier.voided.clear();
  for (let time = 0; time < 2; time += 1) {
    await cancelOrder(harness.deps, orderId, { by: 'shopper' });
    await voidLabels(harness.deps, orderId, harness.cause);
  }
  expect(headOf(harness.facts()).attention.map(({ carrierShipmentId }) => carrierShipmentId)).toEqual(
    expect.arrayContaining(['shp_1', 'shp_2']),
  );
  expect(headOf(harness.facts()).attention).toHaveLength(2);
});

test('an order that is booked at the first try causes no search at the carrier', async () => {
  const harness = createHarness(timelineOf(forThreeCartons(untilPaid())));
  let looks = 0;
  harness.carrier.find = async () => {
    looks += 1;
    return [];
  };
  await book(harness);
  expect(looks).toBe(0);
});

test('repeating the undo voids the labels that are left, and each label once', async () => {
  const harness = createHarness(timelineOf([...untilBooked(), cancelled()]));
  harness.carrier.breakNext('void', 'lost-answer');
  await expect(voidLabels(harness.deps, orderId, harness.cause)).rejects.toThrow('no answer');
  for (let time = 0; time < 2; time += 1) await voidLabels(harness.deps, orderId, harness.cause);
  expect(harness.names().slice(-2)).toEqual(['order.cancelled', 'parcel.label_voided']);
});

describe('a label of a cancelled order, after a person had looked at another label of the parcel', () => {
  const other = labelUsed('shp_other');
  const facts: readonly NewFact[] = [
    ...untilBooked(),
    other,
    { name: 'order.attention_cleared', data: other.data },
    cancelled(),
  ];

  test('is due until it is voided', async () => {
    const harness = createHarness(timelineOf([...facts]));
    const keys = () => deadlinesOf(harness.facts()).map(({ key }) => key);
    expect(keys()).toContain(`void:${parcelId}`);
    await voidLabels(harness.deps, orderId, harness.cause);
    expect(keys()).not.toContain(`void:${parcelId}`);
  });

  test('needs a person again, once, if the carrier has used it', async () => {
    const harness = createHarness(timelineOf([...facts]));
    harness.carrier.keep('shp_1');
    for (let time = 0; time < 2; time += 1) await voidLabels(harness.deps, orderId, harness.cause);
    expect(harness.names().slice(facts.length)).toEqual(['order.held']);
    expect(headOf(harness.facts()).attention).toMatchObject([labelUsed().data]);
    expect(deadlinesOf(harness.facts()).map(({ key }) => key)).not.toContain(`void:${parcelId}`);
  });
});
