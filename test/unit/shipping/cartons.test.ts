import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlannedConsignment } from '../../../events/landed-cost.ts';
import { cartonsOf } from '../../../shared/shipping/cartons.ts';
import { bookParcels, voidLabels } from '../../../shared/shipping/index.ts';
import { trackingOf } from '../../../shared/shipping/tracking.ts';
import { cancelled, parcelId, released, untilBooked, untilPaid } from '../../builders/facts.ts';
import { consignment, line } from '../../builders/landed-cost.ts';
import { forThreeCartons, inThreeCartons } from '../../builders/several-cartons.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createWorld, type World } from '../../fakes/world.ts';

const size = { dimensions: { lengthMm: 300, widthMm: 200, heightMm: 100 }, grossWeightGrams: 700 };

describe('the cartons of a consignment', () => {
  test('have each its own name, size and goods, and one that is alone has the parcel’s name', () => {
    const cartons = cartonsOf(parcelId, inThreeCartons());
    expect(cartons.map(({ reference }) => reference)).toEqual([1, 2, 3].map((n) => `${parcelId}-${n}`));
    expect(cartons.map(({ weightGrams }) => weightGrams)).toEqual([500, 500, 900]);
    const goods = cartons.map(({ items }) =>
      items.map(({ sku, quantity, value, weightGrams }) => [sku, quantity, value.amountMinor, weightGrams]),
    );
    expect(goods).toEqual([
      [['TEA-TOWEL', 2, 641, 360]],
      [['TEA-TOWEL', 2, 640, 360]],
      [
        ['TEA-TOWEL', 1, 320, 180],
        ['LAMP', 1, 799, 300],
      ],
    ]);
    expect(cartonsOf(parcelId, consignment({ packages: [{ count: 1, ...size }] }))).toMatchObject([
      { reference: parcelId, weightGrams: 700, items: [{ quantity: 2, value: { amountMinor: 2400 } }] },
    ]);
  });

  test.each([
    ['before cartons were kept', undefined],
    ['before it was kept what is in each', [{ count: 3, ...size }]],
  ])('of one quoted %s are not known', (_, packages) => {
    const { packages: _none, ...rest } = consignment();
    expect(cartonsOf(parcelId, packages === undefined ? rest : { ...rest, packages })).toEqual([]);
  });

  test('hold every unit once or are a broken invariant', () => {
    const packages = [1, 2].map((quantity) => ({
      ...{ count: 1, ...size, contents: [{ lineId: '1', quantity }] },
    }));
    expect(() => cartonsOf(parcelId, consignment({ packages }))).toThrow('every unit is in one carton');
  });

  test('declare together what the consignment was charged by, to the minor unit and the gram', () => {
    const units = fc.array(fc.nat({ max: 7 }), { minLength: 2, maxLength: 6 });
    const lines = fc.array(fc.record({ units, value: fc.nat({ max: 99_999 }) }), {
      ...{ minLength: 1, maxLength: 4 },
    });
    fc.assert(
      fc.property(lines, (drawn) => {
        const places = Math.max(...drawn.map(({ units: each }) => each.length));
        const packages = Array.from({ length: places }, (_, place) => ({
          ...{ count: 1, ...size },
          contents: [
            // A box that holds one unit of each at least.
            ...drawn.map((each, index) => ({
              ...{ lineId: `${index}`, quantity: (each.units[place] ?? 0) + 1 },
            })),
          ],
        }));
        const planned: PlannedConsignment = consignment({
          packages,
          lines: drawn.map(({ value }, index) =>
            line({
              ...{ lineId: `${index}`, sku: `SKU-${index}`, unitWeightGrams: 7 },
              quantity: packages.reduce((all, { contents }) => all + (contents[index]?.quantity ?? 0), 0),
              goodsValue: { amount: value, currency: 'EUR' },
            }),
          ),
        });
        const items = cartonsOf(parcelId, planned).flatMap((carton) => carton.items);
        for (const { sku, quantity, goodsValue } of planned.lines) {
          const own = items.filter((item) => item.sku === sku);
          const total = (of: (item: (typeof own)[number]) => number) =>
            own.reduce((all, item) => all + of(item), 0);
          expect(total((item) => item.value.amountMinor)).toBe(goodsValue.amount);
          expect(total((item) => item.quantity)).toBe(quantity);
          expect(total((item) => item.weightGrams)).toBe(7 * quantity);
        }
      }),
    );
  });
});

const book = (world: World) => bookParcels(world.deps, orderId, world.cause);
const [first, second, third] = [1, 2, 3].map((n) => `${parcelId}-${n}`) as [string, string, string];
/** Labels that were bought and not given back. */
const held = ({ carrier }: World) =>
  [...carrier.labels]
    .filter(([, { trackingNumber }]) => !carrier.voided.has(trackingNumber.replace('TRACK', 'shp_')))
    .map(([reference]) => reference);

