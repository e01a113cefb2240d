import type { Cause } from '../../events/envelope.ts';
import type { LandedCost } from '../../events/landed-cost.ts';
import type { Finding } from '../../events/screening.ts';
import type { Address } from '../kernel/address.ts';
import type { Instant } from '../kernel/time.ts';
import { toInstant } from '../kernel/time.ts';
import {
  type ActOnOrder,
  actOnOrder,
  attentionOf,
  type Decided,
  loadOrder,
  type OrderDetailsReader,
  orderStateOf,
  placedFact,
  type Timeline,
} from '../timeline/index.ts';
import { defaultLimits, type ScreeningLimits } from './limits.ts';
import type { RestrictedGoods, Screened, ScreeningRule } from './rule.ts';
import { screeningRules } from './rules/index.ts';

export interface ScreenOrderDeps extends ActOnOrder {
  readonly details: OrderDetailsReader;
  /** The lines that a restriction stops, by the same rows as quotes. */
  readonly restrictedGoods: (sent: {
    readonly landedCost: LandedCost;
    readonly shippingAddress: Address;
    readonly now: Instant;
  }) => Promise<readonly RestrictedGoods[]>;
  /** The merchant's settings; {@link defaultLimits} if absent. */
  readonly limits?: ScreeningLimits;
}

/** Screens an authorised order once: released, held for a person, or refused. */
export async function screenOrder(deps: ScreenOrderDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  if (!isWaiting(timeline)) return;
  const { shippingAddress } = await deps.details.read(orderId);
  const { landedCost } = placedFact(timeline).data;
  const restricted = await deps.restrictedGoods({
    landedCost,
    shippingAddress,
    now: toInstant(deps.clock()),
  });
  const limits = deps.limits ?? defaultLimits;
  const findings = findingsOn({ landedCost, shippingAddress, limits, restricted });
  await actOnOrder(deps, orderId, cause, (latest) =>
    isWaiting(latest) ? decideScreening(latest, findings) : [],
  );
}

/** Whether the order waits for its screening: authorised, not yet screened, not stopped. */
function isWaiting({ facts }: Timeline): boolean {
  const { screening, isAuthorised, ended } = orderStateOf(facts);
  const isGone = facts.some((fact) => fact.name === 'payment.voided');
  return screening === 'waiting' && isAuthorised && ended === undefined && !isGone;
}

function earlierHolds(facts: Timeline['facts']): Finding[] {
  const held = attentionOf(facts).filter(({ stops }) => stops);
  return held.map(({ reason }) => ({
    ruleId: 'earlier-hold',
    outcome: 'hold',
    explanation: `the order was held before it was screened: ${reason}`,
  }));
}

/** Every rule's finding. */
export function findingsOn(screened: Screened, rules: readonly ScreeningRule[] = screeningRules): Finding[] {
  return rules.map(({ ruleId, check }) => ({ ruleId, ...check(screened) }));
}

/**
 * The most severe finding decides. Rules never release an order that was held before: its reason is a finding of its
 * own, and a person has to look.
 */
function decideScreening({ facts }: Timeline, findings: readonly Finding[]): Decided[] {
  const all = [...findings, ...earlierHolds(facts)];
  if (all.some(({ outcome }) => outcome === 'refuse')) {
    return [
      { name: 'screening.refused', data: { findings: all, by: 'rules' } },
      { name: 'order.cancelled', data: { reason: 'screening-refused' } },
    ];
  }
  return all.some(({ outcome }) => outcome === 'hold')
    ? [{ name: 'screening.held', data: { findings: all } }]
    : [{ name: 'screening.released', data: { findings: all, by: 'rules', ...paidBefore(facts) } }];
}

/** Says that no capture will follow which would start the booking of the parcels. */
const paidBefore = (facts: Timeline['facts']) =>
  orderStateOf(facts).isPaid ? ({ payment: 'captured' } as const) : {};
