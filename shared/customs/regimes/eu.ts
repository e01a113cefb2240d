import type { Charge, DeMinimis } from '../../../events/landed-cost.ts';
import { type EuMemberState, isEuMemberState } from '../../kernel/country.ts';
import { add, compare, formatMoney, fromJson, type Money, toJson } from '../../kernel/money.ts';
import { thresholdValue, type ValuedLine, valueLines } from '../charges.ts';
import { findNotComputed } from '../not-computed.ts';
import { type Assessed, defineRegime, type NotAssessable } from '../regime.ts';
import { isAmong, ruleOn } from '../rule-set.ts';
import { domesticVat, euFlatDuties, euReliefs, importVat, ioss, oss } from '../rules/eu.ts';
import { euVatRates } from '../rules/eu-vat.ts';
import type { FlatDuty, Relief, Scheme } from '../rules/schema.ts';
import { switchesOf } from '../switches.ts';
import { type LineDuty, tariffDuty } from '../tariff-duty.ts';
import { vatCharges, vatRateFor } from '../vat.ts';
import type { EuCase } from './eu-case.ts';
import { handlingFees, nationalFeeCharges } from './eu-fees.ts';
import { flatDuties } from './eu-flat-duty.ts';

const THRESHOLD = fromJson({ amount: 150_00, currency: 'EUR' });

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
    const { shipFrom, destination, currency, incoterm } = consignment;
    const toEuro = (amount: Money) => context.convert(amount, 'EUR');
    const intrinsic = thresholdValue(consignment, toEuro);
    const isIoss = context.seller.ioss !== undefined && compare(intrinsic, THRESHOLD) <= 0;
    const within = isEuMemberState(shipFrom);
    const refusal = findNotComputed(
      'eu',
      consignment,
      context.date,
      within ? 'within-the-border' : 'at-the-border',
    );
    if (refusal !== undefined) return refusal;
    const it: EuCase = {
      consignment,
      context,
      switches: switchesOf(context.seller.switches),
      state: destination.country as EuMemberState,
      lines: valueLines(consignment, toEuro),
      intrinsic,
      isIoss,
      toShopper: (amount) => context.convert(amount, currency),
      onDelivery: incoterm === 'DAP' && !isIoss,
    };
    return within ? withinTheUnion(it) : imported(it);
  },
});

/** A sale within the Union is taxed at the sale whatever the incoterm. */
function withinTheUnion(it: EuCase): Assessed {
  const domestic = it.consignment.shipFrom === it.state;
  const [scheme, law, account] = domestic
    ? (['domestic', domesticVat, 'vat'] as const)
    : (['oss', oss, 'oss'] as const);
  const charges = vat({ ...it, onDelivery: false }, 'vat', law, `${it.state}:${account}`, () => []);
  return { scheme, deMinimis: [], charges };
}

function imported(it: EuCase): Assessed | NotAssessable {
  const relief = reliefOf(it);
  const flat = flatDutyOf(it);
  const duties: LineDuty[] = flat === undefined ? [] : flatDuties(it, flat);
  let byTariff = false;
  for (const line of it.lines) {
    if (flat !== undefined || isRelieved(relief, line)) continue;
    const duty = tariffDuty(line, {
      tariff: 'eu',
      date: it.context.date,
      code: 'eu-third-country-duty',
      description: 'EU customs duty',
      owedTo: `${it.state}:customs`,
      toShopper: it.toShopper,
      onDelivery: it.onDelivery,
    });
    if ('reason' in duty) return duty;
    duties.push(duty);
    byTariff = true;
  }
  const handling = handlingFees(it, byTariff ? 10 : 6);
  // Art. 78(a): what is charged on to the buyer is part of what the supply costs. At the border duty always is.
  const recharged = it.isIoss ? it.switches.iossVatOnRechargedDuty : true;
  const inBase = (lineId: string) => {
    const own = duties.filter((duty) => duty.lineId === lineId).map(({ amount }) => amount);
    const fees = handling.filter((fee) => fee.lineId === lineId).map(({ amount }) => amount);
    return recharged ? [...own, ...(it.isIoss ? fees : [])] : [];
  };
  return {
    scheme: it.isIoss ? 'ioss' : 'import-vat',
    dataSet: byTariff ? 'EU_H1' : 'EU_H7',
    deMinimis: [dutyDecision(it, relief, flat), taxDecision(it)],
    charges: [
      ...duties.map(({ charge }) => charge),
      ...nationalFeeCharges(it),
      ...handling.map(({ charge }) => charge),
      ...(it.isIoss
        ? vat(it, 'ioss-vat', ioss, `${it.state}:ioss`, inBase)
        : vat(it, 'import-vat', importVat, `${it.state}:customs`, inBase)),
    ],
  };
}

function reliefOf({ context, intrinsic }: EuCase): Relief | undefined {
  const relief = ruleOn(euReliefs, context.date);
  return relief !== undefined && compare(intrinsic, fromJson(relief.threshold)) <= 0 ? relief : undefined;
}

const isRelieved = (relief: Relief | undefined, { line }: ValuedLine) =>
  relief !== undefined && !isAmong(relief.exceptGoods, line.hsCode);

function flatDutyOf({ consignment, context, intrinsic, isIoss, switches }: EuCase): FlatDuty | undefined {
  const flat = ruleOn(euFlatDuties, context.date);
  if (flat === undefined || compare(intrinsic, fromJson(flat.threshold)) > 0) return undefined;
  const inScope =
    switches.euFlatDutyScope === 'all-distance-sales' || isIoss || consignment.channel === 'post';
  return inScope ? flat : undefined;
}

/** `inBase` gives what else than goods and freight is in a line's taxable amount. */
function vat(
  it: EuCase,
  code: string,
  scheme: Scheme,
  owedTo: string,
  inBase: (lineId: string) => readonly Money[],
): Charge[] {
  const { state, context, toShopper, onDelivery } = it;
  const taxed = it.lines.map(({ line, goods, freight }) => ({
    lineId: line.lineId,
    base: inBase(line.lineId).reduce(add, add(goods, freight)),
    rate: vatRateFor(euVatRates, { country: state, hsCode: line.hsCode, date: context.date }),
  }));
  return vatCharges(taxed, { code, description: `VAT ${state}`, owedTo, scheme, toShopper, onDelivery });
}

function dutyDecision(it: EuCase, relief: Relief | undefined, flat: FlatDuty | undefined): DeMinimis {
  const all = relief !== undefined && it.lines.every((line) => isRelieved(relief, line));
  const outcome = all
    ? 'relieved of duty'
    : flat !== undefined
      ? 'flat duty an item'
      : relief !== undefined
        ? 'duty by tariff on goods outside the relief'
        : 'duty by tariff';
  return {
    on: 'duty',
    threshold: toJson(THRESHOLD),
    basis: 'intrinsic',
    value: toJson(it.intrinsic),
    relieved: all,
    ruleId: relief?.id ?? flat?.id ?? 'eu-third-country-duty',
    explanation: `intrinsic value ${formatMoney(it.intrinsic)} against ${formatMoney(THRESHOLD)}: ${outcome}`,
  };
}

function taxDecision({ intrinsic }: EuCase): DeMinimis {
  return {
    on: 'tax',
    basis: 'none',
    value: toJson(intrinsic),
    relieved: false,
    ruleId: ioss.id,
    explanation: 'no import is free of VAT in the Union since 2021-07-01',
  };
}
