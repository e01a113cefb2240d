import { dayAfter } from '../../../../shared/kernel/time.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import type { RunView } from '../../../../shared/replenishment/run/run-view.ts';
import { counted } from '../../files/problems.ts';
import { durationText } from '../../terminal/estimate.ts';
import { grouped, textTable } from '../../terminal/text-table.ts';
import { moneyText, sumText, valueAt } from '../client/order-money.ts';
import { isLimit } from './is-limit.ts';
import { notPlannedTexts } from './not-planned.ts';
import { ofKind, orderLines, type ShownLine } from './order-lines.ts';

/** The lines of orders that a terminal shows; CSV has all. */
const MAX_LINES = 30;

/** Whether nothing could be planned at all: no sales, or nothing that may be planned. */
export const isEmptyPlan = ({ state, skuSites: { proposed, enough } }: RunView): boolean =>
  state === 'done' && proposed + enough === 0;

/** The plan of a run as a person reads it. */
export function planText(run: RunView, orders: readonly ReplenishmentOrderView[]): string {
  const [bought, moved] = [ofKind(orders, 'purchase'), ofKind(orders, 'transfer')];
  return [
    headText(run),
    ...(isEmptyPlan(run) ? ['', emptyText(run)] : ['', boughtText(bought), '', movedText(moved)]),
    ...stopText(run),
    ...notPlannedText(run),
    ...problemsText(run),
    ...waitingText(orders),
    '',
  ].join('\n');
}

const stateTexts: Readonly<Record<RunView['state'], string>> = {
  asked: 'the sales are being read',
  planning: 'products are being planned',
  limiting: 'budget and capacities are applied',
  placing: 'orders are being placed',
  done: 'done',
  'given-up': 'given up after three days: a newer run plans what is still needed',
};

function headText({ day, timeZone, state, durationSeconds, batches, skuSites, orders }: RunView): string {
  const took = durationSeconds === undefined ? '' : ` after ${durationText(durationSeconds)}`;
  const { all, proposed, enough, notPlanned } = skuSites;
  const left = notPlanned.reduce((sum, { count }) => sum + count, 0);
  const far =
    batches.all === undefined || state === 'done' ? '' : `, ${batches.done} of ${batches.all} files`;
  const lost = [
    ...(orders.linesCovered > 0 ? [`${orders.linesCovered} needs are covered by other orders since`] : []),
    ...(orders.linesRefused > 0
      ? [`${orders.linesRefused} needs were not ordered: an offer has changed meanwhile`]
      : []),
    ...(orders.linesCut > 0
      ? [`${grouped(orders.unitsCut)} units of ${orders.linesCut} needs were cut to the limits named below`]
      : []),
  ];
  return [
    `Plan of ${day} (${timeZone}): ${stateTexts[state]}${took}${far}`,
    `${counted(all, 'product at a warehouse', 'products at warehouses')}: ${grouped(proposed)} to order, ${grouped(enough)} have enough, ${grouped(left)} not planned`,
    ...lost,
  ].join('\n');
}

/** What to do where nothing could be planned. */
function emptyText({ skuSites, day }: RunView): string {
  const first = skuSites.notPlanned.toSorted((a, b) => b.count - a.count)[0]?.reason;
  if (first !== undefined && first !== 'no-history')
    return 'Nothing could be planned. The table says what is missing.';
  return [
    'There is no history to plan from: the lake has no sale of the days before this one.',
    'What you can do:',
    '  - Sell something: npm start has a shop, and npx entrepot replay sells the rows of a file.',
    '  - Bring the sales into the tables, which a job does every hour: npx entrepot jobs run compact-lake',
    `  - Plan the next day, because the run of a day reads the days before it, and a day has one run:`,
    `    npx entrepot replenish plan --day ${dayAfter(day, 1)}`,
  ].join('\n');
}

