import { formatMoney, fromJson, money } from '../../kernel/money.ts';
import { hold, pass, type ScreeningRule } from '../rule.ts';

/** A stolen card is spent on expensive goods. The threshold is in the order's own currency. */
export const highValue: ScreeningRule = {
  ruleId: 'high-value',
  check: ({ landedCost, limits }) => {
    const total = fromJson(landedCost.totals.total);
    const threshold = money(limits.highValueMinor[total.currency], total.currency);
    const comparison = `${formatMoney(total)}, threshold ${formatMoney(threshold)}`;
    return total.amountMinor > threshold.amountMinor
      ? hold(`above the threshold: ${comparison}`)
      : pass(comparison);
  },
};
