import { writeFileSync } from 'node:fs';
import type { SkuExplained } from '../../../../shared/replenishment/explain/explain-sku.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import type { FoundKind, FoundSku } from '../../../../shared/replenishment/run/list-found.ts';
import type { RunView } from '../../../../shared/replenishment/run/run-view.ts';
import { listFound } from '../client/list-found.ts';
import { ordersOfRun } from '../client/list-orders.ts';
import { refusalOf, withScope } from '../client/needs-scope.ts';
import { type Following, followRun, loadRun } from './follow-run.ts';
import { notPlannedCsv } from './not-planned-csv.ts';
import { ofKind, orderLines } from './order-lines.ts';
import { planCsv } from './plan-csv.ts';
import type { PlanOptions } from './plan-options.ts';
import { isEmptyPlan, planText } from './plan-text.ts';

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
  write(await writtenAs(options.format, { client, run, orders }));
  if (options.page !== undefined) {
    writeFileSync(options.page, await pageOf({ client, run, orders }));
    around.progress.say(`wrote ${options.page}`);
  }
  return run.state !== 'given-up' && !isEmptyPlan(run);
}

interface Planned {
  readonly client: Around['client'];
  readonly run: RunView;
  readonly orders: readonly ReplenishmentOrderView[];
}

async function writtenAs(format: PlanOptions['format'], { client, run, orders }: Planned): Promise<string> {
  if (format === 'table') return planText(run, orders);
  if (format === 'csv') return planCsv(orders);
  const notPlanned = await foundBy(client, run.day, 'not-planned');
  if (format === 'not-planned') return notPlannedCsv(notPlanned);
  return `${JSON.stringify({ run, orders, notPlanned }, undefined, 2)}\n`;
}

/** The products whose stock is drawn: those with the most valuable lines. As many moves have their reason. */
const MAX_DRAWN = 12;
/** The rows of a list on the page; the commands have all. */
const MAX_LISTED = 300;

/** The library that draws is heavy, and only a page needs it. */
async function pageOf({ client, run, orders }: Planned): Promise<string> {
  const explained: SkuExplained[] = [];
  for (const sku of skusToDraw(orders)) {
    const found = await client.call<SkuExplained>({
      ...{ method: 'GET', path: `/v1/admin/replenishment/skus/${encodeURIComponent(sku)}` },
    });
    // The plans of an earlier run are no longer answered when a newer one is there.
    if (found.day === run.day) explained.push(found);
  }
  const notPlanned = await foundBy(client, run.day, 'not-planned', MAX_LISTED);
  const cut = run.orders.linesCut === 0 ? [] : await foundBy(client, run.day, 'cut', MAX_LISTED);
  return (await import('./plan-page.ts')).planPage({ run, orders, explained, notPlanned, cut });
}

function skusToDraw(orders: readonly ReplenishmentOrderView[]): Set<string> {
  const first = (lines: readonly { readonly line: { readonly sku: string } }[]) =>
    [...new Set(lines.map(({ line }) => line.sku))].slice(0, MAX_DRAWN);
  const moved = orderLines(ofKind(orders, 'transfer'));
  return new Set([
    ...first(orderLines(ofKind(orders, 'purchase'))),
    ...first(moved.toSorted((a, b) => b.line.ordered - a.line.ordered)),
  ]);
}

/** The first products of a list, or all of them. */
async function foundBy(
  client: Around['client'],
  day: string,
  kind: FoundKind,
  most = Number.POSITIVE_INFINITY,
): Promise<FoundSku[]> {
  const found: FoundSku[] = [];
  for await (const each of listFound(client, day, kind)) {
    found.push(each);
    if (found.length >= most) break;
  }
  return found;
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
      throw new Error(
        `${day} has no run: name another day, or plan one with --day, from three days ago to tomorrow`,
        { cause: error },
      );
    throw error;
  }
};
