import type { LandedCost, PlannedConsignment } from '../../events/landed-cost.ts';
import type { Finding } from '../../events/screening.ts';
import type { Address } from '../kernel/address.ts';
import type { ScreeningLimits } from './limits.ts';

/** A line that a restriction of its destination or its way stops, on the day of the screening. */
export interface RestrictedGoods {
  readonly sku: string;
  /** Identifier of the restriction. */
  readonly ruleId: string;
  readonly action: 'block' | 'needs-document' | 'needs-service';
  readonly detail: string;
  readonly law: string;
}

/** The input of the rules: the goods, and the destination. */
export interface Screened {
  readonly landedCost: LandedCost;
  readonly shippingAddress: Address;
  readonly limits: ScreeningLimits;
  readonly restricted: readonly RestrictedGoods[];
}

/** One rule. Pure; its finding says what was found and never names the person. */
export interface ScreeningRule {
  readonly ruleId: string;
  readonly check: (screened: Screened) => Omit<Finding, 'ruleId'>;
}

export const pass = (explanation: string): Omit<Finding, 'ruleId'> => ({ outcome: 'pass', explanation });
export const hold = (explanation: string): Omit<Finding, 'ruleId'> => ({ outcome: 'hold', explanation });
export const refuse = (explanation: string): Omit<Finding, 'ruleId'> => ({ outcome: 'refuse', explanation });

/** Every line of the order, whichever parcel it travels in. */
export function linesOf(landedCost: LandedCost): PlannedConsignment['lines'] {
  return landedCost.consignments.flatMap(({ lines }) => lines);
}
