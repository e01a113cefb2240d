import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The fewest characters that a reason must have. */
const SHORTEST_REASON = 40;

/**
 * Accepts one finding of a security rule at one construct, with the reason. Only this function may suppress a
 * finding. Throws an Error when the reason is too short.
 */
export function acknowledge(construct: Construct, rule: `AwsSolutions-${string}`, reason: string): void {
  if (reason.trim().length < SHORTEST_REASON) {
    throw new Error(`${construct.node.path}: "${reason}" does not say why ${rule} may be broken here`);
  }
  Validations.of(construct).acknowledge({ id: rule, reason });
}
