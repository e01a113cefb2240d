import { money } from '../../../../shared/kernel/money.ts';
import { dayOf } from '../../../../shared/kernel/zoned-time.ts';
import type { SkuExplained } from '../../../../shared/replenishment/explain/explain-sku.ts';
import type { SkuPlan, WireReason } from '../../../../shared/replenishment/explain/sku-plan.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import { counted } from '../../files/problems.ts';
import { grouped, textTable } from '../../terminal/text-table.ts';
import { moneyText } from '../client/order-money.ts';
import { notPlannedTexts } from '../plan/not-planned.ts';
import { channelText } from './channel-text.ts';

/** The plan of a product at each warehouse as a person reads it, and the orders of it that are open. */
export function explainedText(
  { sku, day, timeZone, sites, channels }: SkuExplained,
  openOrders: readonly ReplenishmentOrderView[],
): string {
  return [
    `${sku} in the plan of ${day} (${timeZone})`,
    ...sites.flatMap((site) => ['', siteText(site, day)]),
    ...channels.flatMap((plan) => ['', channelText(plan)]),
    ...['', ordersText(sku, openOrders), ''],
  ].join('\n');
}

/** Fewer days of sales than these make rough figures, which is said. */
const FEW_DAYS = 28;

/** The plan of a product at one warehouse on a day: what is ordered, and every figure on the way to it. */
export function siteText(plan: SkuPlan, day: string): string {
  return [
    `At ${plan.warehouseId}: ${outcomeText(plan)}`,
    '',
    factsTable(plan, day),
    ...reasonsTable(plan),
  ].join('\n');
}

function outcomeText({ outcome, units = 0, from = [], cost, expectedOn, why, detail }: SkuPlan): string {
  if (outcome === 'enough') return 'there is enough, and nothing is ordered';
  if (outcome === 'not-planned')
    return `not planned (${why}): ${detail ?? (why === undefined ? '' : notPlannedTexts[why])}`;
  const suppliers = from.map((each) => `${grouped(each.units)} from ${each.supplierId}`).join(', ');
  const when = expectedOn === undefined ? '' : `, expected on ${expectedOn}`;
  return `order ${counted(units, 'unit')} for ${moneyText(cost)}, ${suppliers}${when}`;
}

function factsTable(plan: SkuPlan, day: string): string {
  const { history, skuClass, forecast, stage, stock, runsOutOn, nextArrivalOn, lateFor = [] } = plan;
  const rows: [string, string][] = [];
  if (history !== undefined) {
    const { from, units, lastFourWeeks, daysWithoutStock, bulkUnits } = history;
    rows.push([
      'sales',
      `${grouped(units)} units since ${from ?? 'the first day that is read'}, ${grouped(lastFourWeeks)} of them in the last four weeks`,
    ]);
    const days = from === undefined ? 0 : dayOf(day) - dayOf(from);
    if (days > 0 && days < FEW_DAYS)
      rows.push(['', `only ${counted(days, 'day')} of sales: the figures are rough`]);
    if (daysWithoutStock > 0)
      rows.push([
        '',
        `${counted(daysWithoutStock, 'day')} without stock say nothing of the demand, and are left out`,
      ]);
    if (bulkUnits > 0)
      rows.push(['', `${counted(bulkUnits, 'unit')} of one-off bulk orders are in no forecast`]);
  }
  if (skuClass !== undefined) rows.push(['class', classText(skuClass)]);
  if (forecast !== undefined) {
    const error =
      forecast.error === undefined
        ? ''
        : `; on past days it was wrong by ${percent(forecast.error)} of the units`;
    rows.push(['forecast', `${forecast.perDay} units a day by ${forecast.method}${error}`]);
    if (forecast.like !== undefined) rows.push(['', likeText(forecast.like)]);
    if (forecast.signals !== undefined) rows.push(['', `changed by ${forecast.signals.join(', ')}`]);
  }
  if (stage !== undefined) rows.push(['network', stageText(stage)]);
  if (stock !== undefined) {
    const { available, reserved, quarantined, open, openOrderIds } = stock;
    rows.push([
      'stock',
      `${available} to sell, ${reserved} reserved, ${quarantined} in quarantine, ${open} on ${counted(openOrderIds.length, 'open order')}`,
    ]);
  }
  if (runsOutOn !== undefined) rows.push(['runs out', outText(runsOutOn, nextArrivalOn)]);
  for (const late of lateFor) rows.push(['late', lateText(late)]);
  rows.push(...foundRows(plan));
  return textTable([{ title: 'what is known' }, { title: '', width: 82 }], rows);
}

type Stage = NonNullable<SkuPlan['stage']>;

