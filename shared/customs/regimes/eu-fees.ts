import type { Charge } from '../../../events/landed-cost.ts';
import { compare, formatMoney, fromJson, type Money, times } from '../../kernel/money.ts';
import { charge } from '../charges.ts';
import { holdsOn, ruleOn } from '../rule-set.ts';
import { nationalFees, unionHandlingFees } from '../rules/eu.ts';
import type { ParcelFee } from '../rules/schema.ts';
import type { LineDuty } from '../tariff-duty.ts';
import type { EuCase } from './eu-case.ts';
import { firstOfEachItem } from './eu-items.ts';

/** The national fees on the parcel, in its destination's currency where the state names one. */
export function nationalFeeCharges(it: EuCase): Charge[] {
  return nationalFees
    .filter((fee) => fee.country === it.state && holdsOn(fee, it.context.date) && isDue(fee, it.intrinsic))
    .map((fee) => {
      const each = fromJson(fee.amount);
      const count =
        fee.per === 'parcel' ? 1 : new Set(it.lines.map(({ line }) => line.hsCode.slice(0, 6))).size;
      const amount = times(each, count);
      return charge(
        textOf(it, fee),
        { amount, formula: `${formatMoney(amount)} = ${formatMoney(each)} x ${count} ${fee.per}` },
        it.toShopper,
        it.onDelivery,
      );
    });
}

/** The Union's handling fee of each item at any value, where it is switched on; charged to the item's first line. */
export function handlingFees(it: EuCase, digits: 6 | 10): LineDuty[] {
  const fee = ruleOn(unionHandlingFees, it.context.date);
  if (fee === undefined || it.switches.unionHandlingFee === 'pending') return [];
  const amount = fromJson(fee.amount);
  const formula = `${formatMoney(amount)} = ${formatMoney(amount)} x 1 item`;
  return firstOfEachItem(it.lines, digits).map(({ line: { lineId } }) => ({
    lineId,
    amount,
    charge: charge(textOf(it, fee), { lineId, amount, formula }, it.toShopper, it.onDelivery),
  }));
}

function isDue({ upTo }: ParcelFee, intrinsic: Money): boolean {
  if (upTo === undefined) return true;
  const order = compare(intrinsic, fromJson(upTo.threshold));
  return upTo.included ? order <= 0 : order < 0;
}

const textOf = ({ state }: EuCase, rule: ParcelFee) => ({
  kind: 'fee' as const,
  code: rule.code,
  description: rule.description,
  owedTo: `${state}:customs`,
  rule,
});
