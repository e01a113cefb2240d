import type { FactName } from '../../../events/all-events.ts';
import { awaitedFacts } from '../../../events/awaited-facts.ts';

/** Whether a function of this project waits for the fact. */
const isAwaited = (name: FactName): boolean => awaitedFacts.has(name);

/** Says which facts the relay gets: those that a function waits for, or all of them for other systems. */
export const publishedFacts = ({ all }: { readonly all: boolean }): ((name: FactName) => boolean) =>
  all ? () => true : isAwaited;
