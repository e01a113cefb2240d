import { compare, formatMoney, fromJson, type Money, subtract, sum, zero } from '../../kernel/money.ts';
import type { RuleOf } from '../rules/schema.ts';
import { chargeAt } from './charge.ts';
import { type DutyText, dutiableValue, type LineDuty } from './duty.ts';
import { multiplyTo, ratioOfPercent } from './duty-rate.ts';
import { type ImportCase, share, type ValuedLine } from './import-case.ts';

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
  return lines.map(({ lineId }, index) => {
    const amount = shares[index] ?? zero(it.currency);
    return {
      lineId,
      amount,
      charge: chargeAt(
        it,
        { kind: 'duty', code, description: rule.description, owedTo, rate: rule.rate, rule },
        {
          lineId,
          amount,
          base: values[index],
          formula: () => (lines.length === 1 ? computed : `share of ${computed}`),
        },
        { charged: chargedShares[index] ?? zero(it.consignment.currency) },
      ),
    };
  });
}

function inCurrency(it: ImportCase, amount: RuleOf<'simplified-duty'>['deduct']): Money {
  const { convertForCustoms, convert } = it.context;
  return amount === undefined
    ? zero(it.currency)
    : (convertForCustoms ?? convert)(fromJson(amount), it.currency);
}

const notLessThanNothing = (amount: Money) =>
  compare(amount, zero(amount.currency)) < 0 ? zero(amount.currency) : amount;
