import type { OperatorOptions } from '../../client/operator-options.ts';

/** What `entrepot replenish explain` was asked. */
export interface ExplainOptions extends OperatorOptions {
  readonly sku: string;
  /** Only this warehouse. */
  readonly warehouse: string | undefined;
  /** Only this market. */
  readonly market: string | undefined;
  readonly json: boolean;
}
