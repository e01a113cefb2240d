import { invariant } from '../kernel/invariant.ts';
import type { Dimensions } from '../kernel/measure.ts';
import type { Box } from './box.ts';
import { fillBox, type UnitKind } from './fill-box.ts';
import { type NotShippable, overLimits, type ParcelLimits, sidesOf } from './parcel-size.ts';

/** A line of a consignment with the size of one packaged unit. */
export interface ItemToPack {
  readonly lineId: string;
  readonly quantity: number;
  readonly unitWeightGrams: number;
  readonly dimensions: Dimensions;
}

/** A group of identical parcels. */
export interface ParcelGroup {
  /** The number of parcels. */
  readonly count: number;
  /** The carton; absent where goods ship in their own packaging. */
  readonly boxId?: string;
  /** Outside. */
  readonly dimensions: Dimensions;
  readonly grossWeightGrams: number;
  /** Of each parcel. */
  readonly contents: readonly { readonly lineId: string; readonly quantity: number }[];
}

/** A box that the carrier accepts, with the limits of its contents. */
export interface UsableBox {
  readonly box: Box;
  readonly outside: Dimensions;
  readonly sides: readonly [number, number, number];
  readonly volume: number;
  readonly maxGrams: number;
}

interface Kind extends UnitKind {
  readonly lineId: string;
  readonly volume: number;
}

/**
 * Packs a consignment into cartons by first-fit decreasing: the largest units first. Each carton is filled in three
 * dimensions as far as possible before the next is opened. The remaining units go into the smallest carton that takes
 * all of them. Until then the largest carton is filled, and then replaced by the smallest that takes its contents.
 * Units that fit no carton ship in their own packaging, one per parcel. Identical cartons are returned as one group, so
 * that thousands of units of a few kinds take as little time as tens.
 *
 * Guarantees: every unit is in exactly one parcel; no parcel exceeds the limits of its carton or carrier; the same
 * input gives the same parcels. It is a heuristic: fewer cartons may be possible.
 */
export function cartonise(
  items: readonly ItemToPack[],
  boxes: readonly Box[],
  limits: ParcelLimits,
): readonly ParcelGroup[] | NotShippable {
  return packInto(items, usableBoxes(boxes, limits), limits);
}

/** Like `cartonise`, with the boxes prepared once, for callers that pack many times under the same limits. */
export function packInto(
  items: readonly ItemToPack[],
  usable: readonly UsableBox[],
  limits: ParcelLimits,
): readonly ParcelGroup[] | NotShippable {
  const groups: ParcelGroup[] = [];
  const boxed: { kind: Kind; count: number }[] = [];
  for (const { lineId, quantity, unitWeightGrams, dimensions } of items) {
    const sides = sidesOf(dimensions);
    const kind = { lineId, sides, weightGrams: unitWeightGrams, volume: sides[0] * sides[1] * sides[2] };
    if (usable.some((box) => takes(box, kind))) {
      boxed.push({ kind, count: quantity });
      continue;
    }
    const over = overLimits(limits, dimensions, unitWeightGrams);
    if (over !== undefined) return { ...over, lineId };
    const contents = [{ lineId, quantity: 1 }];
    groups.push({ count: quantity, dimensions, grossWeightGrams: unitWeightGrams, contents });
  }
  boxed.sort(
    ({ kind: a }, { kind: b }) =>
      b.volume - a.volume || b.sides[0] - a.sides[0] || b.weightGrams - a.weightGrams,
  );
  const kinds = boxed.map(({ kind }) => kind);
  const counts = boxed.map(({ count }) => count);
  return [...groups, ...packBoxes(kinds, counts, usable)];
}

