import { type Instant, secondMs } from '../../kernel/time.ts';
import { placeKey, type StockPlace, type Take } from '../../stock/index.ts';
import type { Layout } from './buckets.ts';

/** How long a container trusts a hint that a place has several buckets. */
const BELIEVED_MS = 30 * secondMs;
/** How long a bucket that was seen empty is avoided. */
const PASSED_BY_MS = 2 * secondMs;
/** How long a container trusts a hint that all buckets are empty. */
const GONE_MS = secondMs;
/** The most places that a container remembers. */
const MAX_PLACES = 1_000;

interface Belief {
  readonly layout: Layout;
  readonly isOld: boolean;
  /** The available units of each bucket a moment ago, as far as this container knows. */
  readonly available: readonly number[] | undefined;
}

export interface StockHints {
  of(place: StockPlace, now: Instant): Belief | undefined;
  /** Remembers a place with several buckets, forgets one with one. `available`: the units seen in each. */
  learn(place: StockPlace, layout: Layout, now: Instant, available?: readonly number[]): void;
  /** Subtracts units that this container took. */
  took(place: StockPlace, takes: readonly Take[]): void;
  /** Remembers that all buckets together held only this number of available units. */
  rememberTotal(place: StockPlace, available: number, now: Instant): void;
  /** Whether a moment ago all buckets together held fewer units than this. */
  isGone(place: StockPlace, quantity: number, now: Instant): boolean;
}

/** A container's hints about the places whose units are in several buckets. */
export function createStockHints(): StockHints {
  const places = new Map<string, { layout: Layout; readAtMs: number; available: number[] | undefined }>();
  const totals = new Map<string, { available: number; seenAtMs: number }>();
  return {
    of(place, now) {
      const known = places.get(placeKey(place));
      if (known === undefined) return undefined;
      const ageMs = Date.parse(now) - known.readAtMs;
      return {
        layout: known.layout,
        isOld: ageMs >= BELIEVED_MS,
        available: ageMs < PASSED_BY_MS ? known.available : undefined,
      };
    },
    learn(place, layout, now, available) {
      const key = placeKey(place);
      if (layout.spread === 1) {
        places.delete(key);
        return;
      }
      if (places.size >= MAX_PLACES) places.clear();
      const seen = available === undefined ? undefined : [...available];
      places.set(key, { layout, readAtMs: Date.parse(now), available: seen });
    },
    took(place, takes) {
      const available = places.get(placeKey(place))?.available;
      if (available === undefined) return;
      for (const { bucket, quantity } of takes) available[bucket] = (available[bucket] ?? 0) - quantity;
    },
    rememberTotal(place, available, now) {
      if (totals.size >= MAX_PLACES) totals.clear();
      totals.set(placeKey(place), { available, seenAtMs: Date.parse(now) });
    },
    isGone(place, quantity, now) {
      const total = totals.get(placeKey(place));
      return total !== undefined && Date.parse(now) - total.seenAtMs < GONE_MS && total.available < quantity;
    },
  };
}