function stageText({ fedBy, feeds, serviceDays, inboundDays, netDays, owed = 0 }: Stage): string {
  const served = (days: number) => (days === 0 ? 'at once' : `within ${counted(days, 'day')}`);
  const from = fedBy === undefined ? 'its supplier' : `the hub ${fedBy}`;
  const promise =
    feeds.length === 0
      ? ''
      : `; it feeds ${feeds.join(', ')} and promises to serve them ${served(serviceDays)}`;
  const short = owed === 0 ? '' : `; it owes them ${grouped(owed)} units now`;
  return `${from} serves it ${served(inboundDays)}${promise}; its stock covers ${counted(netDays, 'day')}${short}`;
}

type LikeGroup = NonNullable<NonNullable<SkuPlan['forecast']>['like']>;

function likeText({ group, launches, ownDays }: LikeGroup): string {
  const goods = group === '*' ? 'of the warehouse' : `with the HS code ${group}…`;
  const own = ownDays === 0 ? '' : `; its own ${counted(ownDays, 'day')} count for ${percent(ownDays / 28)}`;
  return `new: it is taken for one of ${launches} products ${goods} in their first four weeks${own}`;
}

/** What the run does with the product besides what the plan orders. */
const foundRows = ({ transfers = [], notMoved, cut = [], stop }: SkuPlan): [string, string][] => [
  ...transfers.map(({ units, fromWarehouseId, expectedOn, unitCost }): [string, string] => [
    'moved',
    `${counted(units, 'unit')} from ${fromWarehouseId}, there on ${expectedOn}, for ${moneyText(unitCost)} a unit`,
  ]),
  ...(notMoved === undefined ? [] : [['not moved', notMoved] satisfies [string, string]]),
  ...cut.map(({ units, wanted, from, limits }): [string, string] => [
    'cut',
    `${grouped(units)} of ${grouped(wanted)} units from ${from} are ordered, for the ${limits.join(' and the ')}`,
  ]),
  ...(stop === undefined ? [] : [['stop', `buy no more: ${stop.detail}`] satisfies [string, string]]),
];

const percent = (part: number): string => `${Math.round(part * 100)} %`;

const classTexts = {
  ...{ A: 'much of the value', B: 'some of the value', C: 'little of the value' },
  ...{ X: 'sells evenly', Y: 'varies', Z: 'varies much' },
} as const;

function classText(name: NonNullable<SkuPlan['skuClass']>): string {
  const [value, variation] = name.split('') as ['A' | 'B' | 'C', 'X' | 'Y' | 'Z'];
  return `${name}: ${classTexts[value]}, ${classTexts[variation]}`;
}

function outText(runsOutOn: string, nextArrivalOn: string | undefined): string {
  if (nextArrivalOn === undefined) return `on ${runsOutOn}, and nothing is on its way`;
  const days = dayOf(nextArrivalOn) - dayOf(runsOutOn);
  return days > 0
    ? `on ${runsOutOn}, ${counted(days, 'day')} before the next arrival on ${nextArrivalOn}`
    : `on ${runsOutOn}; the next arrival is on ${nextArrivalOn}, before that`;
}

function lateText({ signalId, arriveBy, arrivesOn }: NonNullable<SkuPlan['lateFor']>[number]): string {
  const next = arrivesOn === undefined ? 'nothing can come' : `the next units come on ${arrivesOn}`;
  return `for ${signalId}: its stock has to be there on ${arriveBy}, and ${next}`;
}

const unitText = { units: ' units', days: ' days', probability: '', money: '' } as const;

function reasonsTable({ reasons }: SkuPlan): string[] {
  if (reasons.length === 0) return [];
  return [
    '',
    textTable(
      [{ title: 'figure' }, { title: 'is', align: 'right' }, { title: 'because', width: 62 }],
      reasons.map((reason) => [reason.code, figureText(reason), reason.formula]),
    ),
  ];
}

const figureText = ({ figure, unit }: WireReason): string =>
  typeof figure === 'number'
    ? `${figure}${unitText[unit]}`
    : moneyText(money(figure.amount, figure.currency));

function ordersText(sku: string, orders: readonly ReplenishmentOrderView[]): string {
  if (orders.length === 0) return 'Open orders of it: none';
  const right = (title: string) => ({ title, align: 'right' as const });
  return textTable(
    [
      ...[{ title: 'Open orders of it' }, { title: 'state' }, { title: 'from' }, { title: 'to' }],
      ...[right('units'), right('came'), right('on the way'), { title: 'expected' }],
    ],
    orders.flatMap((order) =>
      order.lines
        .filter((line) => line.sku === sku)
        .map((line) => [
          ...[order.replenishmentOrderId, order.status, order.supplierId ?? order.fromWarehouseId ?? ''],
          ...[order.warehouseId, grouped(line.ordered), grouped(line.received), grouped(line.onTheWay)],
          order.expectedAt.slice(0, 10),
        ]),
    ),
  );
}
