import * as z from 'zod';
import { calendarDateSchema, instantSchema } from '../../kernel/time.ts';
import { notPlannedReasons } from '../explain/sku-plan.ts';
import { runProblemSchema } from './run-problem.ts';
import { stopAtSiteSchema } from './stop-at-site.ts';

export const runStates = ['asked', 'planning', 'limiting', 'placing', 'done', 'given-up'] as const;

/** What a run counts, in the order in which it happens. */
const runCounts = [
  'batchesDone',
  'skuSites',
  'proposed',
  'enough',
  'toStop',
  ...notPlannedReasons.map((reason) => `not-planned:${reason}` as const),
  'chunksPlaced',
  'linesPlaced',
  'linesMoved',
  'linesCovered',
  'linesRefused',
  'orders',
  'ordersApproved',
] as const;

export type RunCount = (typeof runCounts)[number];
export type RunCounts = Readonly<Record<RunCount, number>>;

export const noCounts = Object.fromEntries(runCounts.map((name) => [name, 0])) as RunCounts;

/** The run of one day. Its day is its name. */
export const replenishmentRunSchema = z.strictObject({
  /** The day of the plan, in `timeZone`: sales of the days before it are read. */
  day: calendarDateSchema,
  timeZone: z.string(),
  by: z.enum(['clock', 'operator']),
  /**
   * `asked`: the sales are not read yet. `planning`: batches are planned. `limiting`: budget and capacities are
   * applied. `placing`: orders are placed.
   */
  state: z.enum(runStates),
  startedAt: instantSchema,
  endedAt: instantSchema.optional(),
  /** From `planning` on: where its files are in the bucket. */
  folder: z.string().optional(),
  /** From `planning` on. */
  batches: z.int().min(0).optional(),
  /** From `placing` on: the number of steps in which proposals are placed. */
  chunks: z.int().min(0).optional(),
  /** From `placing` on: the file of the needs that are placed. */
  needsKey: z.string().optional(),
  /** From `placing` on: what the limits took from the needs. */
  cut: z.strictObject({ lines: z.int().min(0), units: z.int().min(0) }).optional(),
  /** From `placing` on: products that should not be bought any more, those with the most units. */
  stops: z.array(stopAtSiteSchema).optional(),
  /** From `placing` on: what could not be planned as a whole. */
  problems: z.array(runProblemSchema).optional(),
  counts: z.record(z.enum(runCounts), z.int()),
});

export type ReplenishmentRun = z.infer<typeof replenishmentRunSchema>;

/** The id of the run under which its orders are placed. */
export const runIdOf = ({ day }: Pick<ReplenishmentRun, 'day'>): string => `daily-${day}`;

/** Whether nothing more comes of it. */
export const isOver = ({ state }: Pick<ReplenishmentRun, 'state'>): boolean =>
  state === 'done' || state === 'given-up';

/** The address of a run. */
export const addressOfRun = (day: string): string => `/v1/admin/replenishment/runs/${day}`;
