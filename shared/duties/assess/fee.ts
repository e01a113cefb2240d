import type { Charge } from '../../../events/landed-cost.ts';
import { defined } from '../../kernel/defined.ts';
import {
  add,
  compare,
  formatMoney,
  fromJson,
  type Money,
  multiply,
  times,
  zero,
} from '../../kernel/money.ts';
import type { RuleOf } from '../rules/schema.ts';
import { charge } from './charge.ts';
import { ratioOfPercent } from './duty-rate.ts';
import type { ImportCase } from './import-case.ts';

/** A statutory fee in the regime's currency, with its charge in the shopper's. */
export interface FeeDue {
  readonly amount: Money;
  readonly inTaxBase: boolean;
  readonly charge: Charge;
}

/**
 * The fees of a consignment, each on the whole consignment. A fee on value is a percentage of `value`, between a
 * minimum and a maximum. A fee per subheading is due once for each six-digit code of the goods.
 */
export function feesOf(
  it: ImportCase,
  value: Money,
  owedTo: string,
  isMeant: (fee: RuleOf<'fee'>) => boolean = () => true,
): FeeDue[] {
  const codes = new Set(it.rules.matching('fee', it).map(({ code }) => code));
  return [...codes].flatMap((code) => {
    const fee = it.rules.find('fee', it, undefined, (row) => row.code === code && isMeant(row));
    return fee === undefined ? [] : [feeDue(it, fee, value, owedTo)];
  });
}

function feeDue(it: ImportCase, fee: RuleOf<'fee'>, value: Money, owedTo: string): FeeDue {
  const { amount: net, formula } = fee.amount === undefined ? onValue(it, fee, value) : each(it, fee);
  const tax = fee.taxedAt === undefined ? undefined : ratioOfPercent(fee.taxedAt);
  const amount =
    tax === undefined
      ? net
      : multiply(net, { numerator: tax.denominator + tax.numerator, denominator: tax.denominator });
  const { code, description } = fee;
  const rate =
    fee.rate ?? (it.context.explain && fee.amount !== undefined ? unitRate(fee.amount) : undefined);
  const withTax = () =>
    fee.taxedAt === undefined ? formula() : `${formatMoney(amount)} = ${formatMoney(net)} + ${fee.taxedAt} %`;
  return {
    amount,
    inTaxBase: fee.inTaxBase,
    charge: charge(
      it,
      {
        kind: 'fee',
        code,
        description,
        owedTo: fee.owedTo ?? owedTo,
        ...defined({ rate }),
        rule: fee,
      },
      { amount, ...(fee.rate === undefined ? {} : { base: value }), formula: withTax },
    ),
  };
}

/** An amount written as a rate: `2.77`. */
export const unitRate = (amount: Parameters<typeof fromJson>[0]): string =>
  formatMoney(fromJson(amount)).split(' ')[0] ?? '';

function each(it: ImportCase, fee: RuleOf<'fee'>): { amount: Money; formula: () => string } {
  const one = fee.amount === undefined ? zero(it.currency) : fromJson(fee.amount);
  const count = fee.per === 'subheading' ? new Set(it.lines.map(({ hsCode }) => hsCode.slice(0, 6))).size : 1;
  const amount = times(one, count);
  return { amount, formula: () => `${formatMoney(amount)} = ${formatMoney(one)} x ${count} ${fee.per}` };
}

function onValue(
  it: ImportCase,
  { rate = '0', least, most }: RuleOf<'fee'>,
  value: Money,
): { amount: Money; formula: () => string } {
  const exact = multiply(value, ratioOfPercent(rate));
  const floor = least === undefined ? zero(it.currency) : fromJson(least);
  const atLeast = compare(exact, floor) < 0 ? floor : exact;
  const ceiling = most === undefined ? atLeast : fromJson(most);
  const amount = compare(atLeast, ceiling) > 0 ? ceiling : atLeast;
  const bounds = [
    ...(least === undefined ? [] : [`at least ${formatMoney(fromJson(least))}`]),
    ...(most === undefined ? [] : [`at most ${formatMoney(fromJson(most))}`]),
  ];
  return {
    amount,
    formula: () => [`${formatMoney(amount)} = ${formatMoney(value)} x ${rate} %`, ...bounds].join(', '),
  };
}

/** The sum of fees that tax is charged on, or zero. */
export function taxedFees(it: ImportCase, fees: readonly FeeDue[]): Money {
  return fees
    .filter(({ inTaxBase }) => inTaxBase)
    .reduce((all, { amount }) => add(all, it.context.convert(amount, it.currency)), zero(it.currency));
}
