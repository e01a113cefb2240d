/** How many quantiles stand for a distribution: those in the middle of as many equal parts. */
export const GRID = 200;

/** The quantiles of values that are sorted. */
export function gridOf(sorted: Float64Array): Float64Array {
  const grid = new Float64Array(GRID);
  for (let place = 0; place < GRID; place += 1)
    grid[place] = sorted[Math.floor(((place + 0.5) / GRID) * sorted.length)] as number;
  return grid;
}

/** What is known of a distribution: the quantiles 0.5, 0.9 and 0.95, and the standard deviation. */
export type Summary = readonly [half: number, upper: number, highest: number, deviation: number];

export const LEVELS = [0.5, 0.9, 0.95] as const;

/**
 * The mixture of two distributions: a grid, and single values that are sorted, each multiplied with `scale`. `share`
 * is the weight of the single values.
 */
export function mixed(
  grid: Float64Array,
  own: Float64Array,
  { share, scale }: { readonly share: number; readonly scale: number },
): Summary {
  const weight = own.length === 0 ? 0 : share;
  const [ofGrid, ofOwn] = [(1 - weight) / GRID, own.length === 0 ? 0 : weight / own.length];
  const found = [0, 0, 0];
  let [i, j, level, below, value, sum, squares] = [0, 0, 0, 0, 0, 0, 0];
  while (i < GRID || j < own.length) {
    const single = j < own.length ? scale * (own[j] as number) : 0;
    const isOwn = j < own.length && (i >= GRID || single <= (grid[i] as number));
    value = isOwn ? single : (grid[i] as number);
    const step = isOwn ? ofOwn : ofGrid;
    if (isOwn) j += 1;
    else i += 1;
    below += step;
    sum += step * value;
    squares += step * value * value;
    for (; level < 3 && below >= (LEVELS[level] as number) - 1e-12; level += 1) found[level] = value;
  }
  for (; level < 3; level += 1) found[level] = value;
  return [
    found[0] as number,
    found[1] as number,
    found[2] as number,
    Math.sqrt(Math.max(0, squares - sum * sum)),
  ];
}
