/** Units of one kind: sides in millimetres, the longest first. */
export interface UnitKind {
  readonly sides: readonly [number, number, number];
  readonly weightGrams: number;
}

/** The inside of a box in millimetres, and its weight limit. */
export interface BoxSpace {
  readonly length: number;
  readonly width: number;
  readonly height: number;
  readonly maxGrams: number;
}

/** A block of equal units, `nx` x `ny` x `nz`, all turned the same way, with its corner. */
export interface Block {
  readonly kind: number;
  readonly at: readonly [x: number, y: number, z: number];
  readonly unit: readonly [dx: number, dy: number, dz: number];
  readonly grid: readonly [nx: number, ny: number, nz: number];
}

export interface Filling {
  /** Units packed, by kind. */
  readonly packed: readonly number[];
  readonly blocks: readonly Block[];
}

interface Space {
  readonly at: readonly [number, number, number];
  readonly size: readonly [number, number, number];
}

/**
 * Fills one box with as many units as fit, kind by kind in the order given. Units of a kind go, in blocks, into the
 * smallest free space that takes a unit, turned in the way of the six that fits most units (the flattest of equal
 * ones). The space that remains around a block is cut into three: over it, beside it, before it.
 *
 * With `allOrNothing` it stops at the first kind of which units remain.
 *
 * Guaranteed: blocks lie inside the box and do not overlap, every unit stands on the floor or on units of the block
 * below, and the weight limit is kept. Not guaranteed: that no better packing exists.
 */
export function fillBox(
  kinds: readonly UnitKind[],
  counts: readonly number[],
  box: BoxSpace,
  allOrNothing = false,
): Filling {
  let spaces: Space[] = [{ at: [0, 0, 0], size: [box.length, box.width, box.height] }];
  let gramsLeft = box.maxGrams;
  const packed = kinds.map(() => 0);
  const blocks: Block[] = [];
  for (const [kind, { sides, weightGrams }] of kinds.entries()) {
    let left = Math.min(counts[kind] ?? 0, Math.floor(gramsLeft / weightGrams));
    while (left > 0) {
      const chosen = chooseSpace(spaces, sides);
      if (chosen === undefined) break;
      const grid = gridOf(chosen.capacity, left);
      const count = grid[0] * grid[1] * grid[2];
      blocks.push({ kind, at: chosen.space.at, unit: chosen.unit, grid });
      const taken: Triple = [grid[0] * chosen.unit[0], grid[1] * chosen.unit[1], grid[2] * chosen.unit[2]];
      spaces = [...spaces.filter((space) => space !== chosen.space), ...cut(chosen.space, taken)];
      left -= count;
      gramsLeft -= count * weightGrams;
      packed[kind] = (packed[kind] ?? 0) + count;
    }
    if (allOrNothing && (packed[kind] ?? 0) < (counts[kind] ?? 0)) break;
  }
  return { packed, blocks };
}

type Triple = readonly [number, number, number];

interface Choice {
  readonly space: Space;
  readonly unit: Triple;
  readonly capacity: Triple;
}

function chooseSpace(spaces: readonly Space[], sides: UnitKind['sides']): Choice | undefined {
  let best: Choice | undefined;
  let min = Number.POSITIVE_INFINITY;
  for (const space of spaces) {
    const volume = space.size[0] * space.size[1] * space.size[2];
    if (volume >= min) continue;
    const turned = chooseTurn(space, sides);
    if (turned === undefined) continue;
    best = turned;
    min = volume;
  }
  return best;
}

/** The six ways to turn a unit, by the sides that lie along length, width and height: flattest first. */
type Turn = readonly [0 | 1 | 2, 0 | 1 | 2, 0 | 1 | 2];
const TURNS: readonly Turn[] = [
  [0, 1, 2],
  [1, 0, 2],
  [0, 2, 1],
  [2, 0, 1],
  [1, 2, 0],
  [2, 1, 0],
];

function chooseTurn(space: Space, sides: UnitKind['sides']): Choice | undefined {
  const [length, width, height] = space.size;
  let best: Turn | undefined;
  let max = 0;
  for (const turn of TURNS) {
    const count =
      Math.floor(length / sides[turn[0]]) *
      Math.floor(width / sides[turn[1]]) *
      Math.floor(height / sides[turn[2]]);
    if (count <= max) continue;
    max = count;
    best = turn;
  }
  if (best === undefined) return undefined;
  const unit: Triple = [sides[best[0]], sides[best[1]], sides[best[2]]];
  const capacity: Triple = [
    Math.floor(length / unit[0]),
    Math.floor(width / unit[1]),
    Math.floor(height / unit[2]),
  ];
  return { space, unit, capacity };
}

/** The largest full block of at most `count` units: whole layers, else whole rows of one layer, else one row. */
function gridOf([nx, ny, nz]: Triple, count: number): Triple {
  const layers = Math.min(nz, Math.floor(count / (nx * ny)));
  if (layers > 0) return [nx, ny, layers];
  const rows = Math.min(ny, Math.floor(count / nx));
  return rows > 0 ? [nx, rows, 1] : [count, 1, 1];
}

/** The free space around a block in a corner: the space over the block, and the floor beside it cut in two. */
function cut({ at: [x, y, z], size: [l, w, h] }: Space, [bx, by, bz]: Triple): Space[] {
  const besideIsLarger = (l - bx) * w >= (w - by) * l;
  const rest: Space[] = [
    { at: [x, y, z + bz], size: [bx, by, h - bz] },
    { at: [x + bx, y, z], size: [l - bx, besideIsLarger ? w : by, h] },
    { at: [x, y + by, z], size: [besideIsLarger ? bx : l, w - by, h] },
  ];
  return rest.filter(({ size }) => size[0] > 0 && size[1] > 0 && size[2] > 0);
}
