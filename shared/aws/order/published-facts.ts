import type { FactName } from '../../../events/all-events.ts';
import { triggerList } from '../../../events/triggers.ts';

const subscribed: ReadonlySet<FactName> = new Set(
  triggerList.flatMap(([, trigger]) => (trigger.kind === 'bus' ? (trigger.facts ?? []) : [])),
);

/** Whether a function of this project waits for the fact. Others need not go on the bus. */
export const isSubscribed = (name: FactName): boolean => subscribed.has(name);
