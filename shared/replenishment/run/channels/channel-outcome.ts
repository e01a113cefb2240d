import { toJson } from '../../../kernel/money.ts';
import { wireReason } from '../../explain/sku-plan.ts';
import type { ChannelCost } from '../../network/channel/channel-cost.ts';
import type { ChannelChoice } from '../../network/channel/choose-channel.ts';
import type { ChannelPlan, WayCost, WayToMarket } from './channel-plan.ts';

/** The ways that a plan keeps: the cheapest, and today's. */
const MAX_WAYS = 6;

/** The ways by the names of their options. */
type WayOf = ReadonlyMap<string, WayToMarket>;

/** The ways of the day, the cheapest first: with their reasons, today's way and the best other one. */
export function shownWays(
  { today: { costs, notPriced } }: ChannelChoice,
  {
    wayOf,
    today,
    current,
  }: { readonly wayOf: WayOf; readonly today: WayToMarket; readonly current: ReadonlySet<string> },
): {
  readonly from: ChannelCost | undefined;
  readonly plan: Pick<ChannelPlan, 'today' | 'ways' | 'notPriced'>;
} {
  const from = costs.find(({ option }) => current.has(option.optionId));
  const other = costs.find((cost) => cost !== from);
  const kept = costs.filter((cost, place) => place < MAX_WAYS || cost === from);
  const without = notPriced.slice(0, MAX_WAYS).flatMap(({ optionId, reason, detail }) => {
    const way = wayOf.get(optionId);
    return way === undefined ? [] : [{ ...way, reason, detail }];
  });
  return {
    from,
    plan: {
      today: from === undefined ? today : (wayOf.get(from.option.optionId) ?? today),
      ways: kept.map((cost) => wireCost(cost, wayOf, cost === from || cost === other)),
      ...(without.length === 0 ? {} : { notPriced: without }),
    },
  };
}

function wireCost(
  { option, total, perUnit, duty, tax, reasons }: ChannelCost,
  wayOf: WayOf,
  isExplained: boolean,
): WayCost {
  const way = wayOf.get(option.optionId);
  if (way === undefined) throw new Error(`the option ${option.optionId} is one of the ways`);
  return {
    ...{ ...way, total: toJson(total), perUnit: toJson(perUnit), duty: toJson(duty), tax: toJson(tax) },
    ...(isExplained ? { reasons: reasons.map(wireReason) } : {}),
  };
}

/** `from`: today's way by the law of today. */
export function outcomeOf(
  choice: ChannelChoice,
  { wayOf, from: now }: { readonly wayOf: WayOf; readonly from: ChannelCost },
): Pick<ChannelPlan, 'outcome' | 'switch'> {
  if (choice.kind !== 'switch') return { outcome: 'stay' };
  const { to, from, betterFrom, decideBy, lateDays } = choice;
  const isLater = betterFrom > choice.today.date;
  const saved = from === undefined ? undefined : from.total.amountMinor - to.total.amountMinor;
  return {
    outcome: 'switch',
    switch: {
      to: wireCost(to, wayOf, true),
      ...(from === undefined || saved === undefined
        ? {}
        : {
            from: wireCost(from, wayOf, true),
            saving: { amount: saved, currency: from.total.currency },
            savingPermille: Math.floor((saved * 1000) / from.total.amountMinor),
          }),
      ...{ betterFrom, decideBy, lateDays, rules: isLater ? changedRules(now, from) : [] },
    },
  };
}

/** The rules of today's way that hold on one of the two days only, in order. */
function changedRules(now: ChannelCost, then: ChannelCost | undefined): string[] {
  const [before, after] = [new Set(now.ruleIds), new Set(then?.ruleIds)];
  const [ended, begun] = [
    [...before].filter((id) => !after.has(id)),
    [...after].filter((id) => !before.has(id)),
  ];
  return [...ended, ...begun].toSorted();
}
