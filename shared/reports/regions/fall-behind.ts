import { partOf } from '../lake/keyed-sums.ts';

/** How many of how many: 3 refunded orders of 40. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

/** The fewest that a share and each of those that it is compared with has to be of. */
export const FEWEST = 30;
/** How many standard errors two shares have to differ by, and how much worse one has to be, as a part of the other. */
export const STANDARD_ERRORS = 3;
export const WORSE_BY = 0.25;

/**
 * Whether a share is worse than another one beyond chance: by a quarter, and by three standard errors of the difference
 * of two shares with the same true value (the two-proportion z-test with a pooled share). Never for small numbers.
 */
export function isWorse(own: Share, other: Share, worse: 'higher' | 'lower'): boolean {
  if (own.of < FEWEST || other.of < FEWEST) return false;
  const [mine, theirs] = [own.hits / own.of, other.hits / other.of];
  const pooled = (own.hits + other.hits) / (own.of + other.of);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / own.of + 1 / other.of));
  const by = worse === 'higher' ? mine - theirs : theirs - mine;
  return by >= WORSE_BY * theirs && by >= STANDARD_ERRORS * error && by > 0;
}

export const shareOf = ({ hits, of }: Share): number | null => partOf(hits, of);

export const together = (shares: readonly Share[]): Share =>
  shares.reduce((all, { hits, of }) => ({ hits: all.hits + hits, of: all.of + of }), { hits: 0, of: 0 });
