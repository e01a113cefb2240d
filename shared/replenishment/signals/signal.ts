import { type CalendarDate, isCalendarDate } from '../../kernel/time.ts';
import type { DemandSeries } from '../demand/demand-series.ts';
import { ALL_MARKETS } from '../demand/demand-series.ts';

/** Where a signal comes from. */
type SignalKind = 'holiday' | 'campaign' | 'feed';

/** Something that is known of the demand on some days to come, in some markets. */
export interface Signal {
  readonly id: string;
  readonly kind: SignalKind;
  /** Countries of destination, or `*` for all markets. */
  readonly markets: readonly string[];
  /** The SKUs that it is about; all if absent. */
  readonly skus?: readonly string[];
  /** Both are included. */
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
  /** What demand is multiplied with: 1.5 is half as much again, 0 is none. Or what is added on each day. */
  readonly uplift: { readonly factor: number } | { readonly unitsADay: number };
}

export type SignalProblem =
  | 'no-id'
  | 'no-markets'
  | 'day-invalid'
  | 'days-reversed'
  | 'uplift-not-finite'
  | 'uplift-too-low'
  | 'uplift-too-high';

/** A higher factor is a mistake of a feed. */
const MAX_FACTOR = 100;

/** The first problem of a signal that came from outside; undefined if it can be used. */
export function problemOfSignal({
  id,
  markets,
  firstDay,
  lastDay,
  uplift,
}: Signal): SignalProblem | undefined {
  if (id === '') return 'no-id';
  if (markets.length === 0) return 'no-markets';
  if (!isCalendarDate(firstDay) || !isCalendarDate(lastDay)) return 'day-invalid';
  if (firstDay > lastDay) return 'days-reversed';
  const value = 'factor' in uplift ? uplift.factor : uplift.unitsADay;
  if (!Number.isFinite(value)) return 'uplift-not-finite';
  if ('factor' in uplift && value < 0) return 'uplift-too-low';
  return 'factor' in uplift && value > MAX_FACTOR ? 'uplift-too-high' : undefined;
}

/** Whether a signal is about a SKU in a market. A signal of one market says nothing of all markets together. */
export const isAbout = (
  { markets, skus }: Signal,
  { sku, market }: Pick<DemandSeries, 'sku' | 'market'>,
): boolean =>
  (markets.includes(market) || markets.includes(ALL_MARKETS)) && (skus === undefined || skus.includes(sku));
