import type { Charge } from '../../../events/landed-cost.ts';
import { defined } from '../../kernel/defined.ts';
import { invariant } from '../../kernel/invariant.ts';
import { formatMoney, type Money, sum, zero } from '../../kernel/money.ts';
import { needsReview } from '../rule-book.ts';
import type { RuleOf } from '../rules/schema.ts';
import { chargeAt } from './charge.ts';
import { multiplyTo, type RoundingStep, ratioOfPercent } from './duty-rate.ts';
import { type ImportCase, share, type ValuedLine } from './import-case.ts';
import { noteTaxOnGoods } from './tax-on-goods.ts';

export interface TaxText {
  /** Code of the charge: `ioss-vat`, `import-gst`. */
  readonly code: string;
  readonly description: string;
  readonly owedTo: string;
  /** The law under which it is collected, in addition to the law of the rate. */
  readonly scheme?: RuleOf<'scheme'> | undefined;
  readonly onDelivery?: boolean;
  /** The rounding of the tax; half up to a minor unit if absent. */
  readonly rounding?: RoundingStep | undefined;
  /** The parts of the taxable amount in words: `goods + freight + duty`. */
  readonly of?: string;
}

/** A line's taxable amount in the regime's currency. */
export interface TaxedLine {
  readonly line: ValuedLine;
  readonly base: Money;
  /** The part of the base that is computed from the price of the goods; that price if absent. */
  readonly ofGoods?: Money | undefined;
}

/** The rate of a tax for a line's goods at the destination. */
export function taxRateOf(it: ImportCase, tax: string, line: ValuedLine): RuleOf<'tax-rate'> {
  const rate = it.rules.find('tax-rate', it, line, ({ code }) => code === tax);
  invariant(rate !== undefined, 'every destination needs a tax rate for every date', {
    tax,
    country: it.destination.country,
    date: it.context.date,
  });
  return rate;
}

/**
 * A tax by rate. It is rounded once, half up, on the sum of the bases that share a rate, then converted once, then
 * shared out to the lines. So the lines add up to the tax of the consignment to the minor unit.
 */
export function taxCharges(
  it: ImportCase,
  tax: string,
  lines: readonly TaxedLine[],
  text: TaxText,
): Charge[] {
  const rated = lines.map((taxed) => ({ ...taxed, rate: taxRateOf(it, tax, taxed.line) }));
  return [...Map.groupBy(rated, ({ rate }) => rate.id).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : chargesAt(it, first.rate, group, text);
  });
}

function chargesAt(
  it: ImportCase,
  rate: RuleOf<'tax-rate'>,
  taxed: readonly TaxedLine[],
  { scheme, description, onDelivery = it.onDelivery, of, rounding, ...named }: TaxText,
): Charge[] {
  const bases = taxed.map(({ base }) => base);
  const base = sum(bases, it.currency);
  const tax = taxAt(base, rate, rounding);
  const charged = it.toShopper(tax);
  const shares = share(charged, bases);
  const explained = () => {
    const converted = charged.currency === tax.currency ? '' : `; ${formatMoney(charged)} at the locked rate`;
    const whole = `${formatMoney(tax)} = ${formatMoney(base)}${of === undefined ? '' : ` (${of})`} x ${rateWords(rate)}${converted}`;
    return taxed.length === 1 ? whole : `share of ${whole}`;
  };
  const formula = it.context.explain ? explained() : '';
  const review = scheme !== undefined && needsReview(scheme) ? (scheme.review ?? 'the scheme') : rate.review;
  const rule = {
    id: rate.id,
    law: scheme === undefined ? rate.law : `${scheme.law}; ${rate.law}`,
    provenance: rate.provenance,
    ...defined({ review }),
  };
  return taxed.map(({ line: { lineId, goods }, base: own, ofGoods = goods }, index) => {
    const made = chargeAt(
      it,
      { ...named, kind: 'tax', description: `${description} ${rate.rate} %`, rate: rate.rate, rule },
      { lineId, amount: own, base: own, formula: () => formula },
      { charged: shares[index] ?? zero(charged.currency), onDelivery },
    );
    return noteTaxOnGoods(it, made, { goods: ofGoods, base: own });
  });
}

/** `17 %`, or `17 % / (100 % - 17 %)` where the tax is part of its own base. */
const rateWords = ({ rate, inside }: RuleOf<'tax-rate'>) =>
  inside === true ? `${rate} % / (100 % - ${rate} %)` : `${rate} %`;

function taxAt(base: Money, { rate, inside }: RuleOf<'tax-rate'>, step: RoundingStep | undefined): Money {
  const share = ratioOfPercent(rate);
  const ratio =
    inside === true
      ? { numerator: share.numerator, denominator: share.denominator - share.numerator }
      : share;
  return multiplyTo(base, ratio, step);
}
