import type { ReplenishmentSettings } from '../../catalogue/index.ts';
import {
  type CalendarDate,
  dayAfter,
  dayMs,
  hourMs,
  type Instant,
  later,
  minuteMs,
} from '../../kernel/time.ts';
import { calendarDateIn, timeOfDayIn } from '../../kernel/zoned-time.ts';
import type { RunDeps, RunStep } from './ports.ts';
import { isOver, noCounts, type ReplenishmentRun } from './replenishment-run.ts';

/** What the seller's settings say of runs. */
interface RunChoice {
  /** IANA. */
  readonly timeZone: string;
  readonly settings: ReplenishmentSettings;
  /** Whether a run is made every day. */
  readonly isDaily: boolean;
}

export interface AskRunDeps extends RunDeps {
  readonly choice: () => Promise<RunChoice>;
}

/** A run that is not over for this long is late: a person should hear of it. */
const LATE_MS = 4 * hourMs;
/** A run that has been at work for less time is left alone. */
const RESUMED_MS = 30 * minuteMs;
/** After this time a run is given up: what is needed has changed, and a newer run orders it. */
const GIVEN_UP_MS = 3 * dayMs;
/** The runs that are looked at. */
const LOOKED_AT = 10;

/** A day that can't be planned. */
export type NoSuchRun = 'in-the-future' | 'too-long-ago';

/**
 * Asks for the run of a day, once: a repeat gives the run that is there. The last day is tomorrow, which reads the
 * sales of today up to now.
 */
export async function askForRun(
  deps: AskRunDeps,
  by: ReplenishmentRun['by'],
  asked?: CalendarDate,
): Promise<{ readonly run: ReplenishmentRun; readonly isNew: boolean } | NoSuchRun> {
  const { timeZone } = await deps.choice();
  const startedAt = deps.clock().toISOString();
  const today = calendarDateIn(timeZone, startedAt);
  const day = asked ?? today;
  if (day > dayAfter(today, 1)) return 'in-the-future';
  if (day < dayAfter(today, -GIVEN_UP_MS / dayMs)) return 'too-long-ago';
  const run: ReplenishmentRun = { day, timeZone, by, state: 'asked', startedAt, counts: { ...noCounts } };
  const isNew = await deps.runs.ask(run);
  // A message that is lost here is sent again by the job.
  if (isNew) await deps.queue.send([{ step: 'history', day }]);
  return { run: (await deps.runs.load(day)) ?? run, isNew };
}

/** What the hourly job did. */
export interface Resumed {
  readonly started: boolean;
  /** Steps that were sent again. */
  readonly sentAgain: number;
  /** The days of runs that are not over after hours. */
  readonly late: readonly CalendarDate[];
}

/** Starts the run of the day once its time has come, and takes up runs that have stopped. */
export async function startAndResume(deps: AskRunDeps): Promise<Resumed> {
  const { timeZone, settings, isDaily } = await deps.choice();
  const now = deps.clock().toISOString();
  const runs = await deps.runs.list(LOOKED_AT);
  const open = runs.filter((run) => !isOver(run));
  let sentAgain = 0;
  for (const run of open) sentAgain += await resume(deps, run, now);
  const today = calendarDateIn(timeZone, now);
  const isDue = isDaily && timeOfDayIn(timeZone, now) >= settings.dailyAt;
  const asked =
    isDue && !runs.some(({ day }) => day === today) ? await askForRun(deps, 'clock', today) : undefined;
  return {
    started: typeof asked === 'object' && asked.isNew,
    sentAgain,
    late: open.filter(({ startedAt }) => later(startedAt, LATE_MS) <= now).map(({ day }) => day),
  };
}

async function resume(deps: RunDeps, run: ReplenishmentRun, now: Instant): Promise<number> {
  if (later(run.startedAt, RESUMED_MS) > now) return 0;
  if (later(run.startedAt, GIVEN_UP_MS) <= now) {
    await deps.runs.move(run.day, run.state, { state: 'given-up', endedAt: now });
    return 0;
  }
  const steps = await missingSteps(deps, run);
  const left = await deps.queue.send(steps);
  return steps.length - left.length;
}

/** The steps that a run still needs. A step that is at work meanwhile is done twice, which changes nothing. */
async function missingSteps(
  { runs }: Pick<RunDeps, 'runs'>,
  { day, state, folder, batches = 0 }: ReplenishmentRun,
): Promise<RunStep[]> {
  if (state === 'asked' || folder === undefined) return [{ step: 'history', day }];
  if (state === 'limiting' || state === 'placing') return [{ step: 'placing', day }];
  const done = new Set((await runs.batches(folder)).map(({ batch }) => batch));
  // The last batch was planned, and nobody went on: its message comes again, and goes on.
  if (done.size === batches) return [{ step: 'batch', day, folder, batch: Math.max(0, batches - 1) }];
  return Array.from({ length: batches }, (_, batch) => batch)
    .filter((batch) => !done.has(batch))
    .map((batch) => ({ step: 'batch', day, folder, batch }));
}
