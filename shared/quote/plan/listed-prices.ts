import type { Charge } from '../../../events/landed-cost.ts';
import { isAssessed, taxOnGoods } from '../../duties/index.ts';
import { add, compare, formatMoney, fromJson, type Money, money, toJson } from '../../kernel/money.ts';
import type { BasketLine } from '../basket.ts';
import type { CostingContext } from '../pricing-input.ts';
import { NoRate } from '../quote-rates.ts';
import { ConsignmentCosting, type ConsignmentToExplain } from './cost-consignments.ts';
import { assessTogether, type Way } from './min-due.ts';
import { type SolvedLine, solveListed, type TaxAt } from './solve-listed.ts';

/** Whether a price of the basket has tax in it. */
const hasListed = (lines: readonly BasketLine[]): boolean => lines.some(({ listed }) => listed !== undefined);

/**
 * The lines at prices without tax for the search of a plan: as if all goods went together by the first of the ways on
 * which they can go, without freight. A plan for which the tax is another one gets its own prices in {@link pricedFor}.
 */
export function pricedForSearch(
  context: CostingContext,
  lines: readonly BasketLine[],
  ways: readonly Way[],
): readonly BasketLine[] {
  if (!hasListed(lines)) return lines;
  for (const way of ways) {
    const solved = solve(lines, (at) => {
      const assessed = assessTogether(context, way, at);
      return isAssessed(assessed) ? assessed.charges : undefined;
    });
    // A search compares plans by one price, which is the value as well.
    if (solved !== undefined)
      return lines.map((line, index) => pricedAt(line, line.goods, solved[index]?.valueMinor));
  }
  return lines;
}

/**
 * The lines at the prices of a plan: with the tax on the goods, the shopper pays the listed price. Undefined if the
 * plan is refused.
 */
export function pricedFor(
  context: CostingContext,
  lines: readonly BasketLine[],
  shipments: readonly Omit<ConsignmentToExplain, 'consignmentId'>[],
): readonly BasketLine[] | undefined {
  if (!hasListed(lines)) return lines;
  const solved = solve(lines, (at) => {
    const costing = new ConsignmentCosting(context, at);
    const charges: Charge[] = [];
    for (const shipment of shipments) {
      const assessed = costing.taxed(shipment);
      if ('reason' in assessed) return undefined;
      charges.push(...assessed.charges);
    }
    return charges;
  });
  return solved === undefined ? undefined : lines.map((line, index) => explained(line, solved[index]));
}

/** `chargesOf`: duty, tax and fees of lines at given values; undefined if they are refused. */
function solve(
  lines: readonly BasketLine[],
  chargesOf: (lines: readonly BasketLine[]) => readonly Charge[] | undefined,
): readonly SolvedLine[] | undefined {
  const taxAt: TaxAt = (values) => {
    const charges = chargesOf(lines.map((line, index) => pricedAt(line, line.goods, values[index])));
    return charges === undefined ? undefined : lines.map(({ lineId }) => taxOn(lineId, charges)?.amountMinor);
  };
  try {
    return solveListed(
      lines.map(({ goods, listed }) => ({
        priceMinor: (listed ?? goods).amountMinor,
        hasTax: listed !== undefined,
      })),
      taxAt,
    );
  } catch (error) {
    // The search says which rate is missing.
    if (error instanceof NoRate) return undefined;
    throw error;
  }
}

function taxOn(lineId: string, charges: readonly Charge[]): Money | undefined {
  const parts = charges.flatMap((charge) => (charge.lineId === lineId ? (taxOnGoods(charge) ?? []) : []));
  const [first, ...others] = parts;
  return first === undefined ? undefined : others.reduce(add, first);
}

/** The line with a value of its goods in place of the listed price. */
function pricedAt(line: BasketLine, goods: Money, valueMinor: number | undefined): BasketLine {
  if (line.listed === undefined || valueMinor === undefined) return line;
  const value = money(valueMinor, goods.currency);
  return { ...line, goods: value, toAssess: { ...line.toAssess, goodsValue: toJson(value) } };
}

function explained(line: BasketLine, solved: SolvedLine | undefined): BasketLine {
  if (line.listed === undefined || solved === undefined) return line;
  const value = money(solved.valueMinor, line.listed.currency);
  const goods = money(solved.goodsMinor, line.listed.currency);
  const toAssess = { ...line.toAssess, goodsValue: toJson(value) };
  return {
    ...line,
    goods,
    toAssess,
    formula: `${line.formula}; ${inWords(line.listed, goods, value, solved)}`,
  };
}

function inWords(listed: Money, goods: Money, value: Money, { isLowered }: SolvedLine): string {
  if (isLowered) return `${formatMoney(goods)}, the most on which no tax is due`;
  if (compare(goods, listed) === 0) return 'no tax is due on it';
  const net = `${formatMoney(goods)} without the tax in it`;
  return compare(goods, value) === 0
    ? net
    : `${net}, as the tax is rounded on a value of ${formatMoney(value)}`;
}

/** The lines for another search, by the values that the goods have in a plan. */
export const valuedAs = (lines: readonly BasketLine[], plan: readonly BasketLine[]): readonly BasketLine[] =>
  lines.map((line, index) => pricedAt(line, line.goods, plan[index]?.toAssess.goodsValue.amount));

/** Whether the values of the goods are the same: a search by the one holds for the other. */
export const haveSameValues = (a: readonly BasketLine[], b: readonly BasketLine[]): boolean =>
  a.every(({ toAssess }, index) => {
    const other = b[index]?.toAssess.goodsValue;
    return other !== undefined && compare(fromJson(toAssess.goodsValue), fromJson(other)) === 0;
  });
