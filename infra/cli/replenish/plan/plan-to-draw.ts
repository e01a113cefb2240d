import type { SkuExplained } from '../../../../shared/replenishment/explain/explain-sku.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import type { FoundSku } from '../../../../shared/replenishment/run/list-found.ts';
import type { RunView } from '../../../../shared/replenishment/run/run-view.ts';

/** A run and what a page shows of it. */
export interface PlanToDraw {
  readonly run: RunView;
  readonly orders: readonly ReplenishmentOrderView[];
  /** The plans of the products whose stock is drawn or which are moved. */
  readonly explained: readonly SkuExplained[];
  /** Products that were not planned: the first ones, if there are very many. */
  readonly notPlanned: readonly FoundSku[];
  /** Needs that a limit has cut: the first ones, if there are very many. */
  readonly cut: readonly FoundSku[];
}
