import type { Fact } from './all-events.ts';
import type { RunStepName } from './trigger.ts';
import { type FunctionId, type QueueTrigger, type SentKind, type Trigger, triggerList } from './triggers.ts';
import { isWanted } from './wanted-fact.ts';
import type { WorkStep } from './work.ts';

const consumers: readonly (readonly [FunctionId, QueueTrigger])[] = triggerList.flatMap(([id, trigger]) =>
  trigger.kind === 'queue' ? [[id, trigger] as const] : [],
);

/** The functions that a fact starts. Each has a queue of its own. */
export function consumersOf(fact: Pick<Fact, 'name' | 'data'>): FunctionId[] {
  return consumers.flatMap(([id, { facts = [] }]) =>
    facts.some((wanted) => isWanted(wanted, fact)) ? [id] : [],
  );
}

/** The functions that repeat a step which is late. */
export function ownersOf(step: WorkStep): FunctionId[] {
  return consumers.flatMap(([id, { work = [] }]) => (work.includes(step) ? [id] : []));
}

/** The functions that make reports. */
export const makersOfReports = (): FunctionId[] =>
  consumers.flatMap(([id, { reports }]) => (reports === true ? [id] : []));

/** The functions that do a step of a run of replenishment. */
export const plannersOf = (step: RunStepName): FunctionId[] =>
  consumers.flatMap(([id, trigger]) => (trigger[`run-${step}`] === true ? [id] : []));

/** Whether messages of that kind go to the queue of the function. */
export function receives(trigger: Trigger, kind: SentKind): trigger is QueueTrigger {
  return trigger.kind === 'queue' && trigger[kind] !== undefined;
}
