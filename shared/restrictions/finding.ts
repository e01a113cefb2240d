import type { GoodsService, Restriction, RestrictionAction } from './schema.ts';

/** What one restriction says of a product on its way to a destination. */
export interface RestrictionFinding {
  readonly ruleId: string;
  readonly action: RestrictionAction;
  /** Advised: told, and stops nothing. */
  readonly enforcement: Restriction['enforcement'];
  /** A needed document is there and good on the date, a needed service is on the way. A block never is. */
  readonly satisfied: boolean;
  readonly title: string;
  /** What is missing and what it would take, or that it is there. */
  readonly detail: string;
  readonly law: string;
  readonly needsReview: boolean;
  /** The service that the way lacks or has. */
  readonly service?: GoodsService;
  /** Whether another way to the same destination may change it. */
  readonly dependsOnWay: boolean;
}

const gravity: Readonly<Record<RestrictionAction, number>> = {
  block: 0,
  'needs-document': 1,
  'needs-service': 2,
};

/** The findings that stop a sale: those first that hold on every way, then the gravest. Empty when nothing does. */
export function blockedBy(findings: readonly RestrictionFinding[]): RestrictionFinding[] {
  return findings
    .filter(({ satisfied, enforcement }) => !satisfied && enforcement === 'required')
    .sort((a, b) => Number(a.dependsOnWay) - Number(b.dependsOnWay) || gravity[a.action] - gravity[b.action]);
}
