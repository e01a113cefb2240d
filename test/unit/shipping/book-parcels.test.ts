import { describe, expect, test } from 'vitest';
import { bookParcels, voidLabels } from '../../../shared/shipping/index.ts';
import { address } from '../../builders/details.ts';
import {
  cancellationRequested,
  cancelled,
  captured,
  labelVoided,
  otherParcelId,
  parcelId,
  placed,
  refundRequested,
  released,
  screeningHeld,
  untilAuthorised,
  untilBooked,
  untilFulfilling,
  untilPaid,
} from '../../builders/facts.ts';
import { consignment, landedCost } from '../../builders/landed-cost.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';

const book = (harness: Harness) => bookParcels(harness.deps, orderId, harness.cause);

const twoParcels = () => forTwoParcels(untilPaid());

describe('booking the parcels of an order', () => {
  test('buys one label for each parcel', async () => {
    const harness = createHarness(timelineOf(twoParcels()));
    await book(harness);
    await book(harness);
    expect(harness.names().slice(5)).toEqual(['parcel.booked', 'parcel.booked']);
    expect([...harness.carrier.labels.keys()]).toEqual([parcelId, otherParcelId]);
    expect(harness.timelines.headOf(orderId)?.status).toBe('booked');
  });

  test('gives the carrier the customs data only if the parcel crosses a customs border', async () => {
    const harness = createHarness(timelineOf(twoParcels()));
    await book(harness);
    const [abroad, within] = [...harness.carrier.labels.values()].map(({ command }) => command);
    expect(abroad?.customs).toMatchObject({
      iossNumber: 'IM2760000001',
      items: [
        { sku: 'TEA-TOWEL', quantity: 2, value: { amountMinor: 2400, currency: 'EUR' }, weightGrams: 360 },
      ],
    });
    expect(within?.customs).toBeUndefined();
  });

  test.each([
    ['DAP', 'ioss', 'IM2760000001'],
    ['DDP', 'ioss', 'IM2760000001'],
    ['DDP', 'import-vat', undefined],
  ] as const)(
    'gives the IOSS number under %s to a consignment taxed under %s alone',
    async (incoterm, scheme, number) => {
      const landed = landedCost({ incoterm, consignments: [consignment({ scheme })] });
      const facts = untilPaid().map((fact) =>
        fact.name === 'order.placed' ? placed({ landedCost: landed }) : fact,
      );
      const harness = createHarness(timelineOf(facts));
      await book(harness);
      const [label] = [...harness.carrier.labels.values()];
      expect(label?.command.customs).toHaveProperty('items');
      expect(label?.command.customs?.iossNumber).toBe(number);
    },
  );

  test('names as sender the warehouse from which the carrier collects the parcel', async () => {
    const landed = landedCost({ consignments: [consignment({ via: ['pl-poznan', 'fr-lille'] })] });
    const facts = untilPaid().map((fact) =>
      fact.name === 'order.placed' ? placed({ landedCost: landed }) : fact,
    );
    const harness = createHarness(timelineOf(facts));
    const warehouseById = async (id: string) => ({ address: address({ name: id }), system: 'wms' });
    await bookParcels({ ...harness.deps, warehouseById }, orderId, harness.cause);
    const [label] = [...harness.carrier.labels.values()];
    expect(label?.command.from.name).toBe('fr-lille');
  });

  test('lets a partner find the order by the tracking number afterwards', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    await book(harness);
    expect(
      await harness.timelines.orderOf({ kind: 'carrier', code: 'easypost', reference: 'TRACK1' }),
    ).toMatchObject({ orderId, parcelId });
  });

  test.each([
    ['unpaid', [...untilAuthorised(), released()]],
    ['unscreened', [...untilAuthorised(), captured()]],
    ['held', [...untilPaid(), screeningHeld()]],
    ['cancelled', [...untilPaid(), cancelled(), labelVoided()]],
    [
      'paid in another amount',
      [...untilAuthorised(), released(), captured({ amount: { amount: 3900, currency: 'EUR' } })],
    ],
    ['refunded in full', [...untilPaid(), refundRequested({ reason: 'operator' })]],
  ])('buys nothing for an order that is %s', async (_, facts) => {
    const harness = createHarness(timelineOf(facts));
    await book(harness);
    expect(harness.carrier.labels.size).toBe(0);
    expect(harness.names()).toHaveLength(facts.length);
  });

  test('holds the order after a refusal, records the refusal once, and waits for a release', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    harness.carrier.refuse(parcelId, 'ADDRESS.UNSERVED');
    await book(harness);
    await book(harness);
    expect(harness.names().slice(5)).toEqual(['order.held']);
    expect(harness.facts().at(-1)?.data).toEqual({ reason: 'booking-refused', parcelId });
    expect(harness.notices).toEqual([
      {
        code: 'partner-refused',
        detail: { orderId, parcelId, partner: 'easypost', code: 'ADDRESS.UNSERVED' },
      },
    ]);
  });

  test('tries again after the release', async () => {
    const harness = createHarness(
      timelineOf([
        ...untilPaid(),
        { name: 'order.held', data: { reason: 'booking-refused', parcelId } },
        released('operator'),
      ]),
    );
    await book(harness);
    expect(harness.names().at(-1)).toBe('parcel.booked');
    expect(harness.timelines.headOf(orderId)).toMatchObject({ status: 'booked', list: 'open' });
  });

  test('is completed for the other parcel if one carrier refuses', async () => {
    const harness = createHarness(timelineOf(twoParcels()));
    harness.carrier.refuse(parcelId, 'X');
    await book(harness);
    expect(harness.names().slice(5)).toEqual(['order.held', 'parcel.booked']);
  });

  test('voids the label if the order is cancelled during the purchase', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    harness.timelines.beforeNextAppend(async () => {
      await harness.timelines.append({
        ...{ timeline: harness.timeline(), facts: [cancelled()], cause: harness.cause },
        now: '2026-11-23T10:02:00.000Z',
      });
    });
    await book(harness);
    expect(harness.names().slice(5)).toEqual(['order.cancelled', 'parcel.booked', 'parcel.label_voided']);
    expect([...harness.carrier.voided]).toEqual(['shp_1']);
    expect(harness.timelines.headOf(orderId)?.status).toBe('cancelled');
  });
});

