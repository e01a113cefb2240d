import * as z from 'zod';
import {
  add,
  fromJson,
  type Money,
  type MoneyJson,
  money,
  moneySchema,
  multiply,
  percent,
  zero,
} from '../shared/kernel/money.ts';

/** What a provider keeps of each capture: a share of its amount, and a fixed amount in its currency. */
export const feeRuleSchema = z
  .strictObject({
    percent: z
      .string()
      .regex(/^\d{1,2}(\.\d{1,4})?$/, 'a percentage such as 1.4')
      .meta({ description: 'A percentage of each captured amount', example: '1.5' }),
    fixed: moneySchema.optional().meta({ description: 'Of each capture; absent: nothing' }),
    /** `terms`: what the merchant agreed with the provider. `list`: what the provider publishes. */
    by: z.enum(['terms', 'list']),
  })
  .meta({ id: 'PaymentFeeRule' });

export type FeeRule = z.infer<typeof feeRuleSchema>;

/** What the provider is expected to keep of an amount, in its currency. The share is rounded half up, once. */
export function expectedFee(rule: Pick<FeeRule, 'percent' | 'fixed'>, amount: Money): Money {
  const share = multiply(amount, percent(rule.percent), 'half-up');
  return add(share, rule.fixed === undefined ? zero(amount.currency) : fromJson(rule.fixed));
}

/** Amounts of a line of a settlement: the gross one in the order's currency, the others in that of the account. */
interface SettledAmounts {
  readonly gross: MoneyJson;
  readonly net: MoneyJson;
  readonly fee: MoneyJson;
  readonly held: MoneyJson;
}

/**
 * The fee of a line of a settlement in the currency of the order. In another currency it is converted at the
 * provider's own rate, which is that of the gross amount to the net one with fee and reserve; rounded half up.
 * Undefined where the line has no such rate: it moves nothing, or takes money back against a fee above zero.
 */
export function settledFee({ gross, net, fee, held }: SettledAmounts): Money | undefined {
  if (fee.currency === gross.currency) return fromJson(fee);
  const settled = net.amount + fee.amount + held.amount;
  if (settled === 0 || settled > 0 !== gross.amount > 0) return undefined;
  const rate = { numerator: BigInt(Math.abs(gross.amount)), denominator: BigInt(Math.abs(settled)) };
  return multiply(money(fee.amount, gross.currency), rate, 'half-up');
}
