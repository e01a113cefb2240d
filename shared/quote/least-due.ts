import { isAssessed } from '../customs/index.ts';
import { fromJson, type Money, money } from '../kernel/money.ts';
import type { BasketLine } from './basket.ts';
import type { Warehouse } from './network.ts';
import type { CostingContext } from './pricing-input.ts';

/** Tax is rounded on the sum of the lines: alone, a line may bear this much more in minor units. */
const ROUNDING_MINOR = 3;

/**
 * The least duty and tax that a line bears from a warehouse's country, whatever goes with it, in minor units of the
 * shopper's currency: what it bears alone and without freight, at every value of the whole consignment on which a
 * rule turns. Fees and the tax on them are charged once for all lines, and a line that may share a declaration item
 * with another may bear nothing, so that neither is counted.
 */
export function leastDueOf(
  context: CostingContext,
  lines: readonly BasketLine[],
  warehouse: Warehouse,
  channel: 'post' | 'courier',
): (line: number) => number {
  const { currency } = context.request;
  const whole = lines.reduce((all, { goods }) => all + goods.amountMinor, 0);
  const turns = turningValues(context).filter((value) => value < whole);
  const known = new Map<number, number>();
  return (index) => {
    const kept = known.get(index);
    if (kept !== undefined) return kept;
    const line = lines[index];
    if (line === undefined || sharesItem(lines, index)) return 0;
    const own = line.goods.amountMinor;
    // Just at a threshold, just over it, alone, and with everything else.
    const totals = [own, whole, ...turns.flatMap((value) => [value, value + 1])];
    const dues = [...new Set(totals.filter((total) => total >= own))].map((total) =>
      dueOf(context, line, warehouse, channel, money(total - own, currency)),
    );
    const least = Math.max(0, Math.min(...dues) - ROUNDING_MINOR);
    known.set(index, least);
    return least;
  };
}

function dueOf(
  { regime, rules, rates, request, seller, date }: CostingContext,
  { toAssess }: BasketLine,
  warehouse: Warehouse,
  channel: 'post' | 'courier',
  alsoSent: Money,
): number {
  const { currency, destination, incoterm } = request;
  const assessed = regime.assess(
    {
      shipFrom: warehouse.address.country,
      ...{ destination, currency, incoterm, channel, alsoSent },
      lines: [toAssess],
      freight: money(0, currency),
    },
    {
      ...{ date, rules, seller, explain: false },
      convert: rates.convert,
      convertForCustoms: rates.convertForCustoms,
    },
  );
  // What can't be priced alone may be priced with others.
  if (!isAssessed(assessed)) return 0;
  return assessed.charges.reduce(
    (all, { kind, amount }) => all + (kind === 'fee' ? -amount.amount : amount.amount),
    0,
  );
}

function sharesItem(lines: readonly BasketLine[], index: number): boolean {
  const item = (line: BasketLine | undefined) =>
    `${line?.toAssess.hsCode.slice(0, 6)} ${line?.toAssess.originCountry}`;
  return lines.some((line, other) => other !== index && item(line) === item(lines[index]));
}

/** The values at which a rule of the destination begins or ends to hold, in minor units of the shopper's currency. */
function turningValues({ regime, rules, rates, request, date }: CostingContext): number[] {
  const limits = thresholdsOf(rules.rulesOf(regime.code, date).every());
  return limits.flatMap((limit) => {
    const { amountMinor } = rates.convert(limit, request.currency);
    // Converted there and back a limit may be off by a few minor units.
    return [amountMinor - 2, amountMinor - 1, amountMinor, amountMinor + 1, amountMinor + 2];
  });
}

type Rows = ReturnType<ReturnType<CostingContext['rules']['rulesOf']>['every']>;

function thresholdsOf(rows: Rows): Money[] {
  return rows.flatMap((row) => {
    const { over, upTo, below } = row.when?.value ?? {};
    const own = row.kind === 'relief' || row.kind === 'entry-limit' ? [row.threshold] : [];
    return [over, upTo, below, ...own].flatMap((limit) => (limit === undefined ? [] : [fromJson(limit)]));
  });
}
