import { textTable } from '../../infra/cli/terminal/text-table.ts';
import type { Counts } from '../../shared/usage/bill.ts';
import { bill } from '../../shared/usage/bill.ts';

/** The orders of a day for which the bill is printed. With more orders, one costs less. */
const ORDERS_A_DAY = 1_000;
const SECONDS_A_DAY = 86_400;
/** As the templates declare them: the window of the mapping, and the buffer of the delivery stream. */
const WINDOW_SECONDS = 300;
const BUFFER_SECONDS = 900;
/** A new table with on-demand capacity has four partitions, and its stream a shard for each. */
const SHARDS = 4;
/** The memory of the function, times a stated duration: 60 ms for the changes of a few orders. */
const MB_MS = 512 * 60;

/**
 * Prints what the lake costs an order. `bytes` is what the given number of orders put into it. Invocations and objects
 * are counted as on a day on which something happens in each window. Gives the line for programs.
 */
export function printLakeBill(bytes: number, orders: number, print: (text: string) => void): string {
  const invocations = (SECONDS_A_DAY / WINDOW_SECONDS) * SHARDS;
  const counts: Counts = {
    'firehose.bytes': Math.round((bytes / orders) * ORDERS_A_DAY),
    'lambda.requests': invocations,
    'lambda.mbMs': invocations * MB_MS,
    's3.puts': SECONDS_A_DAY / BUFFER_SECONDS,
  };
  const { lines, totalPerOrderNanoUsd } = bill(counts, ORDERS_A_DAY);
  const micro = (nano: number) => (nano / 1_000).toFixed(2);
  print(`\nthe lake, an order of ${ORDERS_A_DAY} a day, in millionths of a US dollar`);
  print(
    textTable(
      [
        { title: 'count', align: 'right', width: 9 },
        { title: 'of', width: 48 },
        { title: 'an order', align: 'right' },
      ],
      lines.map(({ count, label, perOrderNanoUsd }) => [String(count), label, micro(perOrderNanoUsd)]),
      { total: ['', 'total', micro(totalPerOrderNanoUsd)] },
    ),
  );
  return `bill lake ${(totalPerOrderNanoUsd / 1_000).toFixed(1)}`;
}
