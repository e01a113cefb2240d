import type { Charge, DeMinimis } from '../../../events/landed-cost.ts';
import { type EuMemberState, isEuMemberState } from '../../kernel/country.ts';
import {
  add,
  compare,
  formatMoney,
  type Money,
  money,
  multiply,
  percent,
  sum,
  times,
  toJson,
} from '../../kernel/money.ts';
import { type ChargeText, charge, type ValuedLine, valueLines, vatCharges } from '../charges.ts';
import {
  type AssessContext,
  type Assessed,
  type ConsignmentToAssess,
  defineRegime,
  type NotAssessable,
} from '../regime.ts';
import { ruleOn } from '../rule-set.ts';
import {
  antiDumping,
  flatDuty,
  importVat,
  ioss,
  nationalFees,
  oss,
  reducedRates,
  reliefTo150,
  type VatRate,
  vatRates,
} from '../rules/eu.ts';
import { dutyRate, tooShort } from '../tariff.ts';

const THRESHOLD = money(150_00, 'EUR');
const PER_LINE = money(3_00, 'EUR');

interface Case {
  readonly consignment: ConsignmentToAssess;
  readonly context: AssessContext;
  readonly state: EuMemberState;
  readonly lines: readonly ValuedLine[];
  readonly intrinsic: Money;
  /** To the shopper's currency. */
  readonly toShopper: (amount: Money) => Money;
  /** Under DAP what is due at the border is paid by the consignee on delivery. */
  readonly onDelivery: boolean;
}

/**
 * The 27 member states: sales within the Union under OSS, imports up to EUR 150 under IOSS with the flat duty,
 * imports above by tariff on the CIF value with import VAT.
 */
export const eu = defineRegime({
  code: 'eu',
  timeZone: 'Europe/Brussels',
  tariff: 'EU',
  covers: isEuMemberState,
  assess(consignment, context) {
    const lines = valueLines(consignment, (amount) => context.convert(amount, 'EUR'));
    const intrinsic = sum(
      lines.map(({ goods }) => goods),
      'EUR',
    );
    const it: Case = {
      consignment,
      context,
      state: consignment.destination.country as EuMemberState,
      lines,
      intrinsic,
      toShopper: (amount) => context.convert(amount, consignment.currency),
      onDelivery: consignment.incoterm === 'DAP',
    };
    if (isEuMemberState(consignment.shipFrom)) return withinTheUnion(it);
    return compare(intrinsic, THRESHOLD) <= 0 ? lowValue(it) : byTariff(it);
  },
});

function withinTheUnion(it: Case): Assessed {
  const owedTo = `${it.state}:oss`;
  return {
    scheme: 'oss',
    deMinimis: [],
    // A sale within the Union is taxed at the sale whatever the incoterm.
    charges: vat({ ...it, onDelivery: false }, { code: 'vat', owedTo, law: oss.law, extra: () => undefined }),
  };
}

function lowValue(it: Case): Assessed {
  const withIoss = it.context.seller.ioss !== undefined;
  const duty = flatDutyCharges(it);
  const owedTo = withIoss ? `${it.state}:ioss` : `${it.state}:customs`;
  const onDelivery = it.onDelivery && !withIoss;
  const taxed = { ...it, onDelivery };
  return {
    scheme: withIoss ? 'ioss' : 'import-vat',
    dataSet: 'EU_H7',
    deMinimis: [dutyDecision(it), taxDecision(it)],
    charges: [
      ...duty.map((figure) => charge(figure.text, figure, it.toShopper, onDelivery)),
      ...fees(taxed),
      // Art. 78(a): duty that is charged on to the buyer is part of what the supply costs.
      ...vat(taxed, {
        code: withIoss ? 'ioss-vat' : 'import-vat',
        owedTo,
        law: withIoss ? ioss.law : importVat.law,
        extra: (lineId) => duty.find((figure) => figure.lineId === lineId)?.amount,
      }),
    ],
  };
}

/** EUR 3 for each distinct tariff classification, description and origin; charged to the first line of each. */
function flatDutyCharges(it: Case) {
  const rule = ruleOn(flatDuty, it.context.date);
  if (rule === undefined) return [];
  const seen = new Set<string>();
  return it.lines.flatMap(({ line }) => {
    const item = `${line.hsCode.slice(0, 6)}|${line.description}|${line.originCountry}`;
    if (seen.has(item)) return [];
    seen.add(item);
    const text: ChargeText = {
      kind: 'duty',
      code: 'eu-flat-duty',
      description: 'EU flat customs duty',
      owedTo: `${it.state}:customs`,
      rate: '3.00',
      rule,
    };
    return [
      {
        text,
        lineId: line.lineId,
        amount: PER_LINE,
        formula: `${formatMoney(PER_LINE)} = ${formatMoney(PER_LINE)} x 1 declaration line (EU flat duty, Reg. (EU) 2026/382)`,
      },
    ];
  });
}

