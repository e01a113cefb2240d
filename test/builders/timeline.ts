import { type Fact, factVersion, parseFact } from '../../events/all-events.ts';
import type { Cause } from '../../events/envelope.ts';
import { type Instant, later } from '../../shared/kernel/time.ts';
import type { Decided, Timeline } from '../../shared/timeline/index.ts';
import { idOf } from './ids.ts';

export const orderId = idOf('order', 1);
export const placedAt = '2026-11-23T10:00:00.000Z';

/** The facts in their envelopes, one second apart. Throws for a fact that is not in the list of all facts. */
export function timelineOf(facts: readonly Decided[], cause: Cause = { by: 'journey' }): Timeline {
  return { orderId, facts: facts.map((fact, index) => envelopedFact(fact, index + 1, cause)) };
}

function envelopedFact(fact: Decided, sequence: number, cause: Cause): Fact {
  const { name, data, occurredAt } = fact;
  const recordedAt: Instant = later(placedAt, (sequence - 1) * 1000);
  return parseFact({
    id: idOf('fact', sequence),
    orderId,
    sequence,
    occurredAt: occurredAt ?? recordedAt,
    recordedAt,
    cause,
    name,
    version: factVersion(name),
    data,
  });
}

/** The names of decided facts in order. Most tests compare these. */
export const namesOf = (facts: readonly { readonly name: string }[]) => facts.map(({ name }) => name);
