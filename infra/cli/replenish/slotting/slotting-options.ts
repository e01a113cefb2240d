import type { OperatorOptions } from '../../client/operator-options.ts';

export interface SlottingOptions extends OperatorOptions {
  readonly warehouseId: string;
  /** Where products lie; absent to list the moves. */
  readonly file: string | undefined;
  /** The file of zones. */
  readonly zones: string | undefined;
  readonly dryRun: boolean;
  readonly csv: boolean;
  readonly json: boolean;
}
