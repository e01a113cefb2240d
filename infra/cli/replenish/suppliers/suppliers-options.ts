import type { OperatorOptions } from '../../client/operator-options.ts';

export interface SuppliersOptions extends OperatorOptions {
  /** The file to import; absent to list what is stored. */
  readonly file: string | undefined;
  readonly dryRun: boolean;
  /** Codes of suppliers to retire. */
  readonly retire: readonly string[];
  readonly json: boolean;
}
