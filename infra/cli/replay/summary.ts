import type { Bill } from '../../../shared/usage/bill.ts';
import { grouped, percentOf, pounds, textTable } from '../terminal/text-table.ts';
import { countHolds, countObstacles, type OrderOutcome } from './order-outcomes.ts';
import type { OrderPlan } from './plan-orders.ts';
import { REASONS, type Refusal, type RefusalReason } from './refusal.ts';
import type { DestinationTally, Tally } from './tally.ts';

export interface Summary {
  readonly tally: Tally;
  /** The result of each order. */
  readonly outcomes: readonly OrderOutcome[];
  readonly plan: Pick<OrderPlan, 'invoices' | 'splitInvoices' | 'orders'>;
  /** Whether the replay started the backend. Only then its meter can be read. */
  readonly isMetered: boolean;
  /** The bill divided by the number of placed orders. Undefined if no order was placed or nothing was metered. */
  readonly bill: Bill | undefined;
  readonly seconds: number;
}

const left = (title: string) => ({ title, align: 'left' as const });
const right = (title: string) => ({ title, align: 'right' as const });

// biome-ignore format: one table
const DESTINATION_COLUMNS = [
  left('to'), right('orders'), right('placed'), right('delivered'), right('cancelled'), right('held'),
  right('other'), right('not placed'), right('goods £'), right('shipping £'), right('duty £'), right('tax £'),
  right('fees £'), right('total £'), right('of goods'),
];

const EXAMPLES = 3;
const MAX_LETTERS = 72;

/** The end of a replay as text: results by destination, refusals with examples, the balance of rows, and the bill. */
export function summarise({ tally, outcomes, plan, isMetered, bill, seconds }: Summary): string {
  const { total, rows, statuses } = tally;
  const others = [...statuses].filter(([status]) => !['delivered', 'cancelled', 'held'].includes(status));
  const parts = [
    'Orders and landed cost by destination (GBP)',
    textTable(DESTINATION_COLUMNS, tally.destinations.map(destinationRow), { total: destinationRow(total) }),
  ];
  if (tally.destinations.length > 0) parts.push(schemeTable(tally.destinations));
  parts.push(...holdParts(outcomes));
  if (others.length > 0) {
    parts.push(`Other states: ${others.map(([status, count]) => `${grouped(count)} ${status}`).join(', ')}`);
  }
  parts.push(
    `${grouped(plan.invoices)} invoices make ${grouped(plan.orders.length)} orders (${grouped(plan.splitInvoices)} were too large for one)` +
      `${total.planned < plan.orders.length ? `, of which ${grouped(total.planned)} were replayed` : ''}. ` +
      'Prices are those of the catalogue (the median of each product), so totals differ from the invoices.',
  );
  if (tally.orderRefusals.size > 0)
    parts.push(reasonTable('Orders not placed', 'orders', tally.orderRefusals));
  parts.push(refusedRows(tally.rowRefusals));
  const balance = [
    `${grouped(rows.delivered)} in delivered orders`,
    `${grouped(rows.otherState)} in orders of other states`,
    `${grouped(rows.refused)} refused`,
    ...(rows.leftOut > 0 ? [`${grouped(rows.leftOut)} left out by --limit or --countries`] : []),
  ];
  parts.push(`Rows: ${grouped(rows.read)} read = ${balance.join(' + ')}. None is lost.`);
  parts.push(billText(bill, isMetered, total, seconds));
  return parts.join('\n\n');
}

/** The rules that held orders, and the reasons why placed orders were not delivered. */
function holdParts(outcomes: readonly OrderOutcome[]): string[] {
  const held = outcomes.filter(({ holds }) => holds.length > 0).length;
  const released = outcomes.filter(({ isReleased }) => isReleased).length;
  const parts: string[] = [];
  if (held > 0) {
    const rows = countHolds(outcomes).map((each) => [
      grouped(each.orders),
      grouped(each.released),
      each.rule,
      shorten(each.example),
    ]);
    const columns = [right('orders'), right('released'), left('held by'), left('the first of them')];
    const words = `${grouped(held)} of the orders were held for a person; ${releaseWords(held, released)}`;
    parts.push(`Held for a person\n${textTable(columns, rows)}\n${words}`);
  }
  const placed = outcomes.filter(({ orderId }) => orderId !== undefined);
  const obstacles = countObstacles(placed);
  if (obstacles.length > 0) {
    const rows = obstacles.map(({ orders, reason, remedy }) => [grouped(orders), reason, remedy]);
    const columns = [right('orders'), left('placed and not delivered'), left('remedy')];
    parts.push(textTable(columns, rows));
  }
  return parts;
}

