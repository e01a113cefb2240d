import type { FactName } from '../../../events/all-events.ts';
import { triggerList } from '../../../events/triggers.ts';
import { nameOfWanted } from '../../../events/wanted-fact.ts';

const subscribed: ReadonlySet<FactName> = new Set(
  triggerList.flatMap(([, trigger]) =>
    trigger.kind === 'queue' ? (trigger.facts ?? []).map(nameOfWanted) : [],
  ),
);

/** Whether a function of this project waits for the fact. */
const isSubscribed = (name: FactName): boolean => subscribed.has(name);

/** Says which facts the relay gets: those that a function waits for, or all of them for other systems. */
export const publishedFacts = ({ all }: { readonly all: boolean }): ((name: FactName) => boolean) =>
  all ? () => true : isSubscribed;
