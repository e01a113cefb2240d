import type { GoodsService, Restriction, RestrictionAction } from './schema.ts';

/** The result of one restriction for a product on its way to a destination. */
export interface RestrictionFinding {
  readonly ruleId: string;
  readonly action: RestrictionAction;
  /** `advised`: reported, but stops nothing. */
  readonly enforcement: Restriction['enforcement'];
  /**
   * The required document exists and is valid on the date, or the required service is part of the transport. A block is
   * never satisfied.
   */
  readonly satisfied: boolean;
  readonly title: string;
  /** What is missing and how to supply it, or that it is there. */
  readonly detail: string;
  readonly law: string;
  readonly needsReview: boolean;
  /** The required service, present or not. */
  readonly service?: GoodsService;
  /** Whether another way to the same destination may change the finding. */
  readonly dependsOnWay: boolean;
}

const gravity: Readonly<Record<RestrictionAction, number>> = {
  block: 0,
  'needs-document': 1,
  'needs-service': 2,
};

/**
 * The findings that stop a sale: first those that apply to every way, then the most severe. Empty when nothing stops
 * it.
 */
export function blockedBy(findings: readonly RestrictionFinding[]): RestrictionFinding[] {
  return findings
    .filter(({ satisfied, enforcement }) => !satisfied && enforcement === 'required')
    .sort((a, b) => Number(a.dependsOnWay) - Number(b.dependsOnWay) || gravity[a.action] - gravity[b.action]);
}
