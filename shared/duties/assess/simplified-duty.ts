import {
  compare,
  divide,
  formatMoney,
  fromJson,
  type Money,
  money,
  subtract,
  sum,
  times,
  zero,
} from '../../kernel/money.ts';
import type { RuleOf } from '../rules/schema.ts';
import { chargeAt } from './charge.ts';
import { type DutyText, dutiableValue, type LineDuty } from './duty.ts';
import { multiplyTo, type RoundingStep, ratioOfPercent } from './duty-rate.ts';
import { type ImportCase, share, type ValuedLine } from './import-case.ts';
import { noteTaxOnGoods } from './tax-on-goods.ts';

/** The row that replaces the tariff for the line; undefined if the tariff applies. */
export const simplifiedRuleOf = (it: ImportCase, line: ValuedLine) =>
  it.rules.find('simplified-duty', it, line);

/**
 * Duty of the lines under one simplified rate: on the value above the exempt part, less the deduction, never below
 * zero; rounded once for all lines together and shared out by value.
 */
export function simplifiedDuties(
  it: ImportCase,
  rule: RuleOf<'simplified-duty'>,
  lines: readonly ValuedLine[],
  { code, owedTo, valuation, rounding }: DutyText,
): LineDuty[] {
  const values = lines.map((line) => dutiableValue(line, valuation));
  const whole = sum(values, it.currency);
  const exempt = inCurrency(it, rule.exempt);
  const deduct = inCurrency(it, rule.deduct);
  const base = notLessThanNothing(subtract(whole, exempt));
  const duty = notLessThanNothing(subtract(multiplyTo(base, ratioOfPercent(rule.rate), rounding), deduct));
  const charged = it.toShopper(duty);
  const shares = share(duty, values);
  const chargedShares = share(charged, values);
  const less = deduct.amountMinor === 0 ? '' : ` - ${formatMoney(deduct)}`;
  const over = exempt.amountMinor === 0 ? '' : `, over ${formatMoney(exempt)}`;
  const converted = charged.currency === duty.currency ? '' : `; ${formatMoney(charged)} at the locked rate`;
  const computed = `${formatMoney(duty)} = ${formatMoney(base)} (${valuation}${over}) x ${rule.rate} %${less}${converted}`;
  const formula = () => (lines.length === 1 ? computed : `share of ${computed}`);
  const parts = lines.map((line, index) => ({ rule, line, base: values[index] ?? zero(it.currency) }));
  return sharedOut(it, { code, owedTo, formula }, parts, { shares, chargedShares });
}

/**
 * The duty of all lines under simplified rates, added exactly and rounded once to the step, as a law says that rounds
 * the duty of a whole declaration. Each line's share is by its own duty. Rows with a deduction or an exempt part are
 * not meant: their law rounds each by itself.
 */
export function dutiesTogether(
  it: ImportCase,
  groups: ReadonlyMap<RuleOf<'simplified-duty'>, readonly ValuedLine[]>,
  { code, owedTo, valuation }: DutyText,
  step: RoundingStep,
): LineDuty[] {
  const rated = [...groups].flatMap(([rule, lines]) =>
    lines.map((line) => ({ rule, line, base: dutiableValue(line, valuation) })),
  );
  if (rated.length === 0) return [];
  // A percentage has at most four decimals: every duty is a whole number of millionths of a minor unit.
  const millionths = rated.map(({ rule, base }) => {
    const { numerator, denominator } = ratioOfPercent(rule.rate);
    return (BigInt(base.amountMinor) * numerator * MILLION) / denominator;
  });
  const whole = millionths.reduce((all, each) => all + each, 0n);
  const steps = divide(whole, MILLION * BigInt(step.minorUnits), step.direction);
  const duty = times(money(Number(steps), it.currency), step.minorUnits);
  const weights = millionths.map((each) => money(Number(divide(each, MILLION, 'up')), it.currency));
  const shares = share(duty, weights);
  const charged = it.toShopper(duty);
  const chargedShares = share(charged, weights);
  const converted = charged.currency === duty.currency ? '' : `; ${formatMoney(charged)} at the locked rate`;
  const parts = () =>
    rated.map(({ rule, base }) => `${formatMoney(base)} (${valuation}) x ${rule.rate} %`).join(' + ');
  const formula = () =>
    `${rated.length === 1 ? '' : 'share of '}${formatMoney(duty)} = ${parts()}, ${step.direction} to ${formatMoney(money(step.minorUnits, it.currency))}${converted}`;
  return sharedOut(it, { code, owedTo, formula }, rated, { shares, chargedShares });
}

interface RatedLine {
  readonly rule: RuleOf<'simplified-duty'>;
  readonly line: ValuedLine;
  /** The value of the line that bears the duty. */
  readonly base: Money;
}

/** The charge of each line: its share of a duty that was computed for all lines together. */
function sharedOut(
  it: ImportCase,
  { formula, ...duty }: Pick<DutyText, 'code' | 'owedTo'> & { readonly formula: () => string },
  lines: readonly RatedLine[],
  { shares, chargedShares }: { readonly shares: readonly Money[]; readonly chargedShares: readonly Money[] },
): LineDuty[] {
  return lines.map(({ rule, line: { lineId, goods }, base }, index) => {
    const amount = shares[index] ?? zero(it.currency);
    const { description, rate } = rule;
    const text = { ...duty, kind: 'duty', description, rate, rule } as const;
    const own = chargedShares[index] ?? zero(it.consignment.currency);
    const made = chargeAt(it, text, { lineId, amount, base, formula }, { charged: own });
    // A rate that covers the tax can't be divided: all of it is what a price with tax in it includes.
    const isTax = rule.coversTax === true;
    return { lineId, amount, charge: isTax ? noteTaxOnGoods(it, made, { goods, base }) : made };
  });
}

const MILLION = 1_000_000n;

function inCurrency(it: ImportCase, amount: RuleOf<'simplified-duty'>['deduct']): Money {
  const { convertForCustoms, convert } = it.context;
  return amount === undefined
    ? zero(it.currency)
    : (convertForCustoms ?? convert)(fromJson(amount), it.currency);
}

const notLessThanNothing = (amount: Money) =>
  compare(amount, zero(amount.currency)) < 0 ? zero(amount.currency) : amount;
