import type { Charge, DeMinimis } from '../../../events/landed-cost.ts';
import { formatMoney, type Money, money, multiply, percent, sum, toJson } from '../../kernel/money.ts';
import { type ChargeText, charge, type ValuedLine, valueLines } from '../charges.ts';
import {
  type AssessContext,
  type Assessed,
  type ConsignmentToAssess,
  defineRegime,
  type NotAssessable,
} from '../regime.ts';
import { ruleOn } from '../rule-set.ts';
import {
  additionalDuties,
  deMinimis800,
  informalLimitMinor,
  layersKnownFrom,
  mpfFormal,
  mpfInformal,
  noDeMinimis,
  section232Candidates,
} from '../rules/us.ts';
import { type DutyRate, dutyRate, tooShort } from '../tariff.ts';

const DE_MINIMIS = money(800_00, 'USD');

/** United States: column 1 and the layers on it, on the FOB value; merchandise processing fee; no tax at the border. */
export const us = defineRegime({
  code: 'us',
  timeZone: 'America/New_York',
  tariff: 'US',
  covers: (country) => country === 'US',
  assess(consignment, context) {
    if (consignment.shipFrom === 'US')
      return { reason: 'not-supported', detail: 'sales within the United States are not priced yet' };
    // FOB: international freight is no part of the value for duty (19 U.S.C. 1401a(b)(4)(A)).
    const lines = valueLines(consignment, (amount) => context.convert(amount, 'USD'));
    const value = sum(
      lines.map(({ goods }) => goods),
      'USD',
    );
    const exempt = exemption(lines, value, context);
    if (exempt !== undefined) {
      return {
        scheme: 'de-minimis',
        dataSet: 'US_TYPE_11',
        deMinimis: decisions(value, true, exempt.id),
        charges: [],
      };
    }
    if (context.date < layersKnownFrom)
      return {
        reason: 'not-supported',
        detail: `US duties before ${layersKnownFrom} differ by country and are not kept`,
      };
    return dutiable(consignment, context, lines, value);
  },
});

function exemption(lines: readonly ValuedLine[], value: Money, { date }: AssessContext) {
  const rule = ruleOn(deMinimis800, date);
  if (rule === undefined || value.amountMinor > DE_MINIMIS.amountMinor) return undefined;
  const chinese = lines.some(({ line }) => line.originCountry === 'CN' || line.originCountry === 'HK');
  return rule.origins === 'not-CN-HK' && chinese ? undefined : rule;
}

function dutiable(
  consignment: ConsignmentToAssess,
  context: AssessContext,
  lines: readonly ValuedLine[],
  value: Money,
): Assessed | NotAssessable {
  const onDelivery = consignment.incoterm === 'DAP';
  const toShopper = (amount: Money) => context.convert(amount, consignment.currency);
  const charges: Charge[] = [];
  for (const { line, goods } of lines) {
    const covered = section232Candidates.find((prefix) => line.hsCode.startsWith(prefix));
    if (covered !== undefined)
      return {
        reason: 'trade-defence',
        lineId: line.lineId,
        detail: `a Section 232 duty may apply to ${covered} and is not computed`,
      };
    const short = tooShort(line.hsCode, 10, line.lineId);
    if (short !== undefined) return short;
    const layers = layersOf(line.hsCode, line.originCountry, context.date);
    if (layers === undefined)
      return {
        reason: 'unclassified',
        lineId: line.lineId,
        detail: `no US duty rate is known for ${line.hsCode}`,
      };
    for (const { text, rate } of layers) {
      const amount = multiply(goods, percent(rate));
      const formula = `${formatMoney(amount)} = ${formatMoney(goods)} (FOB) x ${rate} %`;
      charges.push(
        charge(text, { lineId: line.lineId, amount, base: goods, formula }, toShopper, onDelivery),
      );
    }
  }
  const informal = value.amountMinor <= informalLimitMinor;
  const fee = processingFee(value, informal, context);
  if (fee !== undefined) charges.push(charge(fee.text, fee, toShopper, onDelivery));
  const rule = ruleOn(noDeMinimis, context.date);
  return {
    scheme: informal ? 'informal-entry' : 'formal-entry',
    dataSet: informal ? 'US_TYPE_11' : 'US_TYPE_01',
    deMinimis: decisions(value, false, rule?.id ?? 'us-de-minimis-abolished'),
    charges,
  };
}

