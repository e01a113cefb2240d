import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, boxSchema, standardBoxes } from '../../../shared/freight/box.ts';
import { cartonise, type ItemToPack, type ParcelGroup } from '../../../shared/freight/cartonise.ts';
import { type Block, fillBox } from '../../../shared/freight/fill-box.ts';
import { lengthPlusGirthMm, sidesOf } from '../../../shared/freight/parcel-size.ts';

const box = (boxId: string, [l, w, h]: readonly [number, number, number], maxGrams = 20_000): Box =>
  boxSchema.parse({
    ...{ boxId, innerLengthMm: l, innerWidthMm: w, innerHeightMm: h, wallMm: 5, tareGrams: 100, maxGrams },
  });
const item = (
  lineId: string,
  quantity: number,
  unitWeightGrams: number,
  sides: [number, number, number],
) => ({
  ...{ lineId, quantity, unitWeightGrams },
  dimensions: { lengthMm: sides[0], widthMm: sides[1], heightMm: sides[2] },
});
const limits = { maxWeightGrams: 30_000 };

function packed(
  items: readonly ItemToPack[],
  boxes: readonly Box[],
  within: object = {},
): readonly ParcelGroup[] {
  const answer = cartonise(items, boxes, { ...limits, ...within });
  if ('reason' in answer) throw new Error(answer.detail);
  return answer;
}
const shown = (groups: readonly ParcelGroup[]) =>
  groups.map(({ boxId = 'own', count, contents }) => [
    boxId,
    count,
    ...contents.map(({ lineId, quantity }) => `${lineId} x ${quantity}`),
  ]);

describe('cartons', () => {
  const boxes = [box('large', [400, 300, 200]), box('small', [200, 150, 100])];

  it('are the smallest that hold everything, and their weight includes the contents', () => {
    expect(packed([item('a', 2, 300, [200, 150, 50])], boxes)).toEqual([
      {
        boxId: 'small',
        count: 1,
        dimensions: { lengthMm: 210, widthMm: 160, heightMm: 110 },
        grossWeightGrams: 700,
        contents: [{ lineId: 'a', quantity: 2 }],
      },
    ]);
    expect(shown(packed([item('a', 3, 300, [200, 150, 50])], boxes))).toEqual([['large', 1, 'a x 3']]);
  });

  it('hold goods that fit only after turning', () => {
    expect(shown(packed([item('a', 1, 300, [90, 190, 140])], [box('small', [200, 150, 100])]))).toEqual([
      ['small', 1, 'a x 1'],
    ]);
    expect(shown(packed([item('a', 1, 300, [101, 190, 140])], [box('small', [200, 150, 100])]))).toEqual([
      ['own', 1, 'a x 1'],
    ]);
  });

  it('are filled from the largest, and the smallest possible carton takes the rest', () => {
    // 400 x 300 x 200 mm hold 16 of 200 x 150 x 50 mm: two of these, and two that go into the small one.
    expect(shown(packed([item('a', 34, 100, [200, 150, 50])], boxes))).toEqual([
      ['large', 2, 'a x 16'],
      ['small', 1, 'a x 2'],
    ]);
  });

  it('keep the maximum weight of the box and of the carrier', () => {
    const heavy = [item('a', 5, 6_000, [100, 100, 50])];
    // 20 kg a box: three of 6 kg. What the carrier takes includes the carton: two need 12.1 kg.
    expect(shown(packed(heavy, boxes))).toEqual([
      ['small', 1, 'a x 3'],
      ['small', 1, 'a x 2'],
    ]);
    expect(shown(packed(heavy, boxes, { maxWeightGrams: 12_099 }))).toEqual([['small', 5, 'a x 1']]);
    expect(shown(packed(heavy, boxes, { maxWeightGrams: 12_100 }))).toEqual([
      ['small', 2, 'a x 2'],
      ['small', 1, 'a x 1'],
    ]);
  });

  it('exclude boxes that are too large for the carrier', () => {
    expect(shown(packed([item('a', 4, 100, [200, 150, 50])], boxes, { maxLongestSideMm: 300 }))).toEqual([
      ['small', 2, 'a x 2'],
    ]);
  });

  it('are not used for goods that fit in no box: these are sent in their own packaging', () => {
    const items = [item('broom', 2, 700, [1_200, 200, 60]), item('a', 1, 100, [200, 150, 50])];
    expect(packed(items, boxes)).toMatchObject([
      { count: 2, grossWeightGrams: 700, contents: [{ lineId: 'broom', quantity: 1 }] },
      { boxId: 'small', count: 1 },
    ]);
  });

  it('are refused with the line that the carrier does not accept, and the reason', () => {
    const items = [item('a', 1, 100, [200, 150, 50]), item('pole', 1, 700, [2_100, 50, 50])];
    expect(cartonise(items, boxes, { ...limits, maxLongestSideMm: 2_000 })).toMatchObject({
      reason: 'too-long',
      lineId: 'pole',
    });
    expect(cartonise([item('anvil', 1, 31_000, [300, 200, 150])], boxes, limits)).toMatchObject({
      reason: 'too-heavy',
      lineId: 'anvil',
    });
  });

  it('are a flat mailer for two T-shirts, not a large box', () => {
    // Two lie on each other: 300 x 240 x 40 mm, in 346 x 246 x 46 mm inside, 350 x 250 x 50 mm outside.
    const [group, ...others] = packed([item('shirt', 2, 180, [300, 240, 20])], standardBoxes);
    expect(others).toEqual([]);
    expect(group).toMatchObject({
      count: 1,
      boxId: 'std-mailer-a4',
      dimensions: { lengthMm: 350, widthMm: 250, heightMm: 50 },
      grossWeightGrams: 2 * 180 + 115,
    });
  });

  it('are the next larger carton for goods that are too thick for a mailer', () => {
    // Three lie 60 mm high.
    const [group] = packed([item('shirt', 3, 180, [300, 240, 20])], standardBoxes);
    expect(group?.boxId).toBe('std-a4');
  });

  it('are computed quickly for ten thousand units of eighty kinds', () => {
    const items = Array.from({ length: 80 }, (_, at) =>
      item(`line-${at}`, 10_000, 20 + at * 13, [60 + at * 3, 40 + at * 2, 10 + at]),
    );
    const groups = packed(items, standardBoxes);
    expect(groups.length).toBeLessThan(400);
    const units = groups.flatMap(({ count, contents }) => contents.map(({ quantity }) => quantity * count));
    expect(units.reduce((all, each) => all + each, 0)).toBe(800_000);
  });
});

