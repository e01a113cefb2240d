import type { Fact } from '../../events/all-events.ts';

/** The captures whose money comes: those that failed after they were reported are left out. Oldest first. */
export function standingCaptures(facts: readonly Fact[]): Fact<'payment.captured'>[] {
  const failed = new Set(
    facts.flatMap(({ name, data }) => (name === 'payment.capture_failed' ? [data.providerReference] : [])),
  );
  return facts.filter(
    (fact): fact is Fact<'payment.captured'> =>
      fact.name === 'payment.captured' && !failed.has(fact.data.providerReference),
  );
}
