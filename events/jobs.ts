import type { ScheduleTrigger } from './trigger.ts';

/**
 * THE REGISTRY of scheduled jobs: one entry to add is here, the code of the job is `functions/<id>.ts`. Its schedule,
 * role, queue of failed runs, alarms, dashboard and row of `docs/functions.md` come from the entry.
 */
// biome-ignore format: one entry a job, read like a table
export const jobs = {
  'operations/every-minute-sweep-due-work': every('1 minute', {
    does: 'finds orders whose next step is late, repeats the step, and reports orders that stay late; removes expired slot holds',
    impact: 'Late orders are not repeated and not reported.',
    table: ['get', 'query', 'query-due', 'put', 'update'], publishes: true, timeoutSeconds: 50,
    alarms: [{
      code: 'OVERDUE', name: 'OverdueOrders', runbook: 'overdue-orders',
      impact: 'Orders are late although their step was repeated: shoppers wait.',
    }],
  }),
  'stock/every-5-minutes-rebalance-stock': every('5 minutes', {
    does: 'gives a SKU more buckets while many buyers want it, removes them later, distributes units evenly',
    impact: 'A SKU that many buyers want at the same time sells more slowly.',
    table: ['get', 'query', 'update'], timeoutSeconds: 90,
  }),
} as const satisfies Record<string, ScheduleTrigger>;

type Rate = '1 minute' | '1 hour' | '1 day' | `${number} ${'minutes' | 'hours' | 'days'}`;

/** A job that runs repeatedly, the first time when it is deployed. */
export function every(
  rate: Rate,
  job: Omit<ScheduleTrigger, 'kind' | 'expression' | 'timeZone'>,
): ScheduleTrigger {
  return { ...job, kind: 'schedule', expression: `rate(${rate})`, timeZone: 'UTC' };
}