function byTariff(it: Case): Assessed | NotAssessable {
  const duties = new Map<string, { amount: Money; charge: Charge }>();
  for (const { line, goods, freight } of it.lines) {
    const dumped = antiDumping.find(
      ({ hsPrefix, origin }) => line.hsCode.startsWith(hsPrefix) && line.originCountry === origin,
    );
    if (dumped !== undefined) {
      return {
        reason: 'trade-defence',
        lineId: line.lineId,
        detail: `an anti-dumping duty may apply (${dumped.law}) and is not computed`,
      };
    }
    const short = tooShort(line.hsCode, 8, line.lineId);
    if (short !== undefined) return short;
    const rate = dutyRate('eu', line.hsCode);
    if (rate === undefined)
      return {
        reason: 'unclassified',
        lineId: line.lineId,
        detail: `no EU duty rate is known for ${line.hsCode}`,
      };
    const base = add(goods, freight);
    const amount = multiply(base, percent(rate.rate));
    const text: ChargeText = {
      kind: 'duty',
      code: 'eu-third-country-duty',
      description: 'EU customs duty',
      owedTo: `${it.state}:customs`,
      rate: rate.rate,
      rule: rate,
    };
    const formula = `${formatMoney(amount)} = ${formatMoney(base)} (CIF) x ${rate.rate} %`;
    duties.set(line.lineId, {
      amount,
      charge: charge(text, { lineId: line.lineId, amount, base, formula }, it.toShopper, it.onDelivery),
    });
  }
  const charges = [...duties.values()].map((duty) => duty.charge);
  return {
    scheme: 'import-vat',
    dataSet: 'EU_H1',
    deMinimis: [dutyDecision(it), taxDecision(it)],
    charges: [
      ...charges,
      ...vat(it, {
        code: 'import-vat',
        owedTo: `${it.state}:customs`,
        law: importVat.law,
        extra: (lineId) => duties.get(lineId)?.amount,
      }),
    ],
  };
}

function fees(it: Case): Charge[] {
  return nationalFees
    .filter((fee) => fee.state === it.state && fee.from <= it.context.date)
    .map((fee) => {
      const each = money(fee.amountMinor, fee.currency);
      const count =
        fee.per === 'parcel' ? 1 : new Set(it.lines.map(({ line }) => line.hsCode.slice(0, 6))).size;
      const amount = times(each, count);
      const text: ChargeText = {
        kind: 'fee',
        code: fee.code,
        description: fee.description,
        owedTo: `${it.state}:customs`,
        rule: fee,
      };
      return charge(
        text,
        { amount, formula: `${formatMoney(amount)} = ${formatMoney(each)} x ${count} ${fee.per}` },
        it.toShopper,
        it.onDelivery,
      );
    });
}

interface VatOf {
  readonly code: string;
  readonly owedTo: string;
  readonly law: string;
  /** What else is in the base of a line: its duty. */
  readonly extra: (lineId: string) => Money | undefined;
}

function vat(it: Case, { code, owedTo, law, extra }: VatOf): Charge[] {
  const bases = it.lines.map(({ line, goods, freight }) => {
    const duty = extra(line.lineId);
    const base = duty === undefined ? add(goods, freight) : add(add(goods, freight), duty);
    return { lineId: line.lineId, base, rate: vatRate(it, line.hsCode) };
  });
  return vatCharges(bases, {
    code,
    description: `VAT ${it.state}`,
    owedTo,
    law,
    toShopper: it.toShopper,
    onDelivery: it.onDelivery,
  });
}

function vatRate(it: Case, hsCode: string): VatRate {
  const reduced = ruleOn(
    reducedRates.filter(({ state, hsPrefix }) => state === it.state && hsCode.startsWith(hsPrefix)),
    it.context.date,
  );
  const rate = reduced ?? ruleOn(vatRates[it.state], it.context.date);
  if (rate === undefined) throw new Error(`no VAT rate of ${it.state} on ${it.context.date}`);
  return rate;
}

function dutyDecision(it: Case): DeMinimis {
  const under = compare(it.intrinsic, THRESHOLD) <= 0;
  const value = formatMoney(it.intrinsic);
  const relief = ruleOn(reliefTo150, it.context.date);
  const flat = ruleOn(flatDuty, it.context.date);
  const outcome = !under
    ? 'over the threshold: duty by tariff'
    : relief !== undefined
      ? 'relieved of duty'
      : flat !== undefined
        ? 'flat duty a declaration line'
        : 'duty by tariff';
  return {
    on: 'duty',
    threshold: toJson(THRESHOLD),
    basis: 'intrinsic',
    value: toJson(it.intrinsic),
    relieved: under && relief !== undefined,
    ruleId: relief?.id ?? flat?.id ?? 'eu-third-country-duty',
    explanation: `intrinsic value ${value} against ${formatMoney(THRESHOLD)}: ${outcome}`,
  };
}

function taxDecision(it: Case): DeMinimis {
  return {
    on: 'tax',
    basis: 'none',
    value: toJson(it.intrinsic),
    relieved: false,
    ruleId: ioss.id,
    explanation: 'no import is free of VAT in the Union since 2021-07-01',
  };
}
