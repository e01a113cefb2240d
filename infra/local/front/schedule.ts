import { z } from 'zod';
import { dayMs, hourMs, minuteMs, timeZoneSchema } from '../../../shared/kernel/time.ts';
import type { Resource } from '../cloud-parts.ts';
import { deliveryFields, readTarget, type Target } from './deliver.ts';
import { nameOf, ofType, readProperties } from './resource-reading.ts';

/** A schedule of EventBridge Scheduler, ready to run. */
export interface Schedule {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly group: string;
  readonly enabled: boolean;
  readonly target: Target;
  /**
   * The text that the target receives. When it is undefined, the target receives EventBridge Scheduler's own event.
   */
  readonly input?: string;
  /** The first time later than `after` at which the schedule is due. A rate is counted from `startedAt`. */
  next(after: Date, startedAt: Date): Date | undefined;
}

const time = z.union([z.string(), z.date()]).transform((text) => new Date(text));
const scheduleProperties = z.object({
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: timeZoneSchema.default('UTC'),
  StartDate: time.optional(),
  EndDate: time.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  // With a flexible window EventBridge may invoke at any time in the window. The local cloud invokes at its
  // beginning.
  FlexibleTimeWindow: z.strictObject({
    Mode: z.enum(['OFF', 'FLEXIBLE']),
    MaximumWindowInMinutes: z.number().optional(),
  }),
  Target: z.strictObject({ ...deliveryFields, Input: z.string().optional() }),
});

/**
 * Reads the schedules of the templates. Throws an Error that names the logical id of a schedule that the local cloud
 * does not understand.
 */
export function readSchedules(resources: readonly Resource[]): readonly Schedule[] {
  return ofType(resources, 'AWS::Scheduler::Schedule').map((resource) => {
    const properties = readProperties(resource, scheduleProperties);
    const { StartDate: from, EndDate: until, ScheduleExpression: expression } = properties;
    const target = readTarget(properties.Target, nameOf(resource), resources);
    const next = (after: Date, startedAt: Date): Date | undefined => {
      // The start time itself counts as a time of the schedule, when the expression includes it.
      const earliest = from !== undefined && from > after ? new Date(from.getTime() - 1) : after;
      const found = occurrence(expression, earliest, from ?? startedAt);
      return until === undefined || found <= until ? found : undefined;
    };
    try {
      next(new Date(0), new Date(0));
    } catch (error) {
      throw new Error(`${nameOf(resource)}: ${(error as Error).message}`);
    }
    return {
      logicalId: resource.logicalId,
      name: resource.ref,
      group: properties.GroupName,
      arn: resource.attributes.Arn ?? resource.ref,
      enabled: properties.State === 'ENABLED',
      target,
      next,
      ...(properties.Target.Input === undefined ? {} : { input: properties.Target.Input }),
    };
  });
}

/** The first time later than `after` at which the expression is due. A rate is counted from its anchor. */
function occurrence(expression: string, after: Date, anchor: Date): Date {
  const intervalMs = rateMs(expression);
  const passed = Math.floor((after.getTime() - anchor.getTime()) / intervalMs);
  return new Date(anchor.getTime() + Math.max(0, passed + 1) * intervalMs);
}

const unitMs: Readonly<Record<string, number>> = { minute: minuteMs, hour: hourMs, day: dayMs };

/** The interval of a `rate(…)` expression in milliseconds. Throws an Error for any other expression. */
function rateMs(expression: string): number {
  if (/^(cron|at)\(/.test(expression))
    throw new Error(`the local cloud does not run ${expression}: it runs schedules with a rate(…) only`);
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const interval = Number(count) * (unitMs[unit] ?? Number.NaN);
  if (!(interval > 0)) throw new Error(`${expression} is not a rate in minutes, hours or days`);
  return interval;
}
