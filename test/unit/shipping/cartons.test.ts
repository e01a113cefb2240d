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
import { createHarness, type Harness } from '../../fakes/harness.ts';

const size = { dimensions: { lengthMm: 300, widthMm: 200, heightMm: 100 }, grossWeightGrams: 700 };

describe('the cartons of a consignment', () => {
  test('have their own name, size and goods; a single carton has the parcel’s name', () => {
    const cartons = cartonsOf({ parcelId, consignment: inThreeCartons() });
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
    expect(
      cartonsOf({ parcelId, consignment: consignment({ packages: [{ count: 1, ...size }] }) }),
    ).toMatchObject([
      { reference: parcelId, weightGrams: 700, items: [{ quantity: 2, value: { amountMinor: 2400 } }] },
    ]);
  });

  test.each([
    ['before cartons were stored', undefined],
    ['before the contents of each carton were stored', [{ count: 3, ...size }]],
  ])('of one quoted %s are unknown', (_, packages) => {
    const { packages: _none, ...rest } = consignment();
    expect(
      cartonsOf({ parcelId, consignment: packages === undefined ? rest : { ...rest, packages } }),
    ).toEqual([]);
  });

  test('hold every unit once, and anything else throws', () => {
    const packages = [1, 2].map((quantity) => ({
      ...{ count: 1, ...size, contents: [{ lineId: '1', quantity }] },
    }));
    expect(() => cartonsOf({ parcelId, consignment: consignment({ packages }) })).toThrow(
      'every unit is in one carton',
    );
  });

  test('declare together the values of the consignment, to the minor unit and the gram', () => {
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
            // A box for at least one unit of each product.
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
        const items = cartonsOf({ parcelId, consignment: planned }).flatMap((carton) => carton.items);
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

const book = (harness: Harness) => bookParcels(harness.deps, orderId, harness.cause);
const [first, second, third] = [1, 2, 3].map((n) => `${parcelId}-${n}`) as [string, string, string];
/** Labels that were bought and not voided. */
const held = ({ carrier }: Harness) =>
  [...carrier.labels]
    .filter(([, { trackingNumber }]) => !carrier.voided.has(trackingNumber.replace('TRACK', 'shp_')))
    .map(([reference]) => reference);

describe('booking several cartons', () => {
  test('buys a label for each of one service, and writes one booking with the sum of the costs', async () => {
    const harness = createHarness(timelineOf(forThreeCartons(untilPaid())));
    await book(harness);
    await book(harness);
    expect(harness.names().slice(5)).toEqual(['parcel.booked']);
    expect([...harness.carrier.labels.keys()]).toEqual([first, second, third]);
    const commands = [...harness.carrier.labels.values()].map(({ command }) => command);
    expect(commands.map(({ weightGrams }) => weightGrams)).toEqual([500, 500, 900]);
    expect(commands.map(({ sameServiceAs }) => sameServiceAs)).toEqual([undefined, 'standard', 'standard']);
    expect(harness.facts().at(-1)?.data).toMatchObject({
      ...{ carrierShipmentId: 'shp_1', trackingNumber: 'TRACK1', cost: { amount: 1350, currency: 'EUR' } },
      pieces: [1, 2, 3].map((n) => ({ trackingNumber: `TRACK${n}`, cost: { amount: 450 } })),
    });
  });

  test('lets a partner find the order by the number of each carton', async () => {
    const harness = createHarness(timelineOf(forThreeCartons(untilPaid())));
    await book(harness);
    for (const number of ['TRACK1', 'TRACK2', 'TRACK3'])
      expect(
        await harness.timelines.orderOf({ kind: 'carrier', code: 'easypost', reference: number }),
      ).toMatchObject({ orderId, parcelId });
  });

  test.each([first, second, third])(
    'repeats the call to exactly three labels if the answer is lost at %s',
    async (at) => {
      const harness = createHarness(timelineOf(forThreeCartons(untilPaid())));
      harness.carrier.loseAnswer(at);
      await expect(book(harness)).rejects.toThrow('no answer');
      expect(harness.names()).not.toContain('parcel.booked');
      await book(harness);
      expect(harness.carrier.labels.size).toBe(3);
      expect(harness.carrier.voided.size).toBe(0);
      expect(new Set([...harness.carrier.labels.values()].map((label) => label.trackingNumber)).size).toBe(3);
      expect(trackingOf(harness.facts()).get(parcelId)?.pieces).toHaveLength(3);
    },
  );

  test('keeps no label if one carton is refused, until the problem is solved', async () => {
    const harness = createHarness(timelineOf(forThreeCartons(untilPaid())));
    harness.carrier.refuse(second, 'TOO.LARGE');
    await book(harness);
    expect(harness.names().slice(5)).toEqual(['order.held']);
    expect(harness.facts().at(-1)?.data).toEqual({ reason: 'booking-refused', parcelId });
    expect(held(harness)).toEqual([]);
    harness.carrier.accept(second);
    const now = '2026-11-23T10:05:00.000Z';
    const facts = [released('operator')];
    await harness.timelines.append({ timeline: harness.timeline(), facts, cause: harness.cause, now });
    await book(harness);
    expect(harness.names().at(-1)).toBe('parcel.booked');
    // New names: a label of the first booking may be voided at any time.
    expect(held(harness).sort()).toEqual([1, 2, 3].map((carton) => `${parcelId}-again-1-${carton}`));
  });

  test('keeps the stored labels and voids the others if two calls run at the same time', async () => {
    const harness = createHarness(timelineOf(forThreeCartons(untilPaid())));
    const sold = harness.carrier.book;
    let copies = 0;
    // Neither call sees the labels of the other.
    harness.carrier.book = (now, command) => {
      copies += 1;
      return sold(now, { ...command, reference: `${command.reference} copy ${copies}` });
    };
    await Promise.all([book(harness), book(harness)]);
    expect(harness.names().filter((name) => name === 'parcel.booked')).toHaveLength(1);
    expect(harness.carrier.labels.size).toBe(6);
    const kept = trackingOf(harness.facts())
      .get(parcelId)
      ?.pieces.map(({ carrierShipmentId }) => carrierShipmentId);
    expect(kept).toHaveLength(3);
    expect(harness.carrier.voided.size).toBe(3);
    for (const shipment of kept ?? []) expect(harness.carrier.voided.has(shipment)).toBe(false);
  });

  test('ends with all labels or none if one of two simultaneous calls is refused', async () => {
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat({ max: 1 }), async (scheduler, refusedCall) => {
        const harness = createHarness(timelineOf(forThreeCartons(untilPaid())));
        const sold = scheduler.scheduleFunction(harness.carrier.book);
        let calls = 0;
        harness.carrier.void = scheduler.scheduleFunction(harness.carrier.void);
        harness.carrier.book = async (now, command) => {
          if (command.reference === third && calls++ === refusedCall)
            return { refused: true, code: 'X', detail: '' };
          return sold(now, command);
        };
        await scheduler.waitFor(Promise.all([book(harness), book(harness)]));
        const pieces = trackingOf(harness.facts()).get(parcelId)?.pieces;
        const voided = (pieces ?? []).filter((piece) => harness.carrier.voided.has(piece.carrierShipmentId));
        expect(voided).toEqual([]);
        if (pieces === undefined) expect(held(harness)).toEqual([]);
        ends.add(harness.names().slice(5).join());
      }),
    );
    expect([...ends].sort()).toEqual(['order.held', 'parcel.booked']);
  });
});

describe('the labels of several cartons of a cancelled order', () => {
  const returnUnused = (harness: Harness) => voidLabels(harness.deps, orderId, harness.cause);
  const stopped = () => createHarness(timelineOf(forThreeCartons([...untilBooked(), cancelled()])));

  test('are all voided, and that is recorded once', async () => {
    const harness = stopped();
    await returnUnused(harness);
    await returnUnused(harness);
    expect([...harness.carrier.voided].sort()).toEqual(['shp_1', 'shp_2', 'shp_3']);
    expect(harness.names().slice(7)).toEqual(['parcel.label_voided']);
  });

  test('need a person if the carrier has used one of them, and the others are voided', async () => {
    const harness = stopped();
    harness.carrier.keep('shp_2');
    await returnUnused(harness);
    expect([...harness.carrier.voided].sort()).toEqual(['shp_1', 'shp_3']);
    expect(harness.names().slice(7)).toEqual(['order.held']);
  });
});