interface Layer {
  readonly text: ChargeText;
  readonly rate: string;
}

function layersOf(hsCode: string, origin: string, date: string): Layer[] | undefined {
  const column1 = dutyRate('us', hsCode);
  if (column1 === undefined) return undefined;
  const layers: Layer[] = [layer('us-column-1', 'US customs duty, column 1', column1)];
  if (origin === 'CN') {
    const section301 = dutyRate('china301', hsCode);
    if (section301 === undefined) return undefined;
    if (section301.rate !== '0')
      layers.push(layer('us-section-301-china', 'Section 301 duty on goods of China', section301));
  }
  for (const duty of additionalDuties) {
    if (ruleOn([duty], date) === undefined) continue;
    const found = duty.rateFor(origin);
    if (found === undefined) continue;
    const rate = found.netOfMfn ? netOf(found.rate, column1.rate) : found.rate;
    if (rate !== '0') layers.push(layer(duty.code, duty.description, { ...duty, rate }));
  }
  return layers.filter(({ rate }) => rate !== '0');
}

function layer(code: string, description: string, rule: DutyRate): Layer {
  return {
    text: { kind: 'duty', code, description, owedTo: 'US:cbp', rate: rule.rate, rule },
    rate: rule.rate,
  };
}

/** `max(cap - column 1, 0)` of percentages with at most two decimals, as a decimal string. */
function netOf(cap: string, column1: string): string {
  const hundredths = (decimal: string) => {
    const [whole = '0', fraction = ''] = decimal.split('.');
    return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  };
  const net = Math.max(hundredths(cap) - hundredths(column1), 0);
  return net % 100 === 0
    ? String(net / 100)
    : `${Math.floor(net / 100)}.${String(net % 100)
        .padStart(2, '0')
        .replace(/0$/, '')}`;
}

function processingFee(value: Money, informal: boolean, { date }: AssessContext) {
  if (informal) {
    const rule = ruleOn(mpfInformal, date);
    if (rule === undefined) return undefined;
    const amount = money(rule.amountMinor, 'USD');
    const text: ChargeText = {
      kind: 'fee',
      code: 'us-mpf',
      description: 'Merchandise processing fee',
      owedTo: 'US:cbp',
      rule,
    };
    return { text, amount, formula: `${formatMoney(amount)} a consignment, informal entry` };
  }
  const rule = ruleOn(mpfFormal, date);
  if (rule === undefined) return undefined;
  const exact = multiply(value, percent(rule.rate));
  const amount = money(Math.min(Math.max(exact.amountMinor, rule.minMinor), rule.maxMinor), 'USD');
  const text: ChargeText = {
    kind: 'fee',
    code: 'us-mpf',
    description: 'Merchandise processing fee',
    owedTo: 'US:cbp',
    rate: rule.rate,
    rule,
  };
  return {
    text,
    amount,
    base: value,
    formula: `${formatMoney(amount)} = ${formatMoney(value)} x ${rule.rate} %, at least ${formatMoney(money(rule.minMinor, 'USD'))}, at most ${formatMoney(money(rule.maxMinor, 'USD'))}`,
  };
}

function decisions(value: Money, relieved: boolean, ruleId: string): DeMinimis[] {
  const explanation = relieved
    ? `value ${formatMoney(value)} within ${formatMoney(DE_MINIMIS)} a person and day`
    : 'no value is free of duty any more';
  return [
    {
      on: 'duty',
      ...(relieved ? { threshold: toJson(DE_MINIMIS) } : {}),
      basis: 'FOB',
      value: toJson(value),
      relieved,
      ruleId,
      explanation,
    },
    {
      on: 'tax',
      basis: 'none',
      value: toJson(value),
      relieved: true,
      ruleId,
      explanation:
        'no tax is levied at the border; sales tax of the states is a domestic matter and not computed',
    },
  ];
}
