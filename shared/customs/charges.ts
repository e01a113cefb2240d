import type { Charge, ConsignmentLine } from '../../events/landed-cost.ts';
import { add, allocate, formatMoney, fromJson, type Money, sum, toJson } from '../kernel/money.ts';
import type { ConsignmentToAssess } from './regime.ts';
import { needsReview, type Rule } from './rule-set.ts';

/** A line's goods value and its share of the freight, in the regime's currency. */
export interface ValuedLine {
  readonly line: ConsignmentLine;
  readonly goods: Money;
  readonly freight: Money;
}

/**
 * Values the lines in the regime's currency. The sum of the goods is converted once and shared out, so that a
 * threshold is tested on the exact value and the lines add up to it; freight is shared out by value.
 */
export function valueLines(
  { lines, freight, currency }: ConsignmentToAssess,
  convert: (amount: Money) => Money,
): ValuedLine[] {
  const priced = lines.map(({ goodsValue }) => fromJson(goodsValue));
  const goods = share(convert(sum(priced, currency)), priced);
  const shares = share(convert(freight), goods);
  return lines.map((line, index) => ({
    line,
    goods: goods[index] as Money,
    freight: shares[index] as Money,
  }));
}

/**
 * The value that thresholds are tested on, in the regime's currency: these goods, and those that the order sends
 * from the same country in other consignments.
 */
export function thresholdValue(
  { lines, alsoSent, currency }: ConsignmentToAssess,
  convert: (amount: Money) => Money,
): Money {
  const own = sum(
    lines.map(({ goodsValue }) => fromJson(goodsValue)),
    currency,
  );
  return convert(alsoSent === undefined ? own : add(own, alsoSent));
}

/** Shares an amount out by the weights' amounts; evenly where all are zero. */
export function share(amount: Money, weights: readonly Money[]): Money[] {
  const all = weights.every(({ amountMinor }) => amountMinor === 0);
  return allocate(
    amount,
    weights.map(({ amountMinor }) => (all ? 1 : amountMinor)),
  );
}

export interface ChargeText {
  readonly kind: 'duty' | 'tax' | 'fee';
  readonly code: string;
  readonly description: string;
  readonly owedTo: string;
  readonly rate?: string;
  readonly rule: Rule;
}

export interface Figure {
  readonly lineId?: string;
  readonly amount: Money;
  readonly base?: Money;
  readonly formula: string;
}

/** One charge in the shopper's currency, with its computation in the regime's. */
export function charge(
  { rule, ...text }: ChargeText,
  { lineId, amount, base, formula }: Figure,
  toShopper: (amount: Money) => Money,
  onDelivery: boolean,
): Charge {
  const charged = toShopper(amount);
  const converted =
    charged.currency === amount.currency ? '' : `; ${formatMoney(charged)} at the locked rate`;
  return {
    ...text,
    ...(lineId === undefined ? {} : { lineId }),
    amount: toJson(charged),
    ...(base === undefined ? {} : { base: toJson(base) }),
    formula: formula + converted,
    ruleId: rule.id,
    legalReference: rule.law,
    ...(onDelivery ? { collectedOnDelivery: true } : {}),
    ...(needsReview(rule) ? { needsReview: true } : {}),
  };
}
