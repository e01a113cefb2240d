import { type FunctionPath, type Trigger, triggerList } from '../../events/triggers.ts';
import type { Stage } from '../stages.ts';

/** The functions whose work grows with the basket: a flood of them must leave the account's concurrency to others. */
const PRICING: readonly FunctionPath[] = ['1-quote/post-quote', '1-quote/post-quote-refresh'];

/** The invocations that the stage keeps for the function, and that it takes at most; undefined for no reservation. */
export function reservedFor(id: FunctionPath, trigger: Trigger, { reserved }: Stage): number | undefined {
  if (PRICING.includes(id)) return reserved.quote;
  if (trigger.kind === 'stream' && trigger.watches === 'changes') return reserved.relay;
  return trigger.kind === 'http' && trigger.access.kind === 'signature' ? reserved.hook : undefined;
}

/** The invocations that the stage reserves for all of its functions together. */
export function reservedInAll(stage: Stage): number {
  return triggerList.reduce((all, [id, trigger]) => all + (reservedFor(id, trigger, stage) ?? 0), 0);
}
