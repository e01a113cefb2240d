import type { Money } from '../../kernel/money.ts';
import type { CalendarDate, Instant } from '../../kernel/time.ts';
import type { SkuPlan } from '../explain/sku-plan.ts';
import type { Forecast } from '../forecast/forecast.ts';
import type { DemandOverDays } from '../policy/demand-over-days.ts';
import type { StockOnHand } from '../policy/position.ts';
import type { StoredSignal } from '../signals/given-signal.ts';
import type { StageOfSite } from './hubs/stage.ts';
import type { LikeGroup } from './new-products/forecast-new-product.ts';
import type { SiteHistory } from './site-history.ts';
import type { SupplyContext } from './supplier-of-site.ts';

/** An open order of a SKU at a site, as it is now. */
export interface OpenAtSite {
  readonly orderId: string;
  readonly ordered: number;
  readonly received: number;
  readonly onTheWay: number;
  readonly expectedAt: Instant;
}

/** What holds for all SKUs of a run. */
export interface PlanContext extends SupplyContext {
  /** The warehouses that are planned. */
  readonly sites: ReadonlySet<string>;
}

/** Units of a SKU that a run moves to a site. */
export interface PlannedTransfer {
  readonly fromWarehouseId: string;
  readonly units: number;
  readonly expectedOn: CalendarDate;
  /** The landed cost of a unit by the lane, rounded. */
  readonly unitCost: Money;
}

/** What is known of one SKU at one site. */
export interface SiteToPlan {
  readonly history: SiteHistory;
  /** A forecast, or why there is none. */
  readonly forecast: Forecast | string;
  /** The group whose first days a new product is forecast by. */
  readonly like?: LikeGroup;
  /** Those that changed the forecast. */
  readonly signals?: readonly StoredSignal[];
  readonly stock: StockOnHand & { readonly inTransit: number };
  readonly open: readonly OpenAtSite[];
  /** Units that transfer orders have promised to other warehouses, and that have not left; none if absent. */
  readonly leaving?: number;
  /** What the same run moves here. */
  readonly into?: readonly PlannedTransfer[];
  /** Its place in a network of hubs; without one it is planned by itself. */
  readonly stage?: StageOfSite;
  /** Units that the sites it feeds need, and that it can't give now; none if absent. */
  readonly owed?: number;
}

/** How a SKU stands at a site, for whoever moves stock. */
export interface Standing {
  /** Demand until an order of the next review would be there. */
  readonly demand: DemandOverDays;
  /** What is to be there or on its way: the mean of that demand and the safety stock. */
  readonly reorderAt: number;
  /** What is there and on its way. */
  readonly position: number;
  /** What a unit costs at its supplier; undefined without one. */
  readonly unitCost: Money | undefined;
}

/** A plan, and how the SKU stands there; without a forecast it is not known. */
export interface PlannedSite {
  readonly plan: SkuPlan;
  readonly standing?: Standing;
}
