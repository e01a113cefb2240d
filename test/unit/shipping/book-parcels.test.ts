import { describe, expect, test } from 'vitest';
import { bookParcels, voidLabels } from '../../../shared/shipping/index.ts';
import { address } from '../../builders/details.ts';
import {
  cancellationRequested,
  cancelled,
  captured,
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
import { createWorld, type World } from '../../fakes/world.ts';

const book = (world: World) => bookParcels(world.deps, orderId, world.cause);

const twoParcels = () => forTwoParcels(untilPaid());

describe('booking', () => {
  test('buys one label a parcel', async () => {
    const world = createWorld(timelineOf(twoParcels()));
    await book(world);
    await book(world);
    expect(world.names().slice(5)).toEqual(['parcel.booked', 'parcel.booked']);
    expect([...world.carrier.labels.keys()]).toEqual([parcelId, otherParcelId]);
    expect(world.timelines.headOf(orderId)?.status).toBe('booked');
  });

  test('tells the carrier what customs wants to know only where there is customs', async () => {
    const world = createWorld(timelineOf(twoParcels()));
    await book(world);
    const [abroad, within] = [...world.carrier.labels.values()].map(({ command }) => command);
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
      const world = createWorld(timelineOf(facts));
      await book(world);
      const [label] = [...world.carrier.labels.values()];
      expect(label?.command.customs).toHaveProperty('items');
      expect(label?.command.customs?.iossNumber).toBe(number);
    },
  );

  test('names as sender the warehouse at which the carrier takes the parcel over', async () => {
    const landed = landedCost({ consignments: [consignment({ via: ['pl-poznan', 'fr-lille'] })] });
    const facts = untilPaid().map((fact) =>
      fact.name === 'order.placed' ? placed({ landedCost: landed }) : fact,
    );
    const world = createWorld(timelineOf(facts));
    const warehouseById = async (id: string) => ({ address: address({ name: id }), system: 'wms' });
    await bookParcels({ ...world.deps, warehouseById }, orderId, world.cause);
    const [label] = [...world.carrier.labels.values()];
    expect(label?.command.from.name).toBe('fr-lille');
  });

  test('lets a partner find the order by the tracking number from then on', async () => {
    const world = createWorld(timelineOf(untilPaid()));
    await book(world);
    expect(await world.timelines.orderOf('carrier', 'TRACK1')).toMatchObject({ orderId, parcelId });
  });

  test.each([
    ['unpaid', [...untilAuthorised(), released()]],
    ['unscreened', [...untilAuthorised(), captured()]],
    ['held', [...untilPaid(), screeningHeld()]],
    ['cancelled', [...untilPaid(), cancelled()]],
    [
      'paid in another amount',
      [...untilAuthorised(), released(), captured({ amount: { amount: 3900, currency: 'EUR' } })],
    ],
    ['refunded in full', [...untilPaid(), refundRequested({ reason: 'operator' })]],
  ])('buys nothing for an order that is %s', async (_, facts) => {
    const world = createWorld(timelineOf(facts));
    await book(world);
    expect(world.carrier.labels.size).toBe(0);
    expect(world.names()).toHaveLength(facts.length);
  });

  test('a refusal holds the order, is told once and stands until somebody released it', async () => {
    const world = createWorld(timelineOf(untilPaid()));
    world.carrier.refuse(parcelId, 'ADDRESS.UNSERVED');
    await book(world);
    await book(world);
    expect(world.names().slice(5)).toEqual(['order.held']);
    expect(world.facts().at(-1)?.data).toEqual({ reason: 'booking-refused', parcelId });
    expect(world.notices).toEqual([
      {
        code: 'partner-refused',
        detail: { orderId, parcelId, partner: 'easypost', code: 'ADDRESS.UNSERVED' },
      },
    ]);
  });

  test('a released order is tried again', async () => {
    const world = createWorld(
      timelineOf([
        ...untilPaid(),
        { name: 'order.held', data: { reason: 'booking-refused', parcelId } },
        released('operator'),
      ]),
    );
    await book(world);
    expect(world.names().at(-1)).toBe('parcel.booked');
    expect(world.timelines.headOf(orderId)).toMatchObject({ status: 'booked', list: 'open' });
  });

  test('one carrier that is refused does not keep the other parcel', async () => {
    const world = createWorld(timelineOf(twoParcels()));
    world.carrier.refuse(parcelId, 'X');
    await book(world);
    expect(world.names().slice(5)).toEqual(['order.held', 'parcel.booked']);
  });

  test('an order cancelled while the label is bought gives it back', async () => {
    const world = createWorld(timelineOf(untilPaid()));
    world.timelines.beforeNextAppend(async () => {
      await world.timelines.append({
        ...{ timeline: world.timeline(), facts: [cancelled()], cause: world.cause },
        now: '2026-11-23T10:02:00.000Z',
      });
    });
    await book(world);
    expect(world.names().slice(5)).toEqual(['order.cancelled', 'parcel.booked', 'parcel.label_voided']);
    expect([...world.carrier.voided]).toEqual(['shp_1']);
    expect(world.timelines.headOf(orderId)?.status).toBe('cancelled');
  });
});

describe('the labels of a cancelled order', () => {
  const giveBack = (world: World) => voidLabels(world.deps, orderId, world.cause);

  test('go back once', async () => {
    const world = createWorld(timelineOf([...untilBooked(), cancelled()]));
    await giveBack(world);
    await giveBack(world);
    expect(world.names().slice(7)).toEqual(['parcel.label_voided']);
  });

  test('that the carrier has used need a person', async () => {
    const world = createWorld(timelineOf([...untilBooked(), cancelled()]));
    world.carrier.keep('shp_1');
    await giveBack(world);
    await giveBack(world);
    expect(world.names().slice(7)).toEqual(['order.held']);
    expect(world.timelines.headOf(orderId)).toMatchObject({ status: 'cancelled', list: 'attention' });
    expect(world.notices).toHaveLength(1);
  });

  test.each([
    ['goes on', untilBooked()],
    ['is being stopped', [...untilFulfilling(), cancellationRequested()]],
  ])('stay while the order %s', async (_, facts) => {
    const world = createWorld(timelineOf(facts));
    await giveBack(world);
    expect(world.carrier.voided.size).toBe(0);
  });

  test('a carrier without an answer is asked again', async () => {
    const world = createWorld(timelineOf([...untilBooked(), cancelled()]));
    world.carrier.isDown = true;
    await expect(giveBack(world)).rejects.toThrow('no answer');
    world.carrier.isDown = false;
    await giveBack(world);
    expect(world.names().at(-1)).toBe('parcel.label_voided');
  });
});
