import type { Money } from '../../../kernel/money.ts';
import type { DemandForecast } from '../../policy/demand-over-days.ts';
import type { Reason } from '../../policy/reasons.ts';
import type { RunLane } from '../transfers/transfer-lanes.ts';

/** A lane by which a hub feeds a site with a SKU. */
export interface FeedLane extends RunLane {
  /** The landed cost of a unit of the SKU by it, rounded. */
  readonly unitCost: Money;
  /** What a move costs whatever it carries, in the currency of that cost. */
  readonly moveCost: Money;
}

/** How a SKU is planned at a warehouse that is a hub, or that one feeds. */
export interface StageOfSite {
  /** The hub that feeds it; undefined where a supplier does. */
  readonly fedBy?: string;
  /** The lane from that hub. */
  readonly lane?: FeedLane;
  /** The warehouses that it feeds, by their codes. */
  readonly feeds: readonly string[];
  readonly serviceDays: number;
  readonly inboundDays: number;
  /** The way and the review. */
  readonly processingDays: number;
  readonly netDays: number;
  /** Units, with those for the own shoppers of a hub. */
  readonly safetyStock: number;
  /** What is to be there or on its way; zero where it is ordered on demand. */
  readonly reorderAt: number;
  /** Units that a hub gives to no site: what its own shoppers ask for until the next run, by the service level. */
  readonly keeps: number;
  /** Of its shoppers, and of all that it feeds. */
  readonly demand: DemandForecast;
  /** Of its own shoppers alone. */
  readonly own: DemandForecast | undefined;
  /** The worth of a unit there: its price at the supplier, and the landed cost of its ways. */
  readonly unitValue: Money;
  readonly reasons: readonly Reason[];
}
