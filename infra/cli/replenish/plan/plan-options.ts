import type { OperatorOptions } from '../../client/operator-options.ts';

/** What `entrepot replenish plan` was asked. */
export interface PlanOptions extends OperatorOptions {
  /** The day that is planned; today in the merchant's time zone if undefined. */
  readonly day: string | undefined;
  /** The day of a run that is shown; no run is started. */
  readonly run: string | undefined;
  /** Whether a run that is shown is followed until it is over. A run that is started always is. */
  readonly watch: boolean;
  /** The file that a page with charts is written to. */
  readonly page: string | undefined;
  readonly format: 'table' | 'json' | 'csv' | 'not-planned';
}