function releaseWords(held: number, released: number): string {
  if (released === 0) return 'none was released, because of --hold or because the replay was stopped before.';
  const how = 'released by the replay, as an operator does after a check. With --hold they stay held.';
  return released === held ? `all were ${how}` : `${grouped(released)} were ${how}`;
}

function destinationRow(each: DestinationTally): string[] {
  const { country, planned, placed, delivered, cancelled, held, other, refused, cost } = each;
  const counts = [planned, placed, delivered, cancelled, held, other, refused].map(grouped);
  const costs = [cost.goods, cost.shipping, cost.duty, cost.tax, cost.fees, cost.total].map(pounds);
  return [country, ...counts, ...costs, percentOf(cost.total, cost.goods)];
}

/** The warehouses and schemes of the consignments, and the refusals of orders, by destination. */
function schemeTable(destinations: readonly DestinationTally[]): string {
  const counted = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => `${grouped(count)} ${name}`)
      .join(', ');
  const rows = destinations.map(({ country, schemes, refusals }) => [
    country,
    counted(schemes),
    counted(refusals),
  ]);
  const columns = [left('to'), left('consignments by warehouse and scheme'), left('orders not placed')];
  return `Schemes and refusals by destination\n${textTable(columns, rows)}`;
}

function meaningOf(reason: RefusalReason): string {
  return reason.startsWith('api:') ? "the API's answer" : REASONS[reason as keyof typeof REASONS];
}

function reasonTable(title: string, unit: string, counts: ReadonlyMap<RefusalReason, number>): string {
  const rows = [...counts].sort(([, a], [, b]) => b - a);
  const table = textTable(
    [right(unit), left('reason'), left('meaning')],
    rows.map(([reason, count]) => [grouped(count), reason, meaningOf(reason)]),
  );
  return `${title}\n${table}`;
}

function refusedRows(refusals: readonly Refusal[]): string {
  if (refusals.length === 0) return 'No row was refused.';
  const byReason = [...Map.groupBy(refusals, ({ reason }) => reason)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const rows = byReason.map(([reason, of]) => {
    return [grouped(of.length), reason, examplesOf(of)];
  });
  return `Refused rows\n${textTable([right('rows'), left('reason'), left('the first of them')], rows)}`;
}

/** The first lines. Lines with the same text are shown together. */
function examplesOf(refusals: readonly Refusal[]): string {
  const byDetail = [...Map.groupBy(refusals.slice(0, EXAMPLES), ({ detail }) => detail)];
  return byDetail
    .map(([detail, same]) => {
      const lines = same.map(({ line }) => line).join(', ');
      return `line${same.length > 1 ? 's' : ''} ${lines}: ${shorten(detail)}`;
    })
    .join('; ');
}

function shorten(detail: string): string {
  const text = detail.replaceAll(/\s+/g, ' ');
  return text.length <= MAX_LETTERS ? text : `${text.slice(0, MAX_LETTERS - 1)}…`;
}

function billText(
  bill: Bill | undefined,
  isMetered: boolean,
  total: DestinationTally,
  seconds: number,
): string {
  const time = `${grouped(total.placed)} orders in ${grouped(Math.round(seconds))} s`;
  if (!isMetered) return `${time}. The bill is not known, because the replay did not start this backend.`;
  if (bill === undefined) return `${time}: nothing to bill.`;
  const lines = bill.lines.filter(({ perOrderNanoUsd }) => perOrderNanoUsd >= 500).slice(0, 8);
  const table = textTable(
    [left('AWS unit'), right('count'), right('millionths of a $ an order')],
    lines.map(({ label, count, perOrderNanoUsd }) => [
      label,
      grouped(Math.round(count)),
      (perOrderNanoUsd / 1000).toFixed(1),
    ]),
    { total: ['all, at list prices', '', (bill.totalPerOrderNanoUsd / 1000).toFixed(1)] },
  );
  return `Bill per placed order. It includes refused orders and the polling of this program, and not the opening of the shop\n${table}\n\n${time}.`;
}
