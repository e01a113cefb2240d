import type { Charge, DeMinimis } from '../../../events/landed-cost.ts';
import {
  compare,
  formatMoney,
  fromJson,
  type Money,
  multiply,
  percent,
  sum,
  toJson,
} from '../../kernel/money.ts';
import { charge, thresholdValue, type ValuedLine, valueLines } from '../charges.ts';
import { findNotComputed } from '../not-computed.ts';
import {
  type AssessContext,
  type Assessed,
  type ConsignmentToAssess,
  defineRegime,
  type NotAssessable,
} from '../regime.ts';
import { isAmong, ruleOn } from '../rule-set.ts';
import type { Relief } from '../rules/schema.ts';
import { informalEntryLimits, noDeMinimis, processingFees, usReliefs } from '../rules/us.ts';
import { tooShort } from '../tariff.ts';
import { dutyLayers } from './us-layers.ts';

/**
 * United States: column 1 and the layers on it, on the FOB value; merchandise processing fee; no tax at the
 * border. Mail is not priced: it is cleared by a procedure of its own.
 */
export const us = defineRegime({
  code: 'us',
  timeZone: 'America/New_York',
  tariff: 'US',
  covers: (country) => country === 'US',
  assess(consignment, context) {
    if (consignment.shipFrom === 'US')
      return { reason: 'not-supported', detail: 'sales within the United States are not priced yet' };
    const excise = findNotComputed('us', consignment, context.date, 'within-the-border');
    if (excise !== undefined) return excise;
    const toDollars = (amount: Money) => context.convert(amount, 'USD');
    // FOB: international freight is no part of the value for duty (19 U.S.C. 1401a(b)(4)(A)).
    const lines = valueLines(consignment, toDollars);
    const tested = thresholdValue(consignment, toDollars);
    const relief = reliefOf(lines, tested, context);
    if (relief !== undefined)
      return {
        scheme: 'de-minimis',
        dataSet: 'US_TYPE_11',
        deMinimis: decisions(tested, relief.id, relief),
        charges: [],
      };
    const refusal = findNotComputed('us', consignment, context.date, 'at-the-border');
    if (refusal !== undefined) return refusal;
    if (consignment.channel === 'post')
      return {
        reason: 'not-supported',
        detail: 'mail to the United States is cleared by the postal informal entry, which is not filed',
      };
    return dutiable(consignment, context, lines, tested);
  },
});

function reliefOf(lines: readonly ValuedLine[], tested: Money, { date }: AssessContext): Relief | undefined {
  const relief = ruleOn(usReliefs, date);
  if (relief === undefined || compare(tested, fromJson(relief.threshold)) > 0) return undefined;
  return lines.some(({ line }) => relief.exceptOrigins.includes(line.originCountry)) ? undefined : relief;
}

function dutiable(
  consignment: ConsignmentToAssess,
  context: AssessContext,
  lines: readonly ValuedLine[],
  tested: Money,
): Assessed | NotAssessable {
  const onDelivery = consignment.incoterm === 'DAP';
  const toShopper = (amount: Money) => context.convert(amount, consignment.currency);
  const charges: Charge[] = [];
  for (const { line, goods } of lines) {
    const { lineId, hsCode, originCountry } = line;
    const short = tooShort(hsCode, 10, lineId);
    if (short !== undefined) return short;
    const layers = dutyLayers(hsCode, originCountry, context.date);
    if (layers === undefined)
      return { reason: 'unclassified', lineId, detail: `no US duty rate is known for ${hsCode}` };
    for (const { text, rate } of layers) {
      const amount = multiply(goods, percent(rate));
      const formula = `${formatMoney(amount)} = ${formatMoney(goods)} (FOB) x ${rate} %`;
      charges.push(charge(text, { lineId, amount, base: goods, formula }, toShopper, onDelivery));
    }
  }
  const limit = ruleOn(informalEntryLimits, context.date);
  const informal = limit !== undefined && compare(tested, fromJson(limit.threshold)) <= 0;
  const value = sum(
    lines.map(({ goods }) => goods),
    'USD',
  );
  const fee = processingFee(value, informal, context, toShopper, onDelivery);
  return {
    scheme: informal ? 'informal-entry' : 'formal-entry',
    dataSet: informal ? 'US_TYPE_11' : 'US_TYPE_01',
    deMinimis: decisions(tested, ruleOn(noDeMinimis, context.date)?.id ?? 'us-de-minimis-suspended'),
    charges: [...charges, ...fee],
  };
}

/** One amount an informal entry; a percentage of the value between a least and a most a formal one. */
function processingFee(
  value: Money,
  informal: boolean,
  { date }: AssessContext,
  toShopper: (amount: Money) => Money,
  onDelivery: boolean,
): Charge[] {
  const entry = informal ? 'informal' : 'formal';
  const rule = ruleOn(
    processingFees.filter((fee) => fee.entry === entry),
    date,
  );
  if (rule === undefined) return [];
  const text = {
    kind: 'fee',
    code: 'us-mpf',
    description: 'Merchandise processing fee',
    owedTo: 'US:cbp',
    rule,
  } as const;
  const [least, most] = [fromJson(rule.least), fromJson(rule.most)];
  if (rule.rate === undefined) {
    const formula = `${formatMoney(least)} a consignment, ${entry} entry`;
    return [charge(text, { amount: least, formula }, toShopper, onDelivery)];
  }
  const exact = multiply(value, percent(rule.rate));
  const atLeast = compare(exact, least) < 0 ? least : exact;
  const amount = compare(atLeast, most) > 0 ? most : atLeast;
  const formula = `${formatMoney(amount)} = ${formatMoney(value)} x ${rule.rate} %, at least ${formatMoney(least)}, at most ${formatMoney(most)}`;
  return [charge({ ...text, rate: rule.rate }, { amount, base: value, formula }, toShopper, onDelivery)];
}

function decisions(value: Money, ruleId: string, relief?: Relief): DeMinimis[] {
  const explanation =
    relief === undefined
      ? 'no value is free of duty any more'
      : `value ${formatMoney(value)} within ${formatMoney(fromJson(relief.threshold))} a person and day`;
  return [
    {
      on: 'duty',
      ...(relief === undefined ? {} : { threshold: relief.threshold }),
      basis: 'FOB',
      value: toJson(value),
      relieved: relief !== undefined,
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
