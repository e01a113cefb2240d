import type { OperatorOptions } from '../../client/operator-options.ts';

export interface PortsOptions extends OperatorOptions {
  /** The file to import; absent to list what is stored. */
  readonly file: string | undefined;
  readonly dryRun: boolean;
  /** Ports where goods wait no more. */
  readonly close: readonly string[];
  readonly json: boolean;
}
