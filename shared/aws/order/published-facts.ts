import type { FactName } from '../../../events/all-events.ts';
import { triggerList } from '../../../events/triggers.ts';
import { nameOfWanted } from '../../../events/wanted-fact.ts';

const subscribed: ReadonlySet<FactName> = new Set(
  triggerList.flatMap(([, trigger]) =>
    trigger.kind === 'bus' ? (trigger.facts ?? []).map(nameOfWanted) : [],
  ),
);

/** Whether a function of this project waits for the fact. Others need not go on the bus. */
const isSubscribed = (name: FactName): boolean => subscribed.has(name);

/** Says which facts go on the bus: those that a function of this project waits for, or all. */
export const publishedFacts = ({ all }: { readonly all: boolean }): ((name: FactName) => boolean) =>
  all ? () => true : isSubscribed;
