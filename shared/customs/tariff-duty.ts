import type { Charge } from '../../events/landed-cost.ts';
import { add, formatMoney, type Money, multiply, percent } from '../kernel/money.ts';
import type { CalendarDate } from '../kernel/time.ts';
import { type ChargeText, charge, type ValuedLine } from './charges.ts';
import type { NotAssessable } from './regime.ts';
import { tariffLine, tooShort } from './tariff.ts';

/** Duty of one line in the regime's currency, with its charge in the shopper's. */
export interface LineDuty {
  readonly lineId: string;
  readonly amount: Money;
  readonly charge: Charge;
}

export interface TariffDutyText extends Pick<ChargeText, 'code' | 'description' | 'owedTo'> {
  readonly tariff: 'eu' | 'gb';
  readonly date: CalendarDate;
  readonly toShopper: (amount: Money) => Money;
  readonly onDelivery: boolean;
}

/** Duty by tariff on the CIF value: the price of the goods with freight and insurance, rounded a line, half up. */
export function tariffDuty(
  { line, goods, freight }: ValuedLine,
  text: TariffDutyText,
): LineDuty | NotAssessable {
  const { lineId, hsCode } = line;
  const { tariff, date, code, description, owedTo } = text;
  const short = tooShort(hsCode, 8, lineId);
  if (short !== undefined) return short;
  const rule = tariffLine(tariff, hsCode, date);
  if (rule === undefined)
    return {
      reason: 'unclassified',
      lineId,
      detail: `no ${tariff === 'eu' ? 'EU' : 'UK'} duty rate is known for ${hsCode}`,
    };
  const base = add(goods, freight);
  const amount = multiply(base, percent(rule.rate));
  const formula = `${formatMoney(amount)} = ${formatMoney(base)} (CIF) x ${rule.rate} %`;
  return {
    lineId,
    amount,
    charge: charge(
      { kind: 'duty', code, description, owedTo, rate: rule.rate, rule },
      { lineId, amount, base, formula },
      text.toShopper,
      text.onDelivery,
    ),
  };
}
