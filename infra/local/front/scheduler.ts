import { randomUUID } from 'node:crypto';
import type { Parts } from '../cloud-parts.ts';
import { type Clock, systemClock } from './clock.ts';
import { createDeliver } from './deliver.ts';
import { placeOf } from './resource-reading.ts';
import { readSchedules, type Schedule } from './schedule.ts';

/** A running scheduler. */
export interface Scheduler {
  /**
   * Runs the schedule with this name or logical id now and once, even if it is disabled. Resolves
   * when the target has received the event or the delivery was given up. Throws an Error when no such schedule
   * exists.
   */
  runNow(name: string): Promise<void>;
  /** All schedules with their next time, soonest first. A disabled or finished schedule has no time. */
  plan(): readonly { readonly name: string; readonly next?: Date }[];
  stop(): Promise<void>;
}

interface Job {
  readonly names: readonly string[];
  readonly group: string;
  readonly enabled: boolean;
  next(after: Date): Date | undefined;
  run(scheduledAt: Date): Promise<void>;
}

/**
 * Starts the schedules of the templates (`AWS::Scheduler::Schedule`). A rate is counted from the start. Times that
 * passed while the machine slept are skipped. Throws an Error that names the logical id of a schedule that the local
 * cloud does not understand.
 */
export function startScheduler(parts: Parts, clock: Clock = systemClock): Scheduler {
  const startedAt = clock.now();
  const stopping = new AbortController();
  const jobs = scheduleJobs(parts, clock, startedAt);
  const loops = jobs.filter(({ enabled }) => enabled).map(runLoop);

  async function runLoop(job: Job): Promise<void> {
    let due = job.next(startedAt);
    while (due !== undefined) {
      await clock.sleep(due.getTime() - clock.now().getTime(), stopping.signal);
      if (stopping.signal.aborted) return;
      void run(job, due);
      due = job.next(new Date(Math.max(due.getTime(), clock.now().getTime())));
    }
  }

  async function run(job: Job, scheduledAt: Date): Promise<void> {
    parts.meter('scheduler.invocations', 1);
    const dimensions = { ScheduleGroup: job.group };
    parts.tally({ namespace: 'AWS/Scheduler', name: 'InvocationAttemptCount', dimensions }, 1);
    parts.log({ level: 'debug', source: 'scheduler', message: `runs ${job.names[0]}` });
    await job.run(scheduledAt);
  }

  return {
    runNow: async (name) => {
      const job = jobs.find(({ names }) => names.includes(name));
      if (job === undefined) throw new Error(`there is no schedule ${name}`);
      await run(job, clock.now());
    },
    plan: () => {
      const planned = jobs.map((job) => {
        const next = job.enabled ? job.next(clock.now()) : undefined;
        return { name: job.names[0] ?? '', ...(next === undefined ? {} : { next }) };
      });
      const timeOf = ({ next }: { next?: Date }): number => next?.getTime() ?? Number.POSITIVE_INFINITY;
      return planned.sort(
        (left, right) => timeOf(left) - timeOf(right) || left.name.localeCompare(right.name),
      );
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

function scheduleJobs(parts: Parts, clock: Clock, startedAt: Date): Job[] {
  const deliver = createDeliver(parts, clock);
  const place = placeOf(parts.resources);
  return readSchedules(parts.resources).map((schedule) => ({
    names: [schedule.name, schedule.logicalId],
    group: schedule.group,
    enabled: schedule.enabled,
    next: (after) => schedule.next(after, startedAt),
    run: (scheduledAt) => deliver(schedule.target, inputOf(schedule, scheduledAt, place)),
  }));
}

/**
 * The text that the target of a schedule receives (EventBridge Scheduler user guide, "Adding context attributes").
 */
function inputOf(schedule: Schedule, scheduledAt: Date, place: { account: string; region: string }): string {
  const scheduledTime = scheduledAt.toISOString().replace(/\.\d+Z$/, 'Z');
  const id = randomUUID();
  if (schedule.input !== undefined) {
    return schedule.input
      .replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
      .replaceAll('<aws.scheduler.scheduled-time>', scheduledTime)
      .replaceAll('<aws.scheduler.execution-id>', id)
      .replaceAll('<aws.scheduler.attempt-number>', '1');
  }
  return JSON.stringify({
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: place.account,
    time: scheduledTime,
    region: place.region,
    resources: [schedule.arn],
    detail: '{}',
  });
}
