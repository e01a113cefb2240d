import type { FeeRule } from '../../../events/payment-fee.ts';
import { ratioOf } from '../../kernel/money.ts';
import { whole } from '../subject.ts';

/** What the provider of the payment is expected to keep of each capture. */
export const feeRuleColumns = {
  fee_millionths: whole(
    'Expected fee of the payment: millionths of each captured amount; absent where it was not known.',
  ),
  fee_fixed_minor: whole('And a fixed amount of each capture.'),
};

/** A percentage has four decimal places at the most, so that millionths of the amount are whole. */
export function feeRuleCells(rule: FeeRule | undefined) {
  if (rule === undefined) return { fee_millionths: undefined, fee_fixed_minor: undefined };
  const { numerator, denominator } = ratioOf(rule.percent);
  return {
    fee_millionths: Number((numerator * 10_000n) / denominator),
    fee_fixed_minor: rule.fixed?.amount ?? 0,
  };
}
