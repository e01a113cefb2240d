import { invariant } from '../kernel/invariant.ts';
import type { Dimensions } from '../kernel/measure.ts';
import type { Box } from './box.ts';
import { fillBox, type UnitKind } from './fill-box.ts';
import { type NotShippable, overLimits, type ParcelLimits, sidesOf } from './parcel-size.ts';

/** A line of a consignment with the size of one unit as packed for sale. */
export interface ItemToPack {
  readonly lineId: string;
  readonly quantity: number;
  readonly unitWeightGrams: number;
  readonly dimensions: Dimensions;
}

/** Parcels that are all alike. */
export interface ParcelGroup {
  /** How many there are. */
  readonly count: number;
  /** The carton; absent where goods ship in their own packaging. */
  readonly boxId?: string;
  /** Outside. */
  readonly dimensions: Dimensions;
  readonly grossWeightGrams: number;
  /** Of each parcel. */
  readonly contents: readonly { readonly lineId: string; readonly quantity: number }[];
}

/** A box that the carrier takes, with what may be put in. */
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
 * Packs a consignment into cartons: first-fit decreasing, the largest units first, each carton filled in three
 * dimensions as far as it goes before the next is opened. What is left goes into the smallest carton that takes all
 * of it; until then the largest is filled, and exchanged for the smallest that takes what it holds. Units that no
 * carton takes ship in their own packaging, one a parcel. Alike cartons come as one group, so that thousands of
 * units of a few kinds cost as little as tens.
 *
 * Guaranteed: every unit is in exactly one parcel; no parcel is over its carton's or the carrier's limits; the same
 * input gives the same parcels. It is a heuristic: fewer cartons may be possible.
 */
export function cartonise(
  items: readonly ItemToPack[],
  boxes: readonly Box[],
  limits: ParcelLimits,
): readonly ParcelGroup[] | NotShippable {
  return packInto(items, usableBoxes(boxes, limits), limits);
}

/** The same, for who packs many times into the same boxes within the same limits. */
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
    // The next cartons are filled alike for as long as there is enough of every kind.
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

/** The boxes that the carrier takes, the smallest first. */
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

/** Whether one unit fits, turned as it may be. */
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
