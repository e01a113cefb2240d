import type { Charge } from '../../../events/landed-cost.ts';
import { add, compare, formatMoney, fromJson, type Money, multiply, sum } from '../../kernel/money.ts';
import type { NotAssessable } from '../regime.ts';
import { isRefusal } from '../regime.ts';
import type { Preference, TariffLine } from '../schedules/scheduled-tariff.ts';
import { addedDuties } from './additional-duty.ts';
import { type ChargeText, charge } from './charge.ts';
import { atItsLine, classify, whyUnclassified } from './classify.ts';
import {
  amountAt,
  assumptionsAt,
  type RoundingStep,
  rateText,
  ratioOfPercent,
  whyNoAmount,
} from './duty-rate.ts';
import { customsConversion, type ImportCase, type ValuedLine } from './import-case.ts';
import { notComputedFor } from './refusals.ts';

/** A part of a line's duty in the regime's currency, with its charge in the shopper's. */
export interface LineDuty {
  readonly lineId: string;
  readonly amount: Money;
  readonly charge: Charge;
}

export interface DutyText extends Pick<ChargeText, 'code' | 'description' | 'owedTo'> {
  /** The list of rates. */
  readonly tariff: string;
  /** The base of duty: the price of the goods, or the price with freight and insurance. */
  readonly valuation: 'FOB' | 'CIF';
  /** The rounding of each line's duty; half up to a minor unit if absent. */
  readonly rounding?: RoundingStep | undefined;
}

/** The base of duty. */
export function dutiableValue({ goods, freight }: ValuedLine, valuation: 'FOB' | 'CIF'): Money {
  return valuation === 'CIF' ? add(goods, freight) : goods;
}

interface Rated {
  readonly rule: TariffLine | Preference;
  readonly assumption?: string | undefined;
  readonly range?: Charge['rateRange'];
  /** The line under the longest code that is known. */
  readonly at: ValuedLine;
}

/**
 * Duty of a line by the tariff, plus additional duties. The preferential rate applies if the goods have the agreement's
 * origin and its proof, otherwise the rate of the longest known prefix of the code. Each is rounded separately, half
 * up.
 */
export function tariffDuty(it: ImportCase, line: ValuedLine, text: DutyText): LineDuty[] | NotAssessable {
  const base = dutiableValue(line, text.valuation);
  const rated = rateOf(it, line, text.tariff, base);
  if (isRefusal(rated)) return rated;
  const { rule, range, at } = rated;
  // A line that was found under a short code may be one that is refused.
  const refused = at === line ? undefined : notComputedFor(it, at, false);
  if (refused !== undefined) return refused;
  const amount = amountAt(rule.rate, base, line.line, {
    step: text.rounding,
    convert: customsConversion(it),
  });
  if (amount === undefined) {
    const detail = `the rate of ${line.hsCode}, ${rateText(rule.rate)}, ${whyNoAmount(rule.rate, line.line)}`;
    return { reason: 'unclassified', lineId: line.lineId, detail };
  }
  const own = {
    lineId: line.lineId,
    amount,
    charge: charge(
      it,
      {
        kind: 'duty',
        code: rule.kind === 'preference' ? `${text.code}-preferential` : text.code,
        description: text.description,
        owedTo: text.owedTo,
        rate: typeof rule.rate === 'string' ? rule.rate : rateText(rule.rate),
        rule,
        range,
        assumption: assumed(it, rated, line),
      },
      {
        lineId: line.lineId,
        amount,
        base,
        formula: () =>
          `${formatMoney(amount)} = ${formatMoney(base)} (${text.valuation}) x ${rateText(rule.rate)}`,
      },
    ),
  };
  const added = additionalDuties(it, { line: at, base, own: amount, tariffRule: rule }, text);
  return isRefusal(added) ? added : [own, ...added];
}

/** The duties of a consignment; none if the law does not collect so little. */
export function collectedDuties(it: ImportCase, duties: LineDuty[]): LineDuty[] {
  const waiver = it.rules.find('waiver', it);
  if (waiver === undefined) return duties;
  const whole = sum(
    duties.map(({ amount }) => amount),
    it.currency,
  );
  const { convertForCustoms, convert } = it.context;
  const limit = (convertForCustoms ?? convert)(fromJson(waiver.amount), it.currency);
  return compare(whole, limit) <= 0 ? [] : duties;
}

