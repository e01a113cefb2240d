import type { Charge, ConsignmentLine } from '../../events/landed-cost.ts';
import {
  allocate,
  formatMoney,
  fromJson,
  type Money,
  multiply,
  percent,
  sum,
  toJson,
} from '../kernel/money.ts';
import type { ConsignmentToAssess } from './regime.ts';
import type { Rule } from './rule-set.ts';

/** A line's goods value and its share of the freight, in the regime's currency. */
export interface ValuedLine {
  readonly line: ConsignmentLine;
  readonly goods: Money;
  readonly freight: Money;
}

/** Values the lines in the regime's currency; freight is shared out by value, to the minor unit. */
export function valueLines(
  { lines, freight }: ConsignmentToAssess,
  convert: (amount: Money) => Money,
): ValuedLine[] {
  const goods = lines.map((line) => ({ line, goods: convert(fromJson(line.goodsValue)) }));
  const shares = share(
    convert(freight),
    goods.map((each) => each.goods),
  );
  return goods.map((each, index) => ({ ...each, freight: shares[index] as Money }));
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
    ...(rule.needsReview === true ? { needsReview: true } : {}),
  };
}

export interface TaxedLine {
  readonly lineId: string;
  readonly base: Money;
  readonly rate: Rule & { readonly rate: string };
}

export interface VatText {
  readonly code: string;
  readonly description: string;
  readonly owedTo: string;
  readonly law: string;
  readonly toShopper: (amount: Money) => Money;
  readonly onDelivery: boolean;
}

/**
 * VAT by rate: rounded once on the sum of the bases that share a rate, then shared out to the lines, so that
 * the lines add up to the tax of the consignment to the minor unit.
 */
export function vatCharges(lines: readonly TaxedLine[], text: VatText): Charge[] {
  const byRate = new Map<string, TaxedLine[]>();
  for (const line of lines) byRate.set(line.rate.id, [...(byRate.get(line.rate.id) ?? []), line]);
  return [...byRate.values()].flatMap((taxed) => {
    const [first] = taxed;
    if (first === undefined) return [];
    const { rate } = first;
    const base = sum(
      taxed.map((line) => line.base),
      first.base.currency,
    );
    const tax = multiply(base, percent(rate.rate));
    const shares = share(
      tax,
      taxed.map((line) => line.base),
    );
    const { code, description, owedTo, law, toShopper, onDelivery } = text;
    const chargeText: ChargeText = {
      kind: 'tax',
      code,
      description: `${description} ${rate.rate} %`,
      owedTo,
      rate: rate.rate,
      rule: { ...rate, law: `${law}; ${rate.law}` },
    };
    return taxed.map((line, index) => {
      const formula = `share of ${formatMoney(tax)} = ${formatMoney(base)} x ${rate.rate} %`;
      return charge(
        chargeText,
        { lineId: line.lineId, amount: shares[index] as Money, base: line.base, formula },
        toShopper,
        onDelivery,
      );
    });
  });
}
