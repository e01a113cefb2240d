import { isAssessed, type NotAssessable } from '../customs/index.ts';
import { fromJson, money } from '../kernel/money.ts';
import type { BasketLine } from './basket.ts';
import type { Warehouse } from './network.ts';
import type { CostingContext } from './pricing-input.ts';

/** Tax is rounded on the sum of the lines: alone, a line may bear this much more in minor units. */
const ROUNDING_MINOR = 3;

/** Converted there and back, a limit may be off by a few minor units. */
const FUZZ_MINOR = 2;

/**
 * The least duty and tax of a line in minor units of the shopper's currency; infinite where it can't be sent. `total`:
 * the goods that the consignment has at least; `isAll`: that it has no more, and no other comes from that country.
 */
export type LeastDue = (line: number, total: number, isAll: boolean) => number;

/**
 * What each line bears at least from a warehouse's country: what it bears alone and without freight, in the band of
 * values that the whole consignment is in. Rules turn on values at the ends of bands alone. Fees and the tax on them
 * are charged once for all lines, and a line that may share a declaration item with another may bear nothing, so
 * that neither is counted.
 */
export function leastDueOf(
  context: CostingContext,
  lines: readonly BasketLine[],
  warehouse: Warehouse,
  channel: 'post' | 'courier',
  refuse: (why: NotAssessable) => void,
): LeastDue {
  const ends = bandEnds(context);
  const shared = lines.map((_line, index) => sharesItem(lines, index));
  const known = lines.map((): (number | undefined)[] => []);
  const dueIn = (index: number, band: number): number => {
    const own = known[index];
    const line = lines[index];
    if (own === undefined || line === undefined) return 0;
    const due = own[band] ?? dueOf(context, line, warehouse, channel, ends[band - 1] ?? 0, refuse);
    own[band] = due;
    if (due === Number.POSITIVE_INFINITY) return due;
    return shared[index] === true ? 0 : Math.max(0, due - ROUNDING_MINOR);
  };
  const bandOf = (total: number) => {
    const band = ends.findIndex((end) => total <= end);
    return band < 0 ? ends.length : band;
  };
  return (index, total, isAll) => {
    const first = bandOf(total - FUZZ_MINOR);
    const last = isAll ? bandOf(total + FUZZ_MINOR) : ends.length;
    let least = Number.POSITIVE_INFINITY;
    for (let band = first; band <= last; band += 1) least = Math.min(least, dueIn(index, band));
    return least;
  };
}

/** What the line bears when the whole is just over that value; infinite where it can't be priced then. */
function dueOf(
  { regime, rules, rates, request, seller, date }: CostingContext,
  { toAssess, goods }: BasketLine,
  warehouse: Warehouse,
  channel: 'post' | 'courier',
  over: number,
  refuse: (why: NotAssessable) => void,
): number {
  const { currency, destination, incoterm } = request;
  const also = Math.max(0, over + FUZZ_MINOR + 1 - goods.amountMinor);
  const assessed = regime.assess(
    {
      shipFrom: warehouse.address.country,
      ...{ destination, currency, incoterm, channel },
      alsoSent: money(also, currency),
      lines: [toAssess],
      freight: money(0, currency),
    },
    {
      ...{ date, rules, seller, explain: false },
      convert: rates.convert,
      convertForCustoms: rates.convertForCustoms,
    },
  );
  // A line that is refused is refused in any consignment of that band: no rule admits goods for their company.
  if (!isAssessed(assessed)) {
    refuse(assessed);
    return Number.POSITIVE_INFINITY;
  }
  return assessed.charges.reduce(
    (all, { kind, amount }) => all + (kind === 'fee' ? -amount.amount : amount.amount),
    0,
  );
}

/** Whether another line of the basket may be of the same declaration item. */
function sharesItem(lines: readonly BasketLine[], index: number): boolean {
  const item = (line: BasketLine | undefined) =>
    `${line?.toAssess.hsCode.slice(0, 6)} ${line?.toAssess.description} ${line?.toAssess.originCountry}`;
  return lines.some((line, other) => other !== index && item(line) === item(lines[index]));
}

/** The values at which a rule of the destination begins or ends to hold, in minor units of the shopper's currency. */
function bandEnds({ regime, rules, rates, request, date }: CostingContext): number[] {
  const limits = rules
    .rulesOf(regime.code, date)
    .every()
    .flatMap((row) => {
      const { over, upTo, below } = row.when?.value ?? {};
      const own = row.kind === 'relief' || row.kind === 'entry-limit' ? [row.threshold] : [];
      return [over, upTo, below, ...own].flatMap((limit) => (limit === undefined ? [] : [fromJson(limit)]));
    });
  const ends = limits.map((limit) => rates.convertForCustoms(limit, request.currency).amountMinor);
  return [...new Set(ends)].toSorted((a, b) => a - b);
}
