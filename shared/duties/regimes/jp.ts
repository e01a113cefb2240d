import type { Charge } from '../../../events/landed-cost.ts';
import { add, formatMoney, type Money, multiply, sum } from '../../kernel/money.ts';
import { charge, chargeAt } from '../assess/charge.ts';
import { classify } from '../assess/classify.ts';
import { ratioOfPercent, roundedDown } from '../assess/duty-rate.ts';
import { type ImportCase, share, type ValuedLine } from '../assess/import-case.ts';
import { domesticSale, type ImportPolicy, openPolicyCase } from '../assess/import-policy.ts';
import { findNotComputed } from '../assess/refusals.ts';
import { decisionOn, reliefOf } from '../assess/relief.ts';
import { schemeOf } from '../assess/scheme.ts';
import { taxRateOf } from '../assess/tax.ts';
import { type Assessed, type ConsignmentToAssess, defineRegime, type NotAssessable } from '../regime.ts';
import type { RuleOf } from '../rules/schema.ts';

const policy: ImportPolicy = {
  code: 'jp',
  countries: ['JP'],
  timeZone: 'Asia/Tokyo',
  currency: 'JPY',
  valuation: 'CIF',
  customs: 'JP:customs',
  tax: { code: 'jct', name: 'Consumption tax', authority: 'JP:nta' },
};

/** Goods for a person's own use are valued at this share of their retail price. */
const PERSONAL_USE = ratioOfPercent('60');
/** National consumption tax, and the local one as a share of it (Local Tax Law Art. 72-83). */
const NATIONAL = ratioOfPercent('7.8');
const LOCAL_OF_NATIONAL = { numerator: 22n, denominator: 78n };
/** Dutiable and taxable amounts are rounded down to a thousand yen, each duty and tax to a hundred. */
const BASE_STEP = 1_000;
const DUE_STEP = 100;

/**
 * Japan, goods for a person's own use: valued at 60 % of the retail price, free of duty and consumption tax up to a
 * value of JPY 10,000 except leather goods, knitwear and footwear; above, the simplified tariff and consumption tax
 * on that with duty, each rounded down.
 */
export const jp = defineRegime({
  code: 'jp',
  countries: policy.countries,
  timeZone: policy.timeZone,
  currency: policy.currency,
  tariff: 'JP',
  valuedShare: PERSONAL_USE,
  assess(consignment, context) {
    const within = consignment.shipFrom === 'JP';
    const it = openPolicyCase(policy, within ? consignment : valuedForPersonalUse(consignment), context);
    return findNotComputed(it, within) ?? (within ? domesticSale(policy, it) : imported(it));
  },
});

/** The consignment at its customs value, which does not include freight. */
function valuedForPersonalUse(consignment: ConsignmentToAssess): ConsignmentToAssess {
  const { lines, alsoSent, freight } = consignment;
  return {
    ...consignment,
    lines: lines.map((line) => {
      const value = multiply(
        { amountMinor: line.goodsValue.amount, currency: line.goodsValue.currency },
        PERSONAL_USE,
      );
      return { ...line, goodsValue: { amount: value.amountMinor, currency: value.currency } };
    }),
    alsoSent: alsoSent === undefined ? undefined : multiply(alsoSent, PERSONAL_USE),
    freight: { ...freight, amountMinor: 0 },
  };
}

interface Dutied {
  readonly line: ValuedLine;
  readonly duty: Money;
  readonly charge: Charge;
}

function imported(it: ImportCase): Assessed | NotAssessable {
  const dutiable = it.lines.filter((line) => reliefOf(it, 'duty', line) === undefined);
  const duties: Dutied[] = [];
  for (const line of dutiable) {
    const classified = classify(it, 'jp', line, line.goods);
    if (classified === undefined)
      return {
        reason: 'unclassified',
        lineId: line.lineId,
        detail: `no duty rate of JP is known for ${line.hsCode}`,
      };
    duties.push(dutyOf(it, line, classified.rule, classified.assumption));
  }
  const scheme = schemeOf(it, 'border');
  return {
    scheme: 'import',
    dataSet: duties.length === 0 ? 'IMPORT_LOW_VALUE' : 'IMPORT_STANDARD',
    deMinimis: [
      decisionOn(it, 'duty', {
        ruleId: duties[0]?.charge.ruleId ?? 'jp-duty',
        says: 'duty by the simplified tariff',
      }),
      decisionOn(it, 'tax', { ruleId: scheme?.id ?? 'jp-jct', says: 'consumption tax is due' }),
    ],
    charges: [...duties.map((each) => each.charge), ...consumptionTax(it, duties, scheme)],
  };
}

function dutyOf(
  it: ImportCase,
  line: ValuedLine,
  rule: RuleOf<'tariff-line'>,
  assumption: string | undefined,
): Dutied {
  const rate = typeof rule.rate === 'string' ? rule.rate : '0';
  const base = roundedDown(line.goods, BASE_STEP);
  const duty = roundedDown(multiply(base, ratioOfPercent(rate), 'down'), DUE_STEP);
  const text = {
    kind: 'duty',
    code: 'jp-duty',
    description: 'Customs duty JP',
    owedTo: policy.customs,
    rate,
    rule,
    assumption,
  } as const;
  const formula = () =>
    `${formatMoney(duty)} = ${formatMoney(base)} (60 % of the price, down to JPY 1,000) x ${rate} %, down to JPY 100`;
  return { line, duty, charge: charge(it, text, { lineId: line.lineId, amount: duty, base, formula }) };
}

/** National and local tax on one base, shared out to the lines by their parts of the base. */
function consumptionTax(
  it: ImportCase,
  duties: readonly Dutied[],
  scheme: RuleOf<'scheme'> | undefined,
): Charge[] {
  const taxed = it.lines.filter((line) => reliefOf(it, 'tax', line) === undefined);
  const [first] = taxed;
  if (first === undefined) return [];
  const rate = taxRateOf(it, 'jct', first);
  const bases = taxed.map((line) =>
    duties.filter((each) => each.line === line).reduce((all, { duty }) => add(all, duty), line.goods),
  );
  const base = roundedDown(sum(bases, 'JPY'), BASE_STEP);
  const national = roundedDown(multiply(base, NATIONAL, 'down'), DUE_STEP);
  const local = roundedDown(multiply(national, LOCAL_OF_NATIONAL, 'down'), DUE_STEP);
  const tax = add(national, local);
  const shares = share(it.toShopper(tax), bases);
  const formula = () =>
    `share of ${formatMoney(tax)} = ${formatMoney(national)} (7.8 % of ${formatMoney(base)}) + ${formatMoney(local)} (22/78 of that), each down to JPY 100`;
  const text = {
    kind: 'tax',
    code: 'import-jct',
    description: `Consumption tax JP ${rate.rate} %`,
    owedTo: policy.customs,
    rate: rate.rate,
    rule: scheme === undefined ? rate : { ...rate, law: `${scheme.law}; ${rate.law}` },
  } as const;
  return taxed.map(({ lineId }, index) => {
    const charged = shares[index] ?? it.toShopper(tax);
    return chargeAt(it, text, { lineId, amount: tax, base: bases[index], formula }, { charged });
  });
}
