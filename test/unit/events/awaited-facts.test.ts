import { expect, test } from 'vitest';
import { awaitedFacts } from '../../../events/awaited-facts.ts';
import { triggerList } from '../../../events/triggers.ts';
import { nameOfWanted } from '../../../events/wanted-fact.ts';

test('the facts that the relay gets are those for which a function waits', () => {
  const waitedFor = triggerList.flatMap(([, trigger]) =>
    trigger.kind === 'queue' ? (trigger.facts ?? []).map(nameOfWanted) : [],
  );
  expect(waitedFor.length).toBeGreaterThan(0);
  expect([...awaitedFacts].toSorted()).toEqual([...new Set(waitedFor)].toSorted());
});
