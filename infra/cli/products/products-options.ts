import type { OperatorOptions } from '../client/operator-options.ts';

export interface ImportOptions extends OperatorOptions {
  readonly file: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
}
