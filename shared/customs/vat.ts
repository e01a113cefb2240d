import type { Charge } from '../../events/landed-cost.ts';
import { formatMoney, type Money, multiply, percent, sum } from '../kernel/money.ts';
import { charge, share } from './charges.ts';
import { needsReview, ruleOn } from './rule-set.ts';
import type { Scheme, VatRate } from './rules/schema.ts';

/** The rate that holds for goods of that code in the country: the one for the goods, else the standard rate. */
export function vatRateFor(
  rates: readonly VatRate[],
  { country, hsCode, date }: { readonly country: string; readonly hsCode: string; readonly date: string },
): VatRate {
  const own = rates.filter((rate) => rate.country === country);
  const ofGoods = own.filter(({ hsPrefix }) => hsPrefix !== undefined && hsCode.startsWith(hsPrefix));
  const rate =
    ruleOn(ofGoods, date) ??
    ruleOn(
      own.filter(({ hsPrefix }) => hsPrefix === undefined),
      date,
    );
  if (rate === undefined) throw new Error(`no VAT rate of ${country} on ${date}`);
  return rate;
}

/** A line's taxable amount in the regime's currency. */
export interface TaxedLine {
  readonly lineId: string;
  readonly base: Money;
  readonly rate: VatRate;
}

export interface VatText {
  readonly code: string;
  readonly description: string;
  readonly owedTo: string;
  readonly scheme: Scheme;
  readonly toShopper: (amount: Money) => Money;
  readonly onDelivery: boolean;
}

/**
 * VAT by rate: rounded once on the sum of the bases that share a rate, converted once, then shared out to the
 * lines, so that the lines add up to the tax of the consignment to the minor unit.
 */
export function vatCharges(lines: readonly TaxedLine[], text: VatText): Charge[] {
  return [...Map.groupBy(lines, ({ rate }) => rate.id).values()].flatMap((taxed) => {
    const [first] = taxed;
    return first === undefined ? [] : chargesAt(first.rate, taxed, text);
  });
}

function chargesAt(rate: VatRate, taxed: readonly TaxedLine[], text: VatText): Charge[] {
  const { scheme, description, toShopper, onDelivery, ...named } = text;
  const bases = taxed.map(({ base }) => base);
  const base = sum(bases, bases[0]?.currency ?? 'EUR');
  const tax = multiply(base, percent(rate.rate));
  const charged = toShopper(tax);
  const shares = share(charged, bases);
  const converted = charged.currency === tax.currency ? '' : `, ${formatMoney(charged)} at the locked rate`;
  const rule = {
    ...rate,
    law: `${scheme.law}; ${rate.law}`,
    ...(needsReview(scheme) ? { review: scheme.review ?? 'the scheme' } : {}),
  };
  return taxed.map((line, index) =>
    charge(
      { ...named, kind: 'tax', description: `${description} ${rate.rate} %`, rate: rate.rate, rule },
      {
        lineId: line.lineId,
        amount: shares[index] as Money,
        base: line.base,
        formula: `share of ${formatMoney(tax)} = ${formatMoney(base)} x ${rate.rate} %${converted}`,
      },
      (amount) => amount,
      onDelivery,
    ),
  );
}
