import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The shortest text that can say why a rule does not hold somewhere. */
const SHORTEST_REASON = 40;

/**
 * Accepts one finding of a security rule at one construct, with the reason. It is the only door to a
 * suppression: throws an Error when the reason is too short to be one.
 */
export function acknowledge(construct: Construct, rule: `AwsSolutions-${string}`, reason: string): void {
  if (reason.trim().length < SHORTEST_REASON) {
    throw new Error(`${construct.node.path}: say why ${rule} may be broken here, not "${reason}"`);
  }
  Validations.of(construct).acknowledge({ id: rule, reason });
}
