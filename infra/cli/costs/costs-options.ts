import type { OperatorOptions } from '../client/operator-options.ts';

export const COST_KINDS = ['purchase', 'marketing'] as const;
export type CostKind = (typeof COST_KINDS)[number];

export interface CostsOptions extends OperatorOptions {
  readonly kind: CostKind;
  readonly file: string;
  readonly dryRun: boolean;
}
