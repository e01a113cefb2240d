import type { OperatorOptions } from '../client/operator-options.ts';

export interface InvoicesOptions extends OperatorOptions {
  readonly file: string;
  readonly dryRun: boolean;
}
