import type { OperatorOptions } from '../client/operator-options.ts';

export interface EraseOptions extends OperatorOptions {
  readonly orderIds: readonly string[];
  readonly email: string | undefined;
  readonly dryRun: boolean;
  readonly yes: boolean;
}
