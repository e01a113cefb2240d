/** What `entrepot replenish backtest` was asked. */
export interface BacktestCommandOptions {
  readonly files: readonly string[];
  /** The days before the first forecast. */
  readonly warmUp: number;
  readonly step: number;
  readonly horizon: number;
  readonly every: number;
  /** The place of the first SKU that is forecast. */
  readonly offset: number;
  readonly byMarket: boolean;
  readonly json: boolean;
  /** The file that the page is written to. */
  readonly page: string | undefined;
}
