import { Aws, Fn } from 'aws-cdk-lib';
import { stageWide } from '../../events/names.ts';
import type { Stage, StageName } from '../stages.ts';

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
