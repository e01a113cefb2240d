import { type EuMemberState, euMemberStates, isEuMemberState } from '../../kernel/country.ts';
import { add, formatMoney, fromJson, type Money, sum, times } from '../../kernel/money.ts';
import { charge } from '../assess/charge.ts';
import { firstOfEachItem } from '../assess/declaration-item.ts';
import { declaredCodes } from '../assess/declared-code.ts';
import { dutiableValue, type LineDuty, preferenceOf, tariffDuty } from '../assess/duty.ts';
import { feesOf, unitRate } from '../assess/fee.ts';
import { type ImportCase, openCase, type ValuedLine } from '../assess/import-case.ts';
import { findNotComputed } from '../assess/refusals.ts';
import { decisionOn, reliefOf } from '../assess/relief.ts';
import { schemeOf } from '../assess/scheme.ts';
import { type TaxText, taxCharges } from '../assess/tax.ts';
import { type Assessed, defineRegime, isRefusal, type NotAssessable } from '../regime.ts';
import type { RuleOf } from '../rules/schema.ts';

const HANDLING_FEE = 'eu-handling-fee';
const TARIFF = { tariff: 'eu', valuation: 'CIF' } as const;

/**
 * The 27 member states: sales within the Union under OSS, imports up to EUR 150 under IOSS with the flat duty,
 * imports above by tariff on the CIF value with import VAT. Goods with a proof of preferential origin, not under
 * IOSS, bear the preferential rate in place of the flat duty, by the full declaration.
 */
export const eu = defineRegime({
  code: 'eu',
  countries: euMemberStates,
  timeZone: 'Europe/Brussels',
  currency: 'EUR',
  tariff: 'EU',
  assess(consignment, context) {
    const it = openCase(consignment, context, {
      regime: 'eu',
      currency: 'EUR',
      registered: context.seller.ioss !== undefined,
    });
    const within = isEuMemberState(it.shipFrom);
    return findNotComputed(it, within) ?? (within ? withinTheUnion(it) : imported(it));
  },
});

const stateOf = ({ destination }: ImportCase) => destination.country as EuMemberState;

/** A sale within the Union is taxed at the sale, whatever the Incoterm. */
function withinTheUnion(it: ImportCase): Assessed {
  const domestic = it.shipFrom === stateOf(it);
  const charges = vat(it, () => [], {
    code: 'vat',
    scheme: schemeOf(it, domestic ? 'domestic-vat' : 'oss'),
    owedTo: `${stateOf(it)}:${domestic ? 'vat' : 'oss'}`,
    onDelivery: false,
    of: 'goods + freight',
  });
  return { scheme: domestic ? 'domestic' : 'oss', deMinimis: [], charges };
}

function imported(given: ImportCase): Assessed | NotAssessable {
  const ioss = schemeOf(given, 'ioss');
  // Under IOSS the seller pays the charges at the border as well, whatever the Incoterm.
  const it = { ...given, onDelivery: given.onDelivery && ioss === undefined };
  const flat = flatDutyOf(it, ioss !== undefined);
  const rated = flat === undefined ? dutiableLines(it) : preferentialLines(it, ioss !== undefined);
  const full = rated.length > 0;
  const ratedDuties = byTariff(it, rated);
  if (isRefusal(ratedDuties)) return ratedDuties;
  const declared = full ? declaredCodes(it, TARIFF, 8) : {};
  if (isRefusal(declared)) return declared;
  const others = it.lines.filter((line) => !rated.includes(line));
  const duties =
    flat === undefined ? ratedDuties : [...flatDuties(it, flat, others, full ? 10 : 6), ...ratedDuties];
  const handling = handlingFees(it, full ? 10 : 6);
  const fees = feesOf(it, it.goods, `${stateOf(it)}:customs`, ({ code }) => code !== HANDLING_FEE);
  // Art. 78(a): charges passed on to the buyer belong to the taxable amount. At the border duty always does.
  const recharged = ioss === undefined || it.switches.iossVatOnRechargedDuty;
  const inBase = (lineId: string) =>
    (recharged ? [...duties, ...(ioss === undefined ? [] : handling)] : [])
      .filter((each) => each.lineId === lineId)
      .map(({ amount }) => amount);
  const scheme = ioss ?? schemeOf(it, 'import-vat');
  const says = flat !== undefined && !full ? 'flat duty an item' : full ? 'duty by tariff' : 'no duty';
  return {
    scheme: ioss === undefined ? 'import-vat' : 'ioss',
    dataSet: full ? 'EU_H1' : 'EU_H7',
    declaredCodes: declared,
    deMinimis: [
      decisionOn(it, 'duty', {
        ruleId: duties[0]?.charge.ruleId ?? 'eu-third-country-duty',
        says,
        limit: flatDutyLimit(it),
      }),
      decisionOn(it, 'tax', {
        ruleId: scheme?.id ?? 'eu-import-vat',
        says: 'no import is free of VAT in the Union since 2021-07-01',
      }),
    ],
    charges: [
      ...duties.map(({ charge }) => charge),
      ...fees.map(({ charge }) => charge),
      ...handling.map(({ charge }) => charge),
      ...vat(it, inBase, {
        code: ioss === undefined ? 'import-vat' : 'ioss-vat',
        scheme,
        owedTo: `${stateOf(it)}:${ioss === undefined ? 'customs' : 'ioss'}`,
        of: recharged ? 'goods + freight + duty' : 'goods + freight',
      }),
    ],
  };
}

