import type * as z from 'zod';
import { divide, type Money, money } from '../../kernel/money.ts';
import { hourMs } from '../../kernel/time.ts';
import { picoUsd, prices, type UnitPrice } from '../../usage/index.ts';
import type { NotCounted } from '../answer/report-answer.ts';
import type { ReportPeriod } from '../period/report-period.ts';
import type { countedHours, deliveredOrders, usedUnits } from './bill-queries.ts';

type Used = z.infer<typeof usedUnits.row>;

interface Found {
  readonly used: readonly Used[];
  readonly hours: readonly z.infer<typeof countedHours.row>[];
  readonly delivered: readonly z.infer<typeof deliveredOrders.row>[];
}

/** Costs in millionths of a millionth of a dollar, so that sums are rounded once. */
interface Pico {
  readonly variable: bigint;
  readonly fixed: bigint;
}

const priceList: Readonly<Record<string, UnitPrice>> = prices;

/** The bill of a period from what was used in it. Every figure is rounded once, half up. */
export function shapeBill({ used, hours, delivered }: Found, period: ReportPeriod) {
  const known = used.filter(({ unit }) => unit in priceList);
  const orders = delivered.reduce((all, row) => all + row.orders, 0);
  const ordersOf = new Map(delivered.map((row) => [row.day, row.orders]));
  const daysSeen = [...new Set([...known, ...delivered].map(({ day }) => day))].sort();
  return {
    rows: {
      summary: [{ delivered: orders, ...costsOf(known, orders) }],
      'by-day': daysSeen.map((day) => {
        const ofDay = ordersOf.get(day) ?? 0;
        const rows = known.filter((row) => row.day === day);
        return { day, delivered: ofDay, ...costsOf(rows, ofDay) };
      }),
      'by-unit': mostExpensiveFirst(groupBy(known, 'unit')).map(([unit, rows]) =>
        unitRow(unit, rows, orders),
      ),
      'by-part': mostExpensiveFirst(groupBy(known, 'part')).map(([part, rows]) => ({
        part,
        ...costsOf(rows, orders),
      })),
    },
    notCounted: [...hoursMissing(hours[0]?.hours ?? 0, period), ...unknownUnits(used)],
  };
}

function unitRow(unit: string, rows: readonly Used[], orders: number) {
  const { label, microUsd, per } = priceList[unit] as UnitPrice;
  const thousandths = rows.reduce((all, row) => all + row.thousandths, 0);
  return {
    unit: label,
    quantity: Math.round(thousandths / 1_000),
    price: Math.round((microUsd * 1_000_000) / per),
    ...costsOf(rows, orders),
  };
}

const groupBy = (rows: readonly Used[], key: 'unit' | 'part') => [...Map.groupBy(rows, (row) => row[key])];

const mostExpensiveFirst = (groups: [string, Used[]][]): [string, Used[]][] =>
  groups
    .map((group) => ({ group, pico: totalOf(picoOf(group[1])) }))
    .sort((a, b) => (a.pico === b.pico ? (a.group[0] < b.group[0] ? -1 : 1) : a.pico < b.pico ? 1 : -1))
    .map(({ group }) => group);

function costsOf(rows: readonly Used[], orders: number) {
  const pico = picoOf(rows);
  return {
    variable: micro(pico.variable),
    fixed: micro(pico.fixed),
    total: micro(totalOf(pico)),
    variablePerMillion: perMillionOrders(pico.variable, orders),
    totalPerMillion: perMillionOrders(totalOf(pico), orders),
  };
}

function picoOf(rows: readonly Used[]): Pico {
  const sumOf = (isFixed: number) =>
    rows
      .filter((row) => row.is_fixed === isFixed)
      .reduce((all, { unit, thousandths }) => all + picoUsd(thousandths, priceList[unit] as UnitPrice), 0n);
  return { variable: sumOf(0), fixed: sumOf(1) };
}

const totalOf = ({ variable, fixed }: Pico): bigint => variable + fixed;

const micro = (pico: bigint): number => Number(divide(pico, 1_000_000n, 'half-up'));

/** A million orders cost a million times as much, and a dollar has a hundred cents: 10^12 / (10^6 x 10^2) = 10^4. */
const perMillionOrders = (pico: bigint, orders: number): Money | null =>
  orders === 0 ? null : money(Number(divide(pico, 10_000n * BigInt(orders), 'half-up')), 'USD');

/** Of a period that is over, every hour should have been counted. */
function hoursMissing(counted: number, { from, to, isOver }: ReportPeriod): NotCounted[] {
  const count = Math.ceil((Date.parse(to) - Date.parse(from)) / hourMs) - counted;
  if (!isOver || count <= 0) return [];
  const says = 'hours of which nothing was counted: the backend did not run, or they are counted later';
  return [{ code: 'hours-not-counted', says, count }];
}

function unknownUnits(used: readonly Used[]): NotCounted[] {
  const units = new Set(used.map(({ unit }) => unit).filter((unit) => !(unit in priceList)));
  return [...units].sort().map((unit) => ({
    code: 'no-price',
    says: `units ${unit}, which have no price here`,
    count: Math.round(
      used.filter((row) => row.unit === unit).reduce((all, row) => all + row.thousandths, 0) / 1_000,
    ),
  }));
}