function packBoxes(kinds: readonly Kind[], counts: number[], usable: readonly UsableBox[]): ParcelGroup[] {
  const groups: ParcelGroup[] = [];
  while (counts.some((count) => count > 0)) {
    const all = smallestFor(kinds, counts, usable);
    if (all !== undefined) {
      groups.push(groupOf(all, kinds, counts, 1));
      break;
    }
    const first = kinds[counts.findIndex((count) => count > 0)];
    const largest = usable.findLast((box) => first !== undefined && takes(box, first));
    invariant(largest !== undefined, 'only units that some carton takes are packed into cartons');
    const { packed } = fillBox(kinds, counts, spaceOf(largest));
    // The next cartons are filled in the same way as long as there is enough of every kind.
    const times = Math.min(
      ...packed.flatMap((count, kind) => (count > 0 ? [Math.floor((counts[kind] ?? 0) / count)] : [])),
    );
    groups.push(groupOf(smallestFor(kinds, packed, usable) ?? largest, kinds, packed, times));
    for (const [kind, count] of packed.entries()) counts[kind] = (counts[kind] ?? 0) - count * times;
  }
  return groups;
}

/** The smallest box that takes exactly these units together. */
function smallestFor(
  kinds: readonly Kind[],
  counts: readonly number[],
  usable: readonly UsableBox[],
): UsableBox | undefined {
  let volume = 0;
  let grams = 0;
  let longest = 0;
  for (const [index, kind] of kinds.entries()) {
    const count = counts[index] ?? 0;
    volume += kind.volume * count;
    grams += kind.weightGrams * count;
    if (count > 0) longest = Math.max(longest, kind.sides[0]);
  }
  return usable.find(
    (box) =>
      volume <= box.volume &&
      grams <= box.maxGrams &&
      longest <= box.sides[0] &&
      fillBox(kinds, counts, spaceOf(box), true).packed.every((count, kind) => count === counts[kind]),
  );
}

/** The boxes that the carrier accepts, the smallest first. */
export function usableBoxes(boxes: readonly Box[], limits: ParcelLimits): UsableBox[] {
  return boxes
    .flatMap((box): UsableBox[] => {
      const outside = {
        lengthMm: box.innerLengthMm + 2 * box.wallMm,
        widthMm: box.innerWidthMm + 2 * box.wallMm,
        heightMm: box.innerHeightMm + 2 * box.wallMm,
      };
      const maxGrams = Math.min(box.maxGrams, limits.maxWeightGrams - box.tareGrams);
      if (maxGrams < 1 || overLimits(limits, outside, box.tareGrams) !== undefined) return [];
      const sides = sidesOf({
        lengthMm: box.innerLengthMm,
        widthMm: box.innerWidthMm,
        heightMm: box.innerHeightMm,
      });
      return [{ box, outside, sides, volume: sides[0] * sides[1] * sides[2], maxGrams }];
    })
    .sort((a, b) => a.volume - b.volume || a.maxGrams - b.maxGrams || (a.box.boxId < b.box.boxId ? -1 : 1));
}

/** Whether one unit fits, in any orientation. */
const takes = ({ sides, maxGrams }: UsableBox, kind: Kind): boolean =>
  kind.weightGrams <= maxGrams && kind.sides.every((side, index) => side <= (sides[index] ?? 0));

const spaceOf = ({ box, maxGrams }: UsableBox) => ({
  length: box.innerLengthMm,
  width: box.innerWidthMm,
  height: box.innerHeightMm,
  maxGrams,
});

function groupOf(
  { box, outside }: UsableBox,
  kinds: readonly Kind[],
  packed: readonly number[],
  count: number,
): ParcelGroup {
  const contents = kinds.flatMap(({ lineId }, kind) => {
    const quantity = packed[kind] ?? 0;
    return quantity > 0 ? [{ lineId, quantity }] : [];
  });
  const grams = kinds.reduce((all, { weightGrams }, kind) => all + weightGrams * (packed[kind] ?? 0), 0);
  return {
    count,
    boxId: box.boxId,
    dimensions: outside,
    grossWeightGrams: grams + box.tareGrams,
    contents,
  };
}
