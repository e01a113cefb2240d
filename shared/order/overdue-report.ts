import type { Fact } from '../../events/all-events.ts';
import type { Deadline } from './deadline.ts';
import { isMove } from './wait.ts';

/**
 * The reports that the deadline is late or blocked, made since its subject last moved, oldest first. A report that
 * names no parcel concerns every parcel until one of them moves.
 */
export function reportsOf(facts: readonly Fact[], deadline: Deadline): Fact<'order.overdue'>[] {
  return facts.filter(
    (fact): fact is Fact<'order.overdue'> =>
      fact.name === 'order.overdue' &&
      fact.sequence > deadline.since &&
      fact.data.waitingFor === deadline.waitingFor &&
      (fact.data.parcelId === deadline.parcelId ||
        (fact.data.parcelId === undefined && !hasParcelMovedSince(facts, fact.sequence))),
  );
}

const hasParcelMovedSince = (facts: readonly Fact[], sequence: number): boolean =>
  facts.some((fact) => fact.sequence > sequence && 'parcelId' in fact.data && isMove(fact));