describe('the labels of a cancelled order', () => {
  const returnUnused = (harness: Harness) => voidLabels(harness.deps, orderId, harness.cause);

  test('are voided once', async () => {
    const harness = createHarness(timelineOf([...untilBooked(), cancelled()]));
    await returnUnused(harness);
    await returnUnused(harness);
    expect(harness.names().slice(7)).toEqual(['parcel.label_voided']);
  });

  test('need a person if the carrier has used them', async () => {
    const harness = createHarness(timelineOf([...untilBooked(), cancelled()]));
    harness.carrier.keep('shp_1');
    await returnUnused(harness);
    await returnUnused(harness);
    expect(harness.names().slice(7)).toEqual(['order.held']);
    expect(harness.timelines.headOf(orderId)).toMatchObject({ status: 'cancelled', list: 'attention' });
    expect(harness.notices).toHaveLength(1);
  });

  test.each([
    ['goes on', untilBooked()],
    ['is being stopped', [...untilFulfilling(), cancellationRequested()]],
  ])('are kept while the order %s', async (_, facts) => {
    const harness = createHarness(timelineOf(facts));
    await returnUnused(harness);
    expect(harness.carrier.voided.size).toBe(0);
  });

  test('are voided by another try if the carrier does not answer', async () => {
    const harness = createHarness(timelineOf([...untilBooked(), cancelled()]));
    harness.carrier.isDown = true;
    await expect(returnUnused(harness)).rejects.toThrow('no answer');
    harness.carrier.isDown = false;
    await returnUnused(harness);
    expect(harness.names().at(-1)).toBe('parcel.label_voided');
  });
});
