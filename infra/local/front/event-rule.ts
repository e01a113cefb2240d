import { z } from 'zod';
import type { Resource } from '../cloud-parts.ts';
import { deliveryFields, readTarget, type Target } from './deliver.ts';
import { compilePattern, type EventMatcher } from './event-pattern.ts';
import { nameOf, ofType, readProperties } from './resource-reading.ts';
import { compileTargetInput, type TargetContext, targetInputFields } from './target-input.ts';

/** A rule of an event bus, ready to run. */
export interface EventRule {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** The name of the bus that the rule listens to. */
  readonly bus: string;
  readonly enabled: boolean;
  readonly matches?: EventMatcher;
  /** A schedule expression. Its times are in UTC. */
  readonly schedule?: string;
  readonly targets: readonly RuleTarget[];
}

export interface RuleTarget {
  readonly target: Target;
  /** The text that the target receives for an event. */
  textFor(context: TargetContext): string;
}

const ruleProperties = z.object({
  EventBusName: z.string().default('default'),
  EventPattern: z.unknown().optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']).default('ENABLED'),
  Targets: z.array(z.strictObject({ Id: z.string(), ...deliveryFields, ...targetInputFields })).default([]),
});

/**
 * Reads the rules of the templates. `buses` gives the name of a bus for a name or an ARN.
 * Throws an Error that names the logical id of a rule that the local cloud does not understand.
 */
export function readEventRules(
  resources: readonly Resource[],
  buses: ReadonlyMap<string, string>,
): readonly EventRule[] {
  return ofType(resources, 'AWS::Events::Rule').map((resource) => {
    try {
      return readEventRule(resource, resources, buses);
    } catch (error) {
      const { message } = error as Error;
      throw new Error(message.startsWith(nameOf(resource)) ? message : `${nameOf(resource)}: ${message}`);
    }
  });
}

function readEventRule(
  resource: Resource,
  resources: readonly Resource[],
  buses: ReadonlyMap<string, string>,
): EventRule {
  const properties = readProperties(resource, ruleProperties);
  const { EventPattern: pattern, ScheduleExpression: schedule, EventBusName: busName } = properties;
  const bus = buses.get(busName);
  if (bus === undefined) throw new Error(`the event bus ${busName} is not in the templates`);
  if (pattern === undefined && schedule === undefined)
    throw new Error('the rule has neither a pattern nor a schedule');
  if (schedule !== undefined && bus !== 'default')
    throw new Error('only rules of the default bus may have a schedule');
  return {
    logicalId: resource.logicalId,
    name: resource.ref,
    arn: resource.attributes.Arn ?? resource.ref,
    bus,
    enabled: properties.State !== 'DISABLED',
    targets: properties.Targets.map((target) => ({
      target: readTarget(target, nameOf(resource), resources),
      textFor: compileTargetInput(target),
    })),
    ...(pattern === undefined ? {} : { matches: compilePattern(pattern) }),
    ...(schedule === undefined ? {} : { schedule }),
  };
}
