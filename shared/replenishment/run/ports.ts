import type { CalendarDate } from '../../kernel/time.ts';
import type { ReplenishmentRun, RunCount } from './replenishment-run.ts';
import type { RunProblem } from './run-problem.ts';
import type { StopAtSite } from './stop-at-site.ts';

/** A step of a run that waits for its function. */
export type RunStep =
  | { readonly step: 'history'; readonly day: CalendarDate }
  | { readonly step: 'batch'; readonly day: CalendarDate; readonly folder: string; readonly batch: number }
  | { readonly step: 'placing'; readonly day: CalendarDate };

/** How many of each a step found. */
export type Counted = Readonly<Partial<Record<RunCount, number>>>;

/** A batch that was planned, with the keys of what it wrote. */
export interface PlannedBatch {
  readonly batch: number;
  /** The plans of its SKUs and sites. */
  readonly plansKey: string;
  /** What is to be ordered of them. */
  readonly proposalsKey: string;
  readonly counted: Counted;
  /** By which ways its SKUs come to their markets; absent where none were compared. */
  readonly channelsKey?: string;
  /** Products that should not be bought any more, those with the most units. */
  readonly stops?: readonly StopAtSite[];
  /** What could not be planned as a whole; none if absent. */
  readonly problems?: readonly RunProblem[];
}

/** Runs, and the batches of each that are planned. */
export interface ReplenishmentRunStore {
  /** False if the day has a run already. */
  ask(run: ReplenishmentRun): Promise<boolean>;
  load(day: CalendarDate): Promise<ReplenishmentRun | undefined>;
  /** The newest day first, at most this number, before this day. */
  list(max: number, before?: CalendarDate): Promise<readonly ReplenishmentRun[]>;
  /**
   * Goes on to another state, if the run is in the state `from` still. False: another step has done so, or the run is
   * gone.
   */
  move(
    day: CalendarDate,
    from: ReplenishmentRun['state'],
    to: Pick<ReplenishmentRun, 'state'> &
      Partial<
        Pick<
          ReplenishmentRun,
          'folder' | 'batches' | 'chunks' | 'endedAt' | 'needsKey' | 'cut' | 'stops' | 'problems'
        >
      >,
  ): Promise<boolean>;
  /** Stores once that a batch is planned, with its counts. False: it is planned, or the run has gone on. */
  batchDone(
    run: Pick<ReplenishmentRun, 'day'> & { readonly folder: string },
    batch: PlannedBatch,
  ): Promise<boolean>;
  batch(folder: string, batch: number): Promise<PlannedBatch | undefined>;
  /** The batches that are planned, in their order. */
  batches(folder: string): Promise<readonly PlannedBatch[]>;
  /** Stores once that a chunk is placed, with its counts. False: it is placed. */
  chunkPlaced(day: CalendarDate, chunk: number, counted: Counted): Promise<boolean>;
}

/** The files of runs: lines of JSON, compressed. The same key always has the same content. */
export interface RunFiles {
  write(key: string, lines: readonly unknown[]): Promise<void>;
  /** Throws if there is none: a file is written before its key is stored. */
  read(key: string): Promise<readonly unknown[]>;
}

/** Hands steps to their functions. Gives those that were not taken. */
export interface RunQueue {
  send(steps: readonly RunStep[]): Promise<readonly RunStep[]>;
}

export interface RunDeps {
  readonly runs: ReplenishmentRunStore;
  readonly queue: RunQueue;
  readonly clock: () => Date;
}

/** Hands over steps; throws if one is not taken, so that the message comes again. */
export async function sendAll(queue: RunQueue, steps: readonly RunStep[]): Promise<void> {
  const left = await queue.send(steps);
  if (left.length > 0) throw new Error(`${left.length} of ${steps.length} steps of a run were not taken`);
}
