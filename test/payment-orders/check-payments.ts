import { textTable } from '../../infra/cli/terminal/text-table.ts';
import type { OrderResult } from './check-books.ts';
import { type RunOptions, type RunResult, runOrders } from './run-orders.ts';

/** How many orders there are between two lines of progress. */
const PROGRESS = 100;
/** The failures that are printed in full. */
const SHOWN = 5;

/** `entrepot check:payments`: runs the orders and prints a table by method. Returns whether all books agree. */
export async function checkPayments(
  options: Pick<RunOptions, 'orders' | 'seed' | 'from'>,
  say: (line: string) => void,
): Promise<boolean> {
  const startedMs = performance.now();
  const result = await runOrders({
    ...options,
    onOrder: (done) => {
      if (done % PROGRESS === 0) say(`${done} of ${options.orders} orders`);
    },
  });
  for (const { place, problems, log, facts } of result.failures.slice(0, SHOWN)) {
    say(`order ${place}, alone by --seed ${options.seed} --from ${place} --orders 1:`);
    for (const problem of problems) say(`  ${problem}`);
    say(`  what happened: ${log.map((one) => one.trim()).join(', ')}`);
    say(`  facts: ${facts.join(', ')}`);
  }
  say(tableOf(result));
  for (const code of result.leftOut)
    say(`${code} is left out: its fixtures do not show the books of its sandbox`);
  say(
    `${options.orders} orders in ${Math.round((performance.now() - startedMs) / 1_000)} s, ` +
      `${result.refusedCalls} forged or stale calls refused, ${result.failures.length} orders with a problem`,
  );
  return result.failures.length === 0;
}

function tableOf({ results }: RunResult): string {
  const columns = [
    ...[{ title: 'provider' }, { title: 'method' }],
    ...['orders', 'paid', 'returned', 'unpaid', 'moved', 'disputed', 'for a person'].map((title) => ({
      title,
      align: 'right' as const,
    })),
  ];
  const groups = [...Map.groupBy(results, ({ provider, method }) => `${provider} ${method}`)].sort(
    ([a], [b]) => a.localeCompare(b),
  );
  const rows = groups.map(([name, own]) => [...name.split(' '), ...countsOf(own)]);
  return textTable(columns, [...rows, ['all', '', ...countsOf(results)]]);
}

function countsOf(results: readonly OrderResult[]): string[] {
  const count = (isMeant: (one: OrderResult) => boolean) => String(results.filter(isMeant).length);
  return [
    String(results.length),
    ...(['paid', 'returned', 'unpaid'] as const).map((outcome) => count((one) => one.outcome === outcome)),
    ...[count((one) => one.isMoved), count((one) => one.isDisputed), count((one) => one.isForPerson)],
  ];
}
