import type { Charge, DeMinimis } from '../../../events/landed-cost.ts';
import {
  add,
  compare,
  formatMoney,
  type Money,
  money,
  multiply,
  percent,
  sum,
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
  domesticVat,
  importVat,
  outsideRelief,
  reliefTo135,
  standardVat,
  supplyVat,
  zeroRated,
} from '../rules/gb.ts';
import { dutyRate, tooShort } from '../tariff.ts';

const THRESHOLD = money(135_00, 'GBP');

/** Great Britain: supply VAT at the sale up to GBP 135, duty and import VAT on the CIF value above. */
export const gb = defineRegime({
  code: 'gb',
  timeZone: 'Europe/London',
  tariff: 'GB',
  covers: (country) => country === 'GB',
  assess(consignment, context) {
    const lines = valueLines(consignment, (amount) => context.convert(amount, 'GBP'));
    const intrinsic = sum(
      lines.map(({ goods }) => goods),
      'GBP',
    );
    if (consignment.shipFrom === 'GB') return withinGreatBritain(consignment, context, lines);
    const excluded = lines.some(({ line }) => outsideRelief.some((prefix) => line.hsCode.startsWith(prefix)));
    const low = compare(intrinsic, THRESHOLD) <= 0 && !excluded;
    return low
      ? lowValue(consignment, context, lines, intrinsic)
      : aboveThreshold(consignment, context, lines, intrinsic);
  },
});

/** A sale of goods that are in the country: VAT at the sale whatever the incoterm, no border. */
function withinGreatBritain(
  consignment: ConsignmentToAssess,
  context: AssessContext,
  lines: readonly ValuedLine[],
): Assessed | NotAssessable {
  if (context.seller.gbVat === undefined) {
    return { reason: 'not-registered', detail: 'sales within Great Britain take a GB VAT number' };
  }
  const text = { code: 'vat', owedTo: 'GB:hmrc-vat', law: domesticVat.law, onDelivery: false };
  return {
    scheme: 'domestic',
    deMinimis: [],
    charges: vat(lines, () => undefined, consignment, context, text),
  };
}

function lowValue(
  consignment: ConsignmentToAssess,
  context: AssessContext,
  lines: readonly ValuedLine[],
  intrinsic: Money,
): Assessed | NotAssessable {
  if (context.seller.gbVat === undefined) {
    return {
      reason: 'not-registered',
      detail: 'sales up to GBP 135 are taxed at the sale, which takes a GB VAT number',
    };
  }
  const tax = vat(lines, () => undefined, consignment, context, {
    code: 'supply-vat',
    owedTo: 'GB:hmrc-vat',
    law: supplyVat.law,
    onDelivery: false,
  });
  return { scheme: 'supply-vat', dataSet: 'GB_H7', deMinimis: decisions(intrinsic, true), charges: tax };
}

function aboveThreshold(
  consignment: ConsignmentToAssess,
  context: AssessContext,
  lines: readonly ValuedLine[],
  intrinsic: Money,
): Assessed | NotAssessable {
  const onDelivery = consignment.incoterm === 'DAP';
  const duties = new Map<string, { readonly amount: Money; readonly charge: Charge }>();
  for (const { line, goods, freight } of lines) {
    const short = tooShort(line.hsCode, 8, line.lineId);
    if (short !== undefined) return short;
    const rate = dutyRate('gb', line.hsCode);
    if (rate === undefined)
      return {
        reason: 'unclassified',
        lineId: line.lineId,
        detail: `no UK duty rate is known for ${line.hsCode}`,
      };
    const base = add(goods, freight);
    const amount = multiply(base, percent(rate.rate));
    const text: ChargeText = {
      kind: 'duty',
      code: 'gb-third-country-duty',
      description: 'UK customs duty',
      owedTo: 'GB:hmrc-customs',
      rate: rate.rate,
      rule: rate,
    };
    const formula = `${formatMoney(amount)} = ${formatMoney(base)} (CIF) x ${rate.rate} %`;
    duties.set(line.lineId, {
      amount,
      charge: charge(
        text,
        { lineId: line.lineId, amount, base, formula },
        (each) => context.convert(each, consignment.currency),
        onDelivery,
      ),
    });
  }
  const tax = vat(lines, (lineId) => duties.get(lineId)?.amount, consignment, context, {
    code: 'import-vat',
    owedTo: 'GB:hmrc-customs',
    law: importVat.law,
    onDelivery,
  });
  return {
    scheme: 'import-vat',
    dataSet: 'GB_H1',
    deMinimis: decisions(intrinsic, false),
    charges: [...[...duties.values()].map((duty) => duty.charge), ...tax],
  };
}

interface VatOf {
  readonly code: string;
  readonly owedTo: string;
  readonly law: string;
  readonly onDelivery: boolean;
}

function vat(
  lines: readonly ValuedLine[],
  dutyOf: (lineId: string) => Money | undefined,
  consignment: ConsignmentToAssess,
  context: AssessContext,
  text: VatOf,
): Charge[] {
  const bases = lines.map(({ line, goods, freight }) => {
    const duty = dutyOf(line.lineId);
    const price = add(goods, freight);
    const rate =
      ruleOn(
        zeroRated.filter(({ hsPrefix }) => line.hsCode.startsWith(hsPrefix)),
        context.date,
      ) ?? ruleOn(standardVat, context.date);
    if (rate === undefined) throw new Error(`no UK VAT rate on ${context.date}`);
    return { lineId: line.lineId, base: duty === undefined ? price : add(price, duty), rate };
  });
  return vatCharges(bases, {
    ...text,
    description: 'VAT GB',
    toShopper: (each) => context.convert(each, consignment.currency),
  });
}

function decisions(intrinsic: Money, relieved: boolean): DeMinimis[] {
  const value = toJson(intrinsic);
  const explanation = `intrinsic value ${formatMoney(intrinsic)} against ${formatMoney(THRESHOLD)}: ${relieved ? 'relieved of duty' : 'duty by tariff'}`;
  return [
    {
      on: 'duty',
      threshold: toJson(THRESHOLD),
      basis: 'intrinsic',
      value,
      relieved,
      ruleId: reliefTo135.id,
      explanation,
    },
    {
      on: 'tax',
      basis: 'none',
      value,
      relieved: false,
      ruleId: relieved ? supplyVat.id : importVat.id,
      explanation: 'no import is free of VAT since 2021-01-01',
    },
  ];
}