describe('booking several cartons', () => {
  test('buys a label for each, all of one service, and writes one booking with the sum of their costs', async () => {
    const world = createWorld(timelineOf(forThreeCartons(untilPaid())));
    await book(world);
    await book(world);
    expect(world.names().slice(5)).toEqual(['parcel.booked']);
    expect([...world.carrier.labels.keys()]).toEqual([first, second, third]);
    const commands = [...world.carrier.labels.values()].map(({ command }) => command);
    expect(commands.map(({ weightGrams }) => weightGrams)).toEqual([500, 500, 900]);
    expect(commands.map(({ sameServiceAs }) => sameServiceAs)).toEqual([undefined, 'standard', 'standard']);
    expect(world.facts().at(-1)?.data).toMatchObject({
      ...{ carrierShipmentId: 'shp_1', trackingNumber: 'TRACK1', cost: { amount: 1350, currency: 'EUR' } },
      pieces: [1, 2, 3].map((n) => ({ trackingNumber: `TRACK${n}`, cost: { amount: 450 } })),
    });
  });

  test('lets a partner find the order by the number of each', async () => {
    const world = createWorld(timelineOf(forThreeCartons(untilPaid())));
    await book(world);
    for (const number of ['TRACK1', 'TRACK2', 'TRACK3'])
      expect(await world.timelines.orderOf('carrier', number)).toMatchObject({ orderId, parcelId });
  });

  test.each([first, second, third])(
    'whose answer is lost at %s is repeated to exactly three labels',
    async (at) => {
      const world = createWorld(timelineOf(forThreeCartons(untilPaid())));
      world.carrier.loseAnswer(at);
      await expect(book(world)).rejects.toThrow('no answer');
      expect(world.names()).not.toContain('parcel.booked');
      await book(world);
      expect(world.carrier.labels.size).toBe(3);
      expect(world.carrier.voided.size).toBe(0);
      expect(new Set([...world.carrier.labels.values()].map((label) => label.trackingNumber)).size).toBe(3);
      expect(trackingOf(world.facts()).get(parcelId)?.pieces).toHaveLength(3);
    },
  );

  test('of which one is refused holds no label until that is put right', async () => {
    const world = createWorld(timelineOf(forThreeCartons(untilPaid())));
    world.carrier.refuse(second, 'TOO.LARGE');
    await book(world);
    expect(world.names().slice(5)).toEqual(['order.held']);
    expect(world.facts().at(-1)?.data).toEqual({ reason: 'booking-refused', parcelId });
    expect(held(world)).toEqual([]);
    world.carrier.accept(second);
    const now = '2026-11-23T10:05:00.000Z';
    const facts = [released('operator')];
    await world.timelines.append({ timeline: world.timeline(), facts, cause: world.cause, now });
    await book(world);
    expect(world.names().at(-1)).toBe('parcel.booked');
    expect(held(world).sort()).toEqual([first, second, third]);
  });

  test('twice in the same moment keeps the labels that were written down, and gives the others back', async () => {
    const world = createWorld(timelineOf(forThreeCartons(untilPaid())));
    const sold = world.carrier.book;
    let copies = 0;
    // Each of the two sees none of the other's labels.
    world.carrier.book = (now, command) => {
      copies += 1;
      return sold(now, { ...command, reference: `${command.reference} copy ${copies}` });
    };
    await Promise.all([book(world), book(world)]);
    expect(world.names().filter((name) => name === 'parcel.booked')).toHaveLength(1);
    expect(world.carrier.labels.size).toBe(6);
    const kept = trackingOf(world.facts())
      .get(parcelId)
      ?.pieces.map(({ carrierShipmentId }) => carrierShipmentId);
    expect(kept).toHaveLength(3);
    expect(world.carrier.voided.size).toBe(3);
    for (const shipment of kept ?? []) expect(world.carrier.voided.has(shipment)).toBe(false);
  });

  test('twice in the same moment, once refused, leaves the parcel all its labels or none', async () => {
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat({ max: 1 }), async (scheduler, refusedCall) => {
        const world = createWorld(timelineOf(forThreeCartons(untilPaid())));
        const sold = scheduler.scheduleFunction(world.carrier.book);
        let calls = 0;
        world.carrier.void = scheduler.scheduleFunction(world.carrier.void);
        world.carrier.book = async (now, command) => {
          if (command.reference === third && calls++ === refusedCall)
            return { refused: true, code: 'X', detail: '' };
          return sold(now, command);
        };
        await scheduler.waitFor(Promise.all([book(world), book(world)]));
        const pieces = trackingOf(world.facts()).get(parcelId)?.pieces;
        const voided = (pieces ?? []).filter((piece) => world.carrier.voided.has(piece.carrierShipmentId));
        expect(voided).toEqual([]);
        if (pieces === undefined) expect(held(world)).toEqual([]);
        ends.add(world.names().slice(5).join());
      }),
    );
    expect([...ends].sort()).toEqual(['order.held', 'parcel.booked']);
  });
});

describe('the labels of several cartons of a cancelled order', () => {
  const giveBack = (world: World) => voidLabels(world.deps, orderId, world.cause);
  const stopped = () => createWorld(timelineOf(forThreeCartons([...untilBooked(), cancelled()])));

  test('go back all, and that is told once', async () => {
    const world = stopped();
    await giveBack(world);
    await giveBack(world);
    expect([...world.carrier.voided].sort()).toEqual(['shp_1', 'shp_2', 'shp_3']);
    expect(world.names().slice(7)).toEqual(['parcel.label_voided']);
  });

  test('of which the carrier has used one need a person, and the others go back', async () => {
    const world = stopped();
    world.carrier.keep('shp_2');
    await giveBack(world);
    expect([...world.carrier.voided].sort()).toEqual(['shp_1', 'shp_3']);
    expect(world.names().slice(7)).toEqual(['order.held']);
  });
});
