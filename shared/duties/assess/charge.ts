import type { Charge } from '../../../events/landed-cost.ts';
import { formatMoney, type Money, toJson } from '../../kernel/money.ts';
import { needsReview } from '../rule-book.ts';
import type { Rule } from '../rules/schema.ts';
import type { Published } from '../schedules/scheduled-tariff.ts';
import type { ImportCase } from './import-case.ts';

type NamedRule = Pick<Rule, 'id' | 'law' | 'provenance' | 'review'> & {
  /** Of a rule that is from a schedule. */
  readonly published?: Published;
  /** Of a line of a tariff. */
  readonly hsPrefix?: string;
};

/** The name of a figure, and the rule behind it. */
export interface ChargeText {
  readonly kind: 'duty' | 'tax' | 'fee';
  readonly code: string;
  readonly description: string;
  readonly owedTo: string;
  readonly rate?: string;
  readonly rule: NamedRule;
  /** What was assumed. */
  readonly assumption?: string | undefined;
  /** The rates that the goods may have. */
  readonly range?: Charge['rateRange'];
}

/** A figure in the regime's currency. The formula is written only on request. */
export interface Figure {
  readonly lineId?: string | undefined;
  readonly amount: Money;
  readonly base?: Money | undefined;
  readonly formula: () => string;
}

/** One charge in the shopper's currency, with its computation in the regime's. */
export function charge(it: ImportCase, text: ChargeText, figure: Figure, onDelivery = it.onDelivery): Charge {
  const charged = it.toShopper(figure.amount);
  const converted =
    charged.currency === figure.amount.currency ? '' : `; ${formatMoneyOf(it, charged)} at the locked rate`;
  return chargeAt(
    it,
    text,
    { ...figure, formula: () => figure.formula() + converted },
    { charged, onDelivery },
  );
}

/** One charge whose amount in the shopper's currency is known already. */
export function chargeAt(
  it: ImportCase,
  { rule, assumption, range, ...text }: ChargeText,
  { lineId, base, formula }: Figure,
  {
    charged,
    onDelivery = it.onDelivery,
  }: { readonly charged: Money; readonly onDelivery?: boolean | undefined },
): Charge {
  // One object literal, because this runs for every figure of every plan of a search.
  const made: Charge = {
    kind: text.kind,
    code: text.code,
    description: text.description,
    owedTo: text.owedTo,
    amount: toJson(charged),
    formula: it.context.explain ? formula() : '',
    ruleId: rule.id,
    legalReference: rule.law,
  };
  if (text.rate !== undefined) made.rate = text.rate;
  if (lineId !== undefined) made.lineId = lineId;
  if (base !== undefined) made.base = toJson(base);
  if (onDelivery) made.collectedOnDelivery = true;
  if (needsReview(rule)) made.needsReview = true;
  if (assumption !== undefined) made.assumption = assumption;
  if (range !== undefined) made.rateRange = range;
  if (rule.published !== undefined) made.tariffLine = rule.published;
  else if (range !== undefined && rule.hsPrefix !== undefined) made.tariffLine = { code: rule.hsPrefix };
  return made;
}

const formatMoneyOf = ({ context }: ImportCase, amount: Money) =>
  context.explain ? formatMoney(amount) : '';
