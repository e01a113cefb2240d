import { Aws, Fn } from 'aws-cdk-lib';
import type { FunctionPath } from '../../events/triggers.ts';
import type { Stage, StageName } from '../stages.ts';

/**
 * The name of a function in logical ids and metrics: `3-payment/on-screening-released` gives
 * `PaymentOnScreeningReleased`. The number of the stage is left out, so that a new numbering of the stages changes no
 * deployed name.
 */
export function plainName(id: FunctionPath): string {
  const words = id.replace(/^\d+-/, '').split(/[-/]/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The folder of the journey that a function belongs to, without its number: `payment`. */
export function folderOf(id: FunctionPath): string {
  return id.replace(/^\d+-/, '').split('/')[0] ?? id;
}

/** The name of a resource that exists once for each stage. */
export function stageWide(stage: StageName, ...parts: readonly string[]): string {
  return ['entrepot', stage, ...parts].join('-');
}

/** The name of a function, and of its queue if it has one. */
export function functionName(stage: StageName, id: FunctionPath): string {
  return stageWide(stage, plainName(id));
}

/** What a parking queue keeps: messages that a function could not handle, or what never reached a queue. */
export type Parked = 'failed' | 'undelivered';

/** The name of a parking queue. */
export function parkingName(stage: StageName, parked: Parked): string {
  return stageWide(stage, 'parked', parked);
}

/**
 * The name of something that outlives its stack. A stage that keeps its data gets a part of the stack's id at the end,
 * so a stack that is created again finds its names free. Other stages keep nothing, and their names are short.
 */
export function keptName({ keepsData }: Pick<Stage, 'keepsData'>, name: string): string {
  if (!keepsData) return name;
  // arn:aws:cloudformation:region:account:stack/name/1a2b3c4d-...
  const idOfStack = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return `${name}-${Fn.select(0, Fn.split('-', idOfStack))}`;
}