function assumed(it: ImportCase, { rule, assumption }: Rated, { line }: ValuedLine): string | undefined {
  if (!it.context.explain || typeof rule.rate === 'string') return assumption;
  const all = [...(assumption === undefined ? [] : [assumption]), ...assumptionsAt(rule.rate, line)];
  return all.length === 0 ? undefined : all.join('; ');
}

function rateOf(it: ImportCase, line: ValuedLine, tariff: string, base: Money): Rated | NotAssessable {
  const classified = classify(it, tariff, line, base);
  const at = atItsLine(line, classified);
  const preference = preferenceAt(it, at, tariff, base);
  if (preference !== undefined)
    return { rule: preference, at, assumption: `proof of origin under ${preference.agreement}` };
  if (classified !== undefined) return { ...classified, at };
  return { reason: 'unclassified', lineId: line.lineId, detail: whyUnclassified(it, tariff, line) };
}

/** The lowest rate among the agreements whose origin and proof the goods have. */
export function preferenceOf(
  it: ImportCase,
  line: ValuedLine,
  tariff: string,
  base: Money,
): Preference | undefined {
  if ((line.line.originProofs ?? []).length === 0) return undefined;
  return preferenceAt(it, atItsLine(line, classify(it, tariff, line, base)), tariff, base);
}

/** The same, of a line under its longest code. */
function preferenceAt(it: ImportCase, at: ValuedLine, tariff: string, base: Money): Preference | undefined {
  let lowest: { readonly rule: Preference; readonly amount: Money } | undefined;
  for (const agreement of at.line.originProofs ?? []) {
    const rule = it.rules.preference({ tariff, agreement }, it, at);
    const amount = rule && amountAt(rule.rate, base, at.line, { convert: customsConversion(it) });
    if (rule === undefined || amount === undefined) continue;
    if (lowest === undefined || compare(amount, lowest.amount) < 0) lowest = { rule, amount };
  }
  return lowest?.rule;
}

/**
 * Duties in addition to the tariff, each on the same value, or as excise on that value with the tariff's own duty.
 * Refused if a list of rates does not have the goods.
 */
function additionalDuties(
  it: ImportCase,
  { line, base, own, tariffRule }: { line: ValuedLine; base: Money; own: Money; tariffRule: Rated['rule'] },
  { owedTo, valuation }: Pick<DutyText, 'owedTo' | 'valuation'>,
): LineDuty[] | NotAssessable {
  const duties: LineDuty[] = [];
  for (const { rule, rate, listed } of addedDuties(it, line, tariffRule)) {
    if (rate === undefined)
      return {
        reason: 'unclassified',
        lineId: line.lineId,
        detail: `no rate is known for ${line.hsCode}: ${rule.description}`,
      };
    const { code, description, exciseUplift } = rule;
    const value = exciseUplift === undefined ? base : excisable(base, exciseUplift, own);
    const amount = amountAt(rate, value, line.line, { convert: customsConversion(it) });
    if (amount === undefined) {
      const why = `the rate of ${description}, ${rateText(rate)}, ${whyNoAmount(rate, line.line)}`;
      return { reason: 'unclassified', lineId: line.lineId, detail: why };
    }
    if (amount.amountMinor === 0) continue;
    const of = exciseUplift === undefined ? valuation : `${valuation} + ${exciseUplift} % + duty`;
    const less =
      rule.netOfTariff && typeof rule.rate === 'string' ? ` (${rule.rate} % less the tariff's)` : '';
    const formula = () => `${formatMoney(amount)} = ${formatMoney(value)} (${of}) x ${rateText(rate)}${less}`;
    const text = {
      ...({ kind: 'duty', code, description, owedTo, rule: listed ?? rule } as const),
      rate: typeof rate === 'string' ? rate : rateText(rate),
      assumption: (it.context.explain && assumptionsAt(rate, line.line).join('; ')) || undefined,
    };
    const { lineId } = line;
    duties.push({ lineId, amount, charge: charge(it, text, { lineId, amount, base: value, formula }) });
  }
  return duties;
}

/** The value that excise on imports is charged on. */
function excisable(value: Money, uplift: string, ofTariff: Money): Money {
  return add(add(value, multiply(value, ratioOfPercent(uplift))), ofTariff);
}