/** The flat duty, if it replaces the tariff; a switch decides its scope. */
function flatDutyOf(it: ImportCase, isIoss: boolean): RuleOf<'flat-duty'> | undefined {
  if (it.switches.euFlatDutyScope === 'ioss-or-postal' && !isIoss && it.channel !== 'post') return undefined;
  return it.rules.find('flat-duty', it);
}

/** The value up to which a consignment bears the flat duty on the date; undefined where there is none. */
function flatDutyLimit({ rules }: ImportCase): Money | undefined {
  const limit = rules.all('flat-duty')[0]?.when?.value?.upTo;
  return limit === undefined ? undefined : fromJson(limit);
}

/** The lines without a relief from duty. */
const dutiableLines = (it: ImportCase) => it.lines.filter((line) => reliefOf(it, 'duty', line) === undefined);

/**
 * The lines with a preferential rate, in a consignment whose other lines bear the flat duty. The full declaration
 * claims the preference and needs codes of eight digits for all goods. Goods under IOSS can't use it.
 */
function preferentialLines(it: ImportCase, isIoss: boolean): ValuedLine[] {
  if (isIoss || it.lines.some(({ hsCode }) => hsCode.length < 8)) return [];
  return it.lines.filter((line) => preferenceOf(it, line, 'eu', dutiableValue(line, 'CIF')) !== undefined);
}

/** The flat duty of each item, charged to its first line. */
function flatDuties(
  it: ImportCase,
  rule: RuleOf<'flat-duty'>,
  lines: readonly ValuedLine[],
  digits: 6 | 10,
): LineDuty[] {
  const items = firstOfEachItem(lines, { digits, by: it.switches.euFlatDutyItem });
  const each = fromJson(rule.amount);
  const rate = it.context.explain ? unitRate(rule.amount) : '';
  const formula = () =>
    `${formatMoney(each)} of ${formatMoney(times(each, items.length))} = ${formatMoney(each)} x ${items.length} declaration ${items.length === 1 ? 'line' : 'lines'}`;
  const text = {
    kind: 'duty',
    code: 'eu-flat-duty',
    description: 'EU flat customs duty',
    owedTo: `${stateOf(it)}:customs`,
    rate,
    rule,
  } as const;
  return items.map(({ lineId }) => ({
    lineId,
    amount: each,
    charge: charge(it, text, { lineId, amount: each, formula }),
  }));
}

function byTariff(it: ImportCase, lines: readonly ValuedLine[]): LineDuty[] | NotAssessable {
  const duties: LineDuty[] = [];
  for (const line of lines) {
    const own = tariffDuty(it, line, {
      ...TARIFF,
      code: 'eu-third-country-duty',
      description: 'EU customs duty',
      owedTo: `${stateOf(it)}:customs`,
    });
    if (isRefusal(own)) return own;
    duties.push(...own);
  }
  return duties;
}

/** The Union's handling fee of each item at any value, if it is switched on; charged to the item's first line. */
function handlingFees(it: ImportCase, digits: 6 | 10): LineDuty[] {
  const fee = it.rules.find('fee', it, undefined, ({ code }) => code === HANDLING_FEE);
  if (fee?.amount === undefined || it.switches.unionHandlingFee === 'pending') return [];
  const amount = fromJson(fee.amount);
  const items = firstOfEachItem(it.lines, { digits, by: it.switches.euFlatDutyItem });
  const formula = () =>
    `${formatMoney(amount)} of ${formatMoney(times(amount, items.length))} = ${formatMoney(amount)} x ${items.length} declaration ${items.length === 1 ? 'line' : 'lines'}`;
  const { code, description } = fee;
  const owedTo = `${stateOf(it)}:customs`;
  const rate = it.context.explain ? unitRate(fee.amount) : '';
  const text = { kind: 'fee', code, description, owedTo, rate, rule: fee } as const;
  return items.map(({ lineId }) => ({
    lineId,
    amount,
    charge: charge(it, text, { lineId, amount, formula }),
  }));
}

/** `inBase` gives the other parts of a line's taxable amount, besides goods and freight. */
function vat(
  it: ImportCase,
  inBase: (lineId: string) => readonly Money[],
  text: Omit<TaxText, 'description'>,
) {
  const taxed = it.lines.map((line) => ({
    line,
    base: add(dutiableValue(line, 'CIF'), sum(inBase(line.lineId), it.currency)),
  }));
  return taxCharges(it, 'vat', taxed, { ...text, description: `VAT ${stateOf(it)}` });
}
