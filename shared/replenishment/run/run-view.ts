import * as z from 'zod';
import { defined } from '../../kernel/defined.ts';
import { calendarDateSchema, instantSchema } from '../../kernel/time.ts';
import { notPlannedReasons } from '../explain/sku-plan.ts';
import { addressOfRun, type ReplenishmentRun, runStates } from './replenishment-run.ts';
import { runProblemSchema } from './run-problem.ts';
import { stopAtSiteSchema } from './stop-at-site.ts';

const count = z.int().min(0);

/** A run as operators see it. */
export const runViewSchema = z
  .strictObject({
    day: calendarDateSchema,
    /** IANA: the day is one of this zone. */
    timeZone: z.string(),
    by: z.enum(['clock', 'operator']),
    state: z.enum(runStates),
    startedAt: instantSchema,
    endedAt: instantSchema.optional(),
    /** From the start to the end. */
    durationSeconds: z.number().min(0).optional(),
    /** `all` is known once the sales are read. */
    batches: z.strictObject({ done: count, all: count.optional() }),
    /** SKUs at sites. `all` = `proposed` + `enough` + the counts of `notPlanned`, of the batches that are done. */
    skuSites: z.strictObject({
      all: count,
      proposed: count,
      enough: count,
      /** Those of all that should not be bought any more; `stops` names the largest. */
      toStop: count,
      notPlanned: z.array(z.strictObject({ reason: z.enum(notPlannedReasons), count })),
    }),
    orders: z.strictObject({
      placed: count,
      /** Those of them that approved themselves. */
      approved: count,
      lines: count,
      /** Those of the lines that move stock between own warehouses. */
      linesMoved: count,
      /** Needs that another order covers since they were planned. */
      linesCovered: count,
      /** Needs that no order was placed for: a supplier's offer has changed since they were planned. */
      linesRefused: count,
      /** Needs that a limit has cut, in part or whole: the budget, a container, a dock, a storage. */
      linesCut: count,
      unitsCut: count,
    }),
    /** From `placing` on: what could not be planned as a whole; none if it is empty. The rest of the run went on. */
    problems: z.array(runProblemSchema),
    /** From `placing` on: what should not be bought any more, the most units first; at most 50. */
    stops: z.array(stopAtSiteSchema),
    href: z.string(),
  })
  .meta({ id: 'ReplenishmentRun' });

export type RunView = z.infer<typeof runViewSchema>;

const NONE_CUT = { lines: 0, units: 0 };

/** A run as it is answered. */
export function runView({
  counts,
  batches,
  problems = [],
  stops = [],
  cut = NONE_CUT,
  ...run
}: ReplenishmentRun): RunView {
  const { day, timeZone, by, state, startedAt, endedAt } = run;
  const of = (name: keyof typeof counts) => counts[name] ?? 0;
  const durationSeconds =
    endedAt === undefined ? undefined : (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000;
  return {
    ...{ day, timeZone, by, state, startedAt, ...defined({ endedAt, durationSeconds }) },
    batches: { done: of('batchesDone'), ...defined({ all: batches }) },
    skuSites: {
      ...{ all: of('skuSites'), proposed: of('proposed'), enough: of('enough') },
      toStop: of('toStop'),
      notPlanned: notPlannedReasons
        .map((reason) => ({ reason, count: of(`not-planned:${reason}`) }))
        .filter(({ count: found }) => found > 0),
    },
    orders: {
      ...{ placed: of('orders'), approved: of('ordersApproved'), lines: of('linesPlaced') },
      linesMoved: of('linesMoved'),
      ...{ linesCovered: of('linesCovered'), linesRefused: of('linesRefused') },
      ...{ linesCut: cut.lines, unitsCut: cut.units },
    },
    ...{ stops: [...stops], problems: [...problems] },
    href: addressOfRun(day),
  };
}