const side = fc.integer({ min: 5, max: 420 });
const anyItem = (at: number) =>
  fc.record({
    lineId: fc.constant(`line-${at}`),
    quantity: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3_000 })),
    unitWeightGrams: fc.integer({ min: 1, max: 9_000 }),
    dimensions: fc.record({ lengthMm: side, widthMm: side, heightMm: side }),
  });
const anyItems = fc
  .integer({ min: 1, max: 8 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => anyItem(at))));
const anyBoxes = fc.uniqueArray(
  fc.record({
    boxId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    innerLengthMm: fc.integer({ min: 40, max: 600 }),
    innerWidthMm: fc.integer({ min: 40, max: 500 }),
    innerHeightMm: fc.integer({ min: 40, max: 400 }),
    wallMm: fc.integer({ min: 0, max: 8 }),
    tareGrams: fc.integer({ min: 0, max: 900 }),
    maxGrams: fc.integer({ min: 500, max: 30_000 }),
  }),
  { minLength: 1, maxLength: 5, selector: ({ boxId }) => boxId },
);
const anyLimits = fc.record({
  maxWeightGrams: fc.integer({ min: 9_000, max: 30_000 }),
  maxLongestSideMm: fc.integer({ min: 430, max: 700 }),
  maxLengthPlusGirthMm: fc.integer({ min: 2_200, max: 3_000 }),
});

describe('for any goods', () => {
  it('every unit is in exactly one parcel, no parcel exceeds its limits, and the result is repeatable', () => {
    fc.assert(
      fc.property(anyItems, anyBoxes, anyLimits, (items, boxes, within) => {
        const groups = packed(items, boxes, within);
        expect(packed(items, boxes, within)).toEqual(groups);
        for (const { lineId, quantity } of items) {
          const units = groups.flatMap(({ count, contents }) =>
            contents.filter((each) => each.lineId === lineId).map((each) => each.quantity * count),
          );
          expect(units.reduce((all, each) => all + each, 0)).toBe(quantity);
        }
        for (const group of groups) {
          const { dimensions, grossWeightGrams, contents, boxId } = group;
          expect(grossWeightGrams).toBeLessThanOrEqual(within.maxWeightGrams);
          expect(sidesOf(dimensions)[0]).toBeLessThanOrEqual(within.maxLongestSideMm);
          expect(lengthPlusGirthMm(dimensions)).toBeLessThanOrEqual(within.maxLengthPlusGirthMm);
          const goods = contents.map(({ lineId, quantity }) => {
            const found = items.find((each) => each.lineId === lineId);
            return { grams: (found?.unitWeightGrams ?? 0) * quantity };
          });
          const grams = goods.reduce((all, each) => all + each.grams, 0);
          const carton = boxes.find((each) => each.boxId === boxId);
          expect(grossWeightGrams).toBe(grams + (carton?.tareGrams ?? 0));
          if (carton !== undefined) expect(grams).toBeLessThanOrEqual(carton.maxGrams);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('every unit stands in its box without overlap, on the floor or on other goods', () => {
    fc.assert(
      fc.property(anyItems, anyBoxes, (items, [carton]) => {
        if (carton === undefined) return;
        const kinds = items.map(({ dimensions, unitWeightGrams }) => ({
          sides: sidesOf(dimensions),
          weightGrams: unitWeightGrams,
        }));
        const inner = [carton.innerLengthMm, carton.innerWidthMm, carton.innerHeightMm] as const;
        const [length, width, height] = inner;
        const { blocks } = fillBox(
          kinds,
          items.map(({ quantity }) => quantity),
          { length, width, height, maxGrams: carton.maxGrams },
        );
        const bodies = blocks.map(bodyOf);
        for (const [index, { from, to }] of bodies.entries()) {
          expect(from.every((start) => start >= 0)).toBe(true);
          expect(to.every((end, axis) => end <= (inner[axis] ?? 0))).toBe(true);
          for (const other of bodies.slice(index + 1))
            expect(
              [0, 1, 2].some(
                (axis) => at(to, axis) <= at(other.from, axis) || at(other.to, axis) <= at(from, axis),
              ),
            ).toBe(true);
          const onFloor = from[2] === 0;
          const onBlock = bodies.some(
            (below) =>
              below.to[2] === from[2] &&
              [0, 1].every(
                (axis) => at(below.from, axis) <= at(from, axis) && at(to, axis) <= at(below.to, axis),
              ),
          );
          expect(onFloor || onBlock).toBe(true);
        }
      }),
      { numRuns: 250 },
    );
  });
});

const at = (point: readonly number[], axis: number) => point[axis] ?? 0;

function bodyOf({ at: from, unit, grid }: Block) {
  return { from, to: from.map((start, axis) => start + at(unit, axis) * at(grid, axis)) };
}
