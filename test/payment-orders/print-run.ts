import { textTable } from '../../infra/cli/terminal/text-table.ts';
import type { OrderResult } from './check-books.ts';
import type { RunResult } from './run-orders.ts';

/** Prints what came of the orders, by method. */
export function printRun(result: RunResult, print: (text: string) => void): void {
  print(tableOf(result));
  print(
    `${result.refusedCalls} forged or stale calls refused, ${result.failures.length} orders with a problem`,
  );
}

function tableOf({ results }: RunResult): string {
  const columns = [
    ...[{ title: 'provider' }, { title: 'method' }],
    ...['orders', 'paid', 'returned', 'unpaid', 'moved', 'disputed', 'failed later', 'for a person'].map(
      (title) => ({
        title,
        align: 'right' as const,
      }),
    ),
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
    ...[
      count((one) => one.isMoved),
      count((one) => one.isDisputed),
      count((one) => one.hasFailedCapture || one.hasFailedRefund),
      count((one) => one.isForPerson),
    ],
  ];
}
