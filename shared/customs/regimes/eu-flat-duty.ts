import { formatMoney, fromJson } from '../../kernel/money.ts';
import { charge } from '../charges.ts';
import type { FlatDuty } from '../rules/schema.ts';
import type { LineDuty } from '../tariff-duty.ts';
import type { EuCase } from './eu-case.ts';
import { firstOfEachItem } from './eu-items.ts';

/** The flat duty of each item, charged to its first line. */
export function flatDuties({ lines, state, toShopper, onDelivery }: EuCase, rule: FlatDuty): LineDuty[] {
  const amount = fromJson(rule.amount);
  const [rate = ''] = formatMoney(amount).split(' ');
  const formula = `${formatMoney(amount)} = ${formatMoney(amount)} x 1 item`;
  return firstOfEachItem(lines, 6).map(({ line: { lineId } }) => ({
    lineId,
    amount,
    charge: charge(
      {
        kind: 'duty',
        code: 'eu-flat-duty',
        description: 'EU flat customs duty',
        owedTo: `${state}:customs`,
        rate,
        rule,
      },
      { lineId, amount, formula },
      toShopper,
      onDelivery,
    ),
  }));
}
