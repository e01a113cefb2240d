import { RemovalPolicy } from 'aws-cdk-lib';
import type { Stage } from '../stages.ts';

/**
 * What happens to a resource with data when its stack is deleted. Where a stage keeps its data, the resource stays. It
 * is removed only if the deployment that created it fails: a resource that stays has a fixed name, and the next
 * deployment could not create it.
 */
export function removalOf({ keepsData }: Pick<Stage, 'keepsData'>): RemovalPolicy {
  return keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}
