import { regimeFor } from '../../../duties/index.ts';
import { type CalendarDate, dayAfter, dayMs } from '../../../kernel/time.ts';
import type { ImportContext, NotPriced } from '../import-charges.ts';
import { type ChannelCost, type ChannelOption, channelCost, type SkuInMarket } from './channel-cost.ts';

/** When a switch is proposed. */
export interface ChannelSettings {
  /** The way that is used now; of several, such as post and courier of one warehouse, the cheapest of the day. */
  readonly currentOptionId: string | readonly string[];
  /** The share of its cost that another way has to save: 0.05 is 5 %. */
  readonly margin: number;
  /** How far ahead dated rules are looked at. */
  readonly horizonDays: number;
}

/** The costs of all ways on one day, the cheapest first, and the ways without a price. */
export interface ChannelsOnDay {
  readonly date: CalendarDate;
  readonly costs: readonly ChannelCost[];
  readonly notPriced: readonly (NotPriced & { readonly optionId: string })[];
}

/** What to do. */
export type ChannelChoice =
  | { readonly kind: 'stay'; readonly today: ChannelsOnDay }
  | {
      readonly kind: 'switch';
      readonly to: ChannelCost;
      /** The current way on the day of the rule; undefined if it has no price any more. */
      readonly from: ChannelCost | undefined;
      /** Today, or the day of the rule that makes the other way better. */
      readonly betterFrom: CalendarDate;
      /** The day on which to have decided: the day of the rule less the lead time. */
      readonly decideBy: CalendarDate;
      /** Days by which that day has passed; 0 if it has not. */
      readonly lateDays: number;
      /** The rules that the cheaper way avoids, or that changed: those of the current way on that day. */
      readonly rules: readonly string[];
      readonly today: ChannelsOnDay;
    }
  | { readonly kind: 'none-priced'; readonly today: ChannelsOnDay };

/**
 * The way with the lowest expected landed cost at the forecast volume: parcels from the origin or stock in the market,
 * of each supplier's origin. It looks at today and at each later day within the horizon on which a rule of the market
 * begins or ends, and proposes a switch for the first one on which another way saves more than the margin, and stays
 * cheaper on the later ones: a switch that a known rule takes back is none. The current way is kept within the margin.
 */
export function chooseChannel(
  options: readonly ChannelOption[],
  sku: SkuInMarket,
  context: ImportContext,
  settings: ChannelSettings,
): ChannelChoice {
  const today = channelsOn(options, sku, context);
  const later = ruleDays(sku, context, settings.horizonDays);
  const days = [today, ...later.map((date) => channelsOn(options, sku, { ...context, date }))];
  const current = new Set([settings.currentOptionId].flat());
  const currentOn = ({ costs }: ChannelsOnDay) => costs.find(({ option }) => current.has(option.optionId));
  for (const [place, onDay] of days.entries()) {
    const from = currentOn(onDay);
    const to = onDay.costs.find(
      (cost) =>
        !current.has(cost.option.optionId) &&
        (from === undefined || saves(cost, from, settings.margin)) &&
        days.slice(place + 1).every((after) => isCheaperOn(after, cost.option, currentOn(after))),
    );
    if (to === undefined) continue;
    const { date } = onDay;
    const decideBy = dayAfter(date, -Math.ceil(to.option.leadTimeDays));
    const lateDays = Math.max(0, (Date.parse(context.date) - Date.parse(decideBy)) / dayMs);
    const rules = (from?.reasons ?? []).map(({ formula }) => formula);
    return { kind: 'switch', to, from, betterFrom: date, decideBy, lateDays, rules, today };
  }
  const anyPriced = days.some(({ costs }) => costs.length > 0);
  return { kind: anyPriced ? 'stay' : 'none-priced', today };
}

/** Whether an option has a price on a day, and a lower one than the current way. */
function isCheaperOn(
  { costs }: ChannelsOnDay,
  option: ChannelOption,
  from: ChannelCost | undefined,
): boolean {
  const cost = costs.find((each) => each.option.optionId === option.optionId);
  return cost !== undefined && (from === undefined || cost.total.amountMinor < from.total.amountMinor);
}

const saves = (cheaper: ChannelCost, from: ChannelCost, margin: number): boolean =>
  from.total.amountMinor - cheaper.total.amountMinor > margin * from.total.amountMinor;

/** The costs of all ways on the day of the context. Equal costs are in the order of the options. */
export function channelsOn(
  options: readonly ChannelOption[],
  sku: SkuInMarket,
  context: ImportContext,
): ChannelsOnDay {
  const costs: ChannelCost[] = [];
  const notPriced: (NotPriced & { readonly optionId: string })[] = [];
  for (const option of options) {
    const cost = channelCost(option, sku, context);
    if (cost.ok) costs.push(cost.value);
    else notPriced.push({ ...cost.error, optionId: option.optionId });
  }
  costs.sort((a, b) => a.total.amountMinor - b.total.amountMinor);
  return { date: context.date, costs, notPriced };
}

/** The days after today on which a rule of the market begins, or has just ended, in order. */
function ruleDays(
  { market }: SkuInMarket,
  { date, rules }: ImportContext,
  horizonDays: number,
): CalendarDate[] {
  const regime = regimeFor(market)?.code;
  const last = dayAfter(date, horizonDays);
  const days = new Set<CalendarDate>();
  for (const row of regime === undefined ? [] : rules.rowsOf(regime)) {
    const changes = [row.validFrom, ...(row.validTo === undefined ? [] : [dayAfter(row.validTo, 1)])];
    for (const day of changes) if (day > date && day <= last) days.add(day);
  }
  return [...days].sort();
}
