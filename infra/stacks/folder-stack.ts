import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { addFunctions } from './add-functions.ts';
import type { JourneyStack } from './journey-stack.ts';
import { type OwnStack, ownStackOf } from './own-stacks.ts';

export interface FolderStackProps extends StackProps {
  readonly journey: JourneyStack;
}

/**
 * The functions of the folders that the table of stacks gives this one, on the API of the journey. It is deployed after
 * the journey's stack: that gives up a route or a function before this one creates it under the same name.
 */
export class FolderStack extends Stack {
  constructor(scope: Construct, id: OwnStack, { journey, ...props }: FolderStackProps) {
    super(scope, id, props);
    const own = journey.shared.everyTrigger.filter((entry) => ownStackOf(entry) === id);
    addFunctions(this, own, journey.shared);
    this.addStackDependency(journey);
  }
}
