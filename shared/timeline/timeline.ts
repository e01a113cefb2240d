import type { Fact, NewFact } from '../../events/all-events.ts';
import type { Cause } from '../../events/envelope.ts';
import { invariant } from '../kernel/invariant.ts';
import type { Instant } from '../kernel/time.ts';
import type { KeptCall, PartnerCall } from './partner-call.ts';

/** Everything that happened to one order, oldest first. Its state at any stage is a fold of these. */
export interface Timeline {
  readonly orderId: string;
  readonly facts: readonly Fact[];
  /** The calls of partners that are kept with the facts to which they led. */
  readonly calls?: readonly KeptCall[];
}

/** A decided fact, with the instant at which it happened if that differs from the instant of the decision. */
export type Decided = NewFact & { readonly occurredAt?: Instant };

/** The first fact of every order. */
export function placedFact(timeline: Timeline): Fact<'order.placed'> {
  const first = timeline.facts[0];
  invariant(first?.name === 'order.placed', 'a timeline begins with order.placed', {
    orderId: timeline.orderId,
  });
  return first;
}

/** The facts of one name, oldest first. */
export function factsNamed<Name extends Fact['name']>(facts: readonly Fact[], name: Name): Fact<Name>[] {
  return facts.filter((fact) => fact.name === name) as Fact<Name>[];
}

export function lastNamed<Name extends Fact['name']>(
  facts: readonly Fact[],
  name: Name,
): Fact<Name> | undefined {
  return factsNamed(facts, name).at(-1);
}

/** The order's parcels, each with its planned consignment. */
export function plannedParcels(timeline: Timeline) {
  const { parcels, landedCost } = placedFact(timeline).data;
  return parcels.map(({ parcelId, consignmentId }) => {
    const consignment = landedCost.consignments.find(
      (candidate) => candidate.consignmentId === consignmentId,
    );
    invariant(consignment !== undefined, 'every parcel carries out a planned consignment', { parcelId });
    return { parcelId, consignment };
  });
}

export type PlannedParcel = ReturnType<typeof plannedParcels>[number];

/** What {@link TimelineStore.append} is given. */
export interface Append {
  readonly timeline: Timeline;
  readonly facts: readonly Decided[];
  readonly cause: Cause;
  readonly now: Instant;
  /** The call that leads to the facts, to be kept with them. */
  readonly call?: PartnerCall;
}

/** How {@link TimelineStore.load} reads. */
export interface LoadOptions {
  /** The default is true. */
  readonly consistent?: boolean;
}

/**
 * Keeps timelines. `append` writes facts and all their consequences together or not at all, and before them the call
 * that led to them. Where another delivery keeps the call already, it throws `CallKnown`.
 */
export interface TimelineStore {
  /**
   * The timeline; undefined for an unknown order.
   *
   * A consistent read has every fact that was written before. It is right wherever something follows from the read
   * itself: an answer to a shopper, a call of a partner, a look whether the order stopped after such a call, and every
   * decision to do nothing.
   *
   * A read that is not consistent costs half. It may lack the latest facts, but no fact in between, and it finds every
   * order. It is right only where nothing follows but an `append` on it, which is refused if facts were missing.
   */
  load(orderId: string, options?: LoadOptions): Promise<Timeline | undefined>;
  /** The timeline with the new facts, or undefined when somebody else appended first: load and decide again. */
  append(append: Append): Promise<Timeline | undefined>;
}
