import { writeFileSync } from 'node:fs';
import type { SkuExplained } from '../../../../shared/replenishment/explain/explain-sku.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import type { RunView } from '../../../../shared/replenishment/run/run-view.ts';
import { ordersOfRun } from '../client/list-orders.ts';
import { refusalOf, withScope } from '../client/needs-scope.ts';
import { type Following, followRun, loadRun } from './follow-run.ts';
import { orderLines } from './order-lines.ts';
import { planCsv } from './plan-csv.ts';
import type { PlanOptions } from './plan-options.ts';
import { isEmptyPlan, planText } from './plan-text.ts';
import type { OpenSwitch } from './switch-text.ts';

interface Around extends Following {
  readonly write: (text: string) => void;
}

/**
 * Starts or finds a run, follows it, and writes the plan. Gives whether it has planned something. Throws an Error whose
 * message can be shown to the user.
 */
export async function planRun(
  options: Pick<PlanOptions, 'day' | 'run' | 'watch' | 'format' | 'page'>,
  { write, ...around }: Around,
): Promise<boolean> {
  const scope = options.run === undefined ? 'replenishment:write' : 'replenishment:read';
  const client = withScope(around.client, scope);
  const found = await (options.run === undefined ? start(client, options.day) : shown(client, options.run));
  const isFollowed = options.run === undefined || options.watch;
  const run = isFollowed ? await followRun(found, { ...around, client }) : found;
  const orders = await ordersOfRun(client, run);
  if (options.format === 'csv') write(planCsv(orders));
  else {
    const switches = await openSwitches(client);
    const plan = { run, orders, switches };
    write(
      options.format === 'json' ? `${JSON.stringify(plan, undefined, 2)}\n` : planText(run, orders, switches),
    );
  }
  if (options.page !== undefined) {
    writeFileSync(options.page, await pageOf(client, run, orders));
    around.progress.say(`wrote ${options.page}`);
  }
  return run.state !== 'given-up' && !isEmptyPlan(run);
}

/** The cheaper ways to markets that are open now, whatever the day of the run. */
const openSwitches = async (client: Around['client']): Promise<readonly OpenSwitch[]> => {
  const path = '/v1/admin/replenishment/proposals?limit=1';
  return (await client.call<{ readonly switches: readonly OpenSwitch[] }>({ method: 'GET', path })).switches;
};

/** The products whose stock is drawn: those with the most valuable lines. */
const MAX_DRAWN = 12;

/** The library that draws is heavy, and only a page needs it. */
async function pageOf(
  client: Around['client'],
  run: RunView,
  orders: readonly ReplenishmentOrderView[],
): Promise<string> {
  const skus = [...new Set(orderLines(orders).map(({ line }) => line.sku))].slice(0, MAX_DRAWN);
  const explained: SkuExplained[] = [];
  for (const sku of skus) {
    const found = await client.call<SkuExplained>({
      ...{ method: 'GET', path: `/v1/admin/replenishment/skus/${encodeURIComponent(sku)}` },
    });
    // The plans of an earlier run are no longer answered when a newer one is there.
    if (found.day === run.day) explained.push(found);
  }
  return (await import('./plan-page.ts')).planPage({ run, orders, explained });
}

const start = async (client: Around['client'], day: string | undefined): Promise<RunView> => {
  try {
    return await client.call<RunView>({
      ...{ method: 'POST', path: '/v1/admin/replenishment/runs' },
      body: day === undefined ? {} : { day },
    });
  } catch (error) {
    if (refusalOf(error)?.status === 422)
      throw new Error(`${day} can't be planned: --day takes a day from three days ago to tomorrow`, {
        cause: error,
      });
    throw error;
  }
};

const shown = async (client: Around['client'], day: string): Promise<RunView> => {
  try {
    return await loadRun(client, day);
  } catch (error) {
    if (refusalOf(error)?.status === 404)
      throw new Error(`${day} has no run: start it with --day ${day}, or name another day`, { cause: error });
    throw error;
  }
};
