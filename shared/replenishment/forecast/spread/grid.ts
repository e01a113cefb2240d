/** How many quantiles stand for a distribution: those in the middle of as many equal parts. */
export const GRID = 200;

/** The quantiles of values that are sorted. */
export function gridOf(sorted: Float64Array): Float64Array {
  const grid = new Float64Array(GRID);
  for (let place = 0; place < GRID; place += 1)
    grid[place] = sorted[Math.floor(((place + 0.5) / GRID) * sorted.length)] as number;
  return grid;
}

/** What is known of a distribution: the quantiles 0.5, 0.9 and 0.95. */
export type ThreeQuantiles = readonly [half: number, upper: number, highest: number];

export const LEVELS = [0.5, 0.9, 0.95] as const;

/** Two distributions that are mixed: a grid, and single values. */
export interface Mixture {
  readonly grid: Float64Array;
  /** Sorted; each is multiplied with `scale`. */
  readonly own: Float64Array;
  readonly scale: number;
  /** The weight of the single values. */
  readonly share: number;
}

/** The quantiles of a mixture. */
export function quantilesOfMixture({ grid, own, scale, share }: Mixture): ThreeQuantiles {
  const weight = own.length === 0 ? 0 : share;
  const [ofGrid, ofOwn] = [(1 - weight) / GRID, own.length === 0 ? 0 : weight / own.length];
  const found: [number, number, number] = [0, 0, 0];
  let [i, j, level, value] = [0, 0, 0, 0];
  let below = 0;
  while (level < 3 && (i < GRID || j < own.length)) {
    const single = j < own.length ? scale * (own[j] as number) : Number.POSITIVE_INFINITY;
    if (i >= GRID || single <= (grid[i] as number)) {
      value = single;
      j += 1;
      below += ofOwn;
    } else {
      value = grid[i] as number;
      i += 1;
      below += ofGrid;
    }
    while (level < 3 && below >= (LEVELS[level] as number) - 1e-12) {
      found[level] = value;
      level += 1;
    }
  }
  for (; level < 3; level += 1) found[level] = value;
  return found;
}

/** The standard deviation of a mixture. */
export function deviationOfMixture({ grid, own, scale, share }: Mixture): number {
  const weight = own.length === 0 ? 0 : share;
  const [ofGrid, ofOwn] = [(1 - weight) / GRID, own.length === 0 ? 0 : weight / own.length];
  let [i, j, sum, squares] = [0, 0, 0, 0];
  // In their order, so that the sum has no large rounding.
  while (i < GRID || j < own.length) {
    const single = j < own.length ? scale * (own[j] as number) : Number.POSITIVE_INFINITY;
    const isOwn = i >= GRID || single <= (grid[i] as number);
    const value = isOwn ? single : (grid[i] as number);
    const step = isOwn ? ofOwn : ofGrid;
    if (isOwn) j += 1;
    else i += 1;
    sum += step * value;
    squares += step * value * value;
  }
  return Math.sqrt(Math.max(0, squares - sum * sum));
}
