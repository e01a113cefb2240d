import type { DeMinimis } from '../../../events/landed-cost.ts';
import { compare, formatMoney, fromJson, sum } from '../../kernel/money.ts';
import { charge } from '../assess/charge.ts';
import { declaredCodes } from '../assess/declared-code.ts';
import { type LineDuty, preferenceOf, tariffDuty } from '../assess/duty.ts';
import { feesOf, unitRate } from '../assess/fee.ts';
import { type ImportCase, openCase } from '../assess/import-case.ts';
import { findNoImporter, findNotComputed } from '../assess/refusals.ts';
import { decisionOn, reliefOf } from '../assess/relief.ts';
import { simplifiedDuties, simplifiedRuleOf } from '../assess/simplified-duty.ts';
import { type Assessed, defineRegime, isRefusal, type NotAssessable } from '../regime.ts';

const COLUMN_1 = { tariff: 'us', valuation: 'FOB' } as const;

/**
 * United States: column 1 and the layers on it, on the FOB value (19 U.S.C. 1401a(b)(4)(A): international freight
 * is no part of it); merchandise processing fee; no tax at the border. Mail is priced until 2026-07-23: since then
 * it is cleared by a procedure of its own.
 */
export const us = defineRegime({
  code: 'us',
  countries: ['US'],
  timeZone: 'America/New_York',
  currency: 'USD',
  tariff: 'US',
  assess(consignment, context) {
    if (consignment.shipFrom === 'US')
      return { reason: 'not-supported', detail: 'sales within the United States are not priced yet' };
    const it = openCase(consignment, context, { regime: 'us', currency: 'USD', registered: false });
    const excise = findNotComputed(it, true);
    if (excise !== undefined) return excise;
    if (it.lines.every((line) => reliefOf(it, 'duty', line) !== undefined)) return relieved(it);
    if (consignment.channel === 'post') return byPost(it);
    const refusal = findNotComputed(it, false) ?? findNoImporter(it);
    if (refusal !== undefined) return refusal;
    return dutiable(it);
  },
});

function relieved(it: ImportCase): Assessed {
  return { scheme: 'de-minimis', dataSet: 'US_TYPE_11', deMinimis: decisions(it), charges: [] };
}

/** A consignment is relieved whole or not at all: one line outside the exemption removes it for all lines. */
function dutiable(it: ImportCase): Assessed | NotAssessable {
  const duties: LineDuty[] = [];
  for (const line of it.lines) {
    // None of the duties on top of column 1 is part of another's base.
    const own = tariffDuty(it, line, {
      ...COLUMN_1,
      code: 'us-column-1',
      description: 'US customs duty, column 1',
      owedTo: 'US:cbp',
    });
    if (isRefusal(own)) return own;
    duties.push(...own.filter(isShown));
  }
  const declared = declaredCodes(it, COLUMN_1, 10);
  if (isRefusal(declared)) return declared;
  const limit = it.rules.find('entry-limit', it);
  const value = it.valueOn('FOB', 'USD');
  const informal = limit !== undefined && compare(value, fromJson(limit.threshold)) <= 0;
  return {
    scheme: informal ? 'informal-entry' : 'formal-entry',
    dataSet: informal ? 'US_TYPE_11' : 'US_TYPE_01',
    declaredCodes: declared,
    deMinimis: decisions(it),
    charges: [...duties.map((duty) => duty.charge), ...processingFee(it).map((fee) => fee.charge)],
  };
}

/** Duty of nothing is left out, but where it says which line of a schedule, or which of several, it is from. */
const isShown = ({ amount, charge: { tariffLine } }: LineDuty) =>
  amount.amountMinor > 0 || tariffLine !== undefined;

/** The fee on the goods that no agreement exempts from it (19 CFR 24.23(c)); undefined if all are exempt. */
function processingFee(it: ImportCase) {
  const exempting = new Set(
    it.rules.matching('fee', it).flatMap(({ exceptAgreements = [] }) => exceptAgreements),
  );
  const bearing = it.lines.filter((line) => {
    const preference = preferenceOf(it, line, 'us', line.goods);
    return preference === undefined || !exempting.has(preference.agreement);
  });
  const value = sum(
    bearing.map(({ goods }) => goods),
    'USD',
  );
  return feesOf(it, value, 'US:cbp', () => bearing.length > 0);
}

/**
 * Mail: the specific duty per postal item of the time, or one rate on its value, the same for all of its goods. Its
 * replacement, the postal informal entry, needs a broker's monthly worksheet; we don't file it.
 */
function byPost(it: ImportCase): Assessed | NotAssessable {
  const [rule, ...others] = new Set(it.lines.map((line) => it.rules.find('flat-duty', it, line)));
  if (rule === undefined || others.length > 0) return byPostOnValue(it);
  const amount = fromJson(rule.amount);
  const text = {
    kind: 'duty',
    code: 'us-postal-item',
    description: 'US specific duty a postal item',
    owedTo: 'US:cbp',
    rate: unitRate(rule.amount),
    rule,
  } as const;
  const formula = () => `${formatMoney(amount)} x 1 postal item`;
  return {
    scheme: 'postal-specific-duty',
    dataSet: 'US_TYPE_11',
    deMinimis: decisions(it),
    charges: [charge(it, text, { amount, formula })],
  };
}

function byPostOnValue(it: ImportCase): Assessed | NotAssessable {
  const [rule, ...others] = new Set(it.lines.map((line) => simplifiedRuleOf(it, line)));
  if (rule === undefined || others.length > 0)
    return {
      reason: 'not-supported',
      detail: 'mail to the United States is cleared by the postal informal entry, which is not filed',
    };
  const duties = simplifiedDuties(it, rule, it.lines, {
    tariff: 'us',
    valuation: 'FOB',
    code: 'us-postal-ad-valorem',
    description: rule.description,
    owedTo: 'US:cbp',
  });
  return {
    scheme: 'postal-ad-valorem-duty',
    dataSet: 'US_TYPE_11',
    deMinimis: decisions(it),
    charges: duties.map((duty) => duty.charge),
  };
}

function decisions(it: ImportCase): DeMinimis[] {
  const abolished = it.rules.find('scheme', it, undefined, ({ code }) => code.startsWith('de-minimis'));
  const ruleId = abolished?.id ?? 'us-de-minimis-800';
  const says = abolished === undefined ? 'duty is due' : 'no value is free of duty any more';
  return [
    decisionOn(it, 'duty', { ruleId, says }),
    {
      ...decisionOn(it, 'tax', {
        ruleId,
        says: 'no tax is levied at the border; sales tax of the states is a domestic matter and not computed',
      }),
      relieved: true,
    },
  ];
}
