import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { type Column, textTable } from '../../infra/cli/terminal/text-table.ts';
import { money } from '../../shared/kernel/money.ts';
import { guaranteedService } from '../../shared/replenishment/network/guaranteed-service.ts';
import { steadyDemand } from '../../shared/replenishment/policy/demand-over-days.ts';
import { economicOrderQuantity } from '../../shared/replenishment/policy/order-quantity.ts';
import { bestReorderPolicy } from '../../shared/replenishment/policy/r-q-exact.ts';
import { safetyStock } from '../../shared/replenishment/policy/safety-stock.ts';
import { stagesOfSku } from '../../shared/replenishment/run/hubs/stages-of-sku.ts';
import { installPython, programsOf } from '../other-clouds/python-environment.ts';

const FOLDER = join('node_modules', '.cache', 'stockpyl');
const folder = new URL('.', import.meta.url).pathname;

const optionalDays = z
  .int()
  .nullable()
  .transform((days) => days ?? undefined);
const figuresSchema = z.object({
  trees: z.array(
    z.object({
      name: z.string(),
      stages: z.array(
        z.object({
          stageId: z.string(),
          processingDays: z.int(),
          holdingCost: z.number(),
          externalServiceDays: optionalDays,
          maxServiceDays: optionalDays,
          demandDeviation: z
            .number()
            .nullable()
            .transform((deviation) => deviation ?? undefined),
        }),
      ),
      arcs: z.array(z.object({ from: z.string(), to: z.string() })),
      factor: z.number(),
      cost: z.number(),
    }),
  ),
  hubs: z.array(
    z.object({
      name: z.string(),
      leadTime: z.int(),
      review: z.int(),
      hubValue: z.int(),
      ownDeviation: z.number().nullable(),
      sites: z.array(z.object({ days: z.int(), value: z.int(), deviation: z.number() })),
      factor: z.number(),
      serviceDays: z.int(),
      cost: z.number(),
    }),
  ),
  reorder: z.array(
    z.object({
      costs: z.object({
        holding: z.number(),
        backorder: z.number(),
        order: z.number(),
        demandPerTime: z.number(),
        leadTime: z.number(),
      }),
      reorderAt: z.int(),
      quantity: z.int(),
      cost: z.number(),
    }),
  ),
  baseStock: z.array(
    z.object({
      serviceLevel: z.number(),
      mean: z.number(),
      deviation: z.number(),
      leadTime: z.number(),
      level: z.number(),
    }),
  ),
  economic: z.array(
    z.object({ order: z.number(), holding: z.number(), demand: z.number(), quantity: z.number() }),
  ),
});

interface Compared {
  readonly what: string;
  readonly ours: number;
  readonly theirs: number;
}

/**
 * Compares our safety stocks, order quantities, (r, Q) policies and guaranteed-service costs with those of stockpyl,
 * the library of Snyder and Shen's "Fundamentals of Supply Chain Theory", and gives whether all are equal to a
 * millionth. Says so where Python or the library cannot be installed, and gives true then.
 */
export async function checkPolicies(): Promise<boolean> {
  const missing = await installPython({
    requirements: join(folder, 'requirements.txt'),
    folder: FOLDER,
    what: 'stockpyl',
  });
  if (missing !== undefined) {
    console.log(`SKIPPED: the policies were not compared with stockpyl. ${missing}`);
    return true;
  }
  const script = join(folder, 'textbook_figures.py');
  const { stdout } = await promisify(execFile)(join(programsOf(FOLDER), 'python'), [script]);
  const compared = comparisons(figuresSchema.parse(JSON.parse(stdout)));
  const columns: Column[] = [
    { title: 'instance', align: 'left' },
    { title: 'ours', align: 'right' },
    { title: 'stockpyl', align: 'right' },
    { title: 'equal', align: 'left' },
  ];
  const rows = compared.map((each) => [
    each.what,
    each.ours.toFixed(6),
    each.theirs.toFixed(6),
    isEqual(each) ? 'yes' : 'NO',
  ]);
  console.log(textTable(columns, rows));
  return compared.every(isEqual);
}

const isEqual = ({ ours, theirs }: Compared) =>
  Math.abs(ours - theirs) <= 1e-6 * Math.max(1, Math.abs(theirs));

type Hub = z.infer<typeof figuresSchema>['hubs'][number];

/** What the daily run does with a hub: its promise, and what all safety stocks cost to hold. */
function hubOfRun({ leadTime, review, hubValue, ownDeviation, sites }: Hub) {
  const demand = (standardDeviation: number) => steadyDemand({ mean: 40, standardDeviation });
  const stages = stagesOfSku({
    own: new Map([
      ...(ownDeviation === null ? [] : [['hub', demand(ownDeviation)] as const]),
      ...sites.map(({ deviation }, at) => [`site-${at}`, demand(deviation)] as const),
    ]),
    lanes: sites.map(({ days, value }, at) => ({
      ...{ from: 'hub', to: `site-${at}`, fromCountry: 'PL', toCountry: 'DE', days },
      ...{ unitCost: money(value - hubValue, 'EUR'), moveCost: money(0, 'EUR') },
    })),
    ...{ serviceLevel: 0.95, reviewDays: review, unitValue: money(hubValue, 'EUR') },
    leadTimeTo: () => ({ meanDays: leadTime, varianceDays: 0 }),
  });
  return {
    serviceDays: stages.get('hub')?.serviceDays ?? Number.NaN,
    cost: [...stages.values()].reduce((sum, each) => sum + each.safetyStock * each.unitValue.amountMinor, 0),
  };
}

function comparisons({
  trees,
  hubs,
  reorder,
  baseStock,
  economic,
}: z.infer<typeof figuresSchema>): Compared[] {
  return [
    ...trees.map(({ name, stages, arcs, factor, cost }) => {
      const solved = guaranteedService(stages, arcs, factor);
      const ours = solved.ok ? solved.value.cost : Number.NaN;
      return { what: `guaranteed service, ${name}`, ours, theirs: cost };
    }),
    ...hubs.flatMap((hub) => {
      const ours = hubOfRun(hub);
      const what = `hub of the run, ${hub.name}`;
      return [
        { what: `${what}: promised days`, ours: ours.serviceDays, theirs: hub.serviceDays },
        { what: `${what}: cost`, ours: ours.cost, theirs: hub.cost },
      ];
    }),
    ...reorder.flatMap(({ costs, reorderAt, quantity, cost }) => {
      const ours = bestReorderPolicy(costs);
      const what = `(r, Q), demand ${costs.demandPerTime}, lead time ${costs.leadTime}`;
      return [
        { what: `${what}: r`, ours: ours.reorderAt, theirs: reorderAt },
        { what: `${what}: Q`, ours: ours.quantity, theirs: quantity },
        { what: `${what}: cost`, ours: ours.cost, theirs: cost },
      ];
    }),
    ...baseStock.map(({ serviceLevel, mean, deviation, leadTime, level }) => {
      const risk = { leadTime: { meanDays: leadTime, varianceDays: 0 }, reviewDays: 1, serviceLevel };
      const { demand, units } = safetyStock(steadyDemand({ mean, standardDeviation: deviation }), risk);
      return { what: `base stock, lead time ${leadTime}`, ours: demand.mean + units, theirs: level };
    }),
    ...economic.map(({ order, holding, demand, quantity }) => ({
      what: `economic order quantity, demand ${demand}`,
      ours: economicOrderQuantity(
        { demandPerDay: demand / 365, orderCost: money(order * 1000, 'EUR'), holdingRatePerYear: holding },
        money(1000, 'EUR'),
      ),
      theirs: quantity,
    })),
  ];
}
