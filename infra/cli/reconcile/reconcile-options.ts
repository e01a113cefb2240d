import type { OperatorOptions } from '../client/operator-options.ts';

export interface ReconcileOptions extends OperatorOptions {
  /** The code of the payment provider. */
  readonly provider: string;
  /** A settlement file. Without it, what is open is shown. */
  readonly file: string | undefined;
  readonly dryRun: boolean;
}