function boughtText(orders: readonly ReplenishmentOrderView[]): string {
  if (orders.length === 0) return 'What to buy: nothing';
  const suppliers = [...Map.groupBy(orders, ({ supplierId = '' }) => supplierId)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const rowOf = (name: string, those: readonly ReplenishmentOrderView[]) => {
    const lines = those.flatMap((order) => order.lines);
    return [
      ...[name, String(those.length), String(lines.length)],
      grouped(lines.reduce((sum, { ordered }) => sum + ordered, 0)),
      sumText(lines.map(({ ordered, unitPrice }) => valueAt(ordered, unitPrice))),
    ];
  };
  const bySupplier = textTable(
    [
      { title: 'What to buy, from' },
      ...['orders', 'lines', 'units', 'value'].map((title) => ({ title, align: 'right' as const })),
    ],
    suppliers.map(([supplier, those]) => rowOf(supplier, those)),
    { total: rowOf('', orders) },
  );
  return `${bySupplier}\n\n${linesText(orderLines(orders))}`;
}

function linesText(lines: readonly ShownLine[]): string {
  const shown = lines.slice(0, MAX_LINES);
  const table = textTable(
    [
      ...[{ title: 'SKU' }, { title: 'at' }, { title: 'units', align: 'right' as const }],
      ...[{ title: 'value', align: 'right' as const }, { title: 'expected' }, { title: 'state' }],
      { title: 'order' },
    ],
    shown.map(({ order, line, value }) => [
      ...[line.sku, order.warehouseId, grouped(line.ordered), moneyText(value)],
      ...[order.expectedAt.slice(0, 10), order.status, order.replenishmentOrderId],
    ]),
  );
  const left = lines.length - shown.length;
  return left === 0 ? table : `${table}\n… and ${counted(left, 'line')} more: --csv has all of them`;
}

function movedText(orders: readonly ReplenishmentOrderView[]): string {
  if (orders.length === 0) return 'What to move: nothing';
  return textTable(
    [
      ...[{ title: 'What to move' }, { title: 'units', align: 'right' as const }, { title: 'from' }],
      ...[{ title: 'to' }, { title: 'expected' }, { title: 'state' }],
    ],
    orders.flatMap((order) =>
      order.lines.map((line) => [
        ...[line.sku, grouped(line.ordered), order.fromWarehouseId ?? '', order.warehouseId],
        ...[order.expectedAt.slice(0, 10), order.status],
      ]),
    ),
  );
}

function notPlannedText({ day, skuSites: { notPlanned } }: RunView): string[] {
  if (notPlanned.length === 0) return [];
  return [
    '',
    textTable(
      [{ title: 'Not planned' }, { title: 'products', align: 'right' }, { title: 'because', width: 66 }],
      notPlanned
        .toSorted((a, b) => b.count - a.count)
        .map(({ reason, count }) => [reason, grouped(count), notPlannedTexts[reason]]),
    ),
    `Which products these are: npx entrepot replenish plan --run ${day} --not-planned`,
  ];
}

/** What should not be bought any more. */
function stopText({ stops, skuSites: { toStop } }: RunView): string[] {
  if (stops.length === 0) return [];
  const columns = [
    ...[{ title: 'What to stop' }, { title: 'at' }, { title: 'units', align: 'right' as const }],
    ...[
      { title: 'open orders', align: 'right' as const },
      { title: 'because', width: 60 },
    ],
  ];
  const rows = stops
    .slice(0, MAX_LINES)
    .map(({ sku, warehouseId, units, openOrderIds, detail }) => [
      ...[sku, warehouseId, grouped(units), String(openOrderIds.length), detail],
    ]);
  const left = toStop - rows.length;
  return ['', textTable(columns, rows), ...(left > 0 ? [`… and ${counted(left, 'product')} more`] : [])];
}

/** The limits that the run has reached, and what it could not plan as a whole. */
const problemsText = ({ problems }: RunView): string[] => [
  ...problemsTable('Limits that cut', problems.filter(isLimit)),
  ...problemsTable(
    'Problems',
    problems.filter((problem) => !isLimit(problem)),
  ),
];

function problemsTable(title: string, problems: RunView['problems']): string[] {
  if (problems.length === 0) return [];
  const rows = problems.map(({ code, subject, detail }) => [code, subject, detail]);
  return ['', textTable([{ title }, { title: 'of' }, { title: 'because', width: 66 }], rows)];
}

function waitingText(orders: readonly ReplenishmentOrderView[]): string[] {
  const waiting = orders.filter(({ status }) => status === 'proposed').length;
  return waiting === 0
    ? []
    : [
        '',
        `${counted(waiting, 'order')} of them ${waiting === 1 ? 'waits' : 'wait'} for an approval: npx entrepot replenish approve`,
      ];
}
