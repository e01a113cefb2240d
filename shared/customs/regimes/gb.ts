import type { Charge, DeMinimis } from '../../../events/landed-cost.ts';
import { add, compare, formatMoney, fromJson, type Money, toJson } from '../../kernel/money.ts';
import { thresholdValue, type ValuedLine, valueLines } from '../charges.ts';
import { findNotComputed } from '../not-computed.ts';
import {
  type AssessContext,
  type Assessed,
  type ConsignmentToAssess,
  defineRegime,
  type NotAssessable,
} from '../regime.ts';
import { isAmong, ruleOn } from '../rule-set.ts';
import { domesticVat, gbReliefs, gbVatRates, importVat, supplyVat } from '../rules/gb.ts';
import type { Relief, Scheme } from '../rules/schema.ts';
import { type LineDuty, tariffDuty } from '../tariff-duty.ts';
import { vatCharges, vatRateFor } from '../vat.ts';

const THRESHOLD = fromJson({ amount: 135_00, currency: 'GBP' });

interface GbCase {
  readonly consignment: ConsignmentToAssess;
  readonly context: AssessContext;
  /** In pounds. */
  readonly lines: readonly ValuedLine[];
  /** Intrinsic value that the threshold is tested on, in pounds. */
  readonly intrinsic: Money;
  readonly toShopper: (amount: Money) => Money;
}

/** Great Britain: supply VAT at the sale up to GBP 135, duty and import VAT on the CIF value above. */
export const gb = defineRegime({
  code: 'gb',
  timeZone: 'Europe/London',
  tariff: 'GB',
  covers: (country) => country === 'GB',
  assess(consignment, context) {
    const toPounds = (amount: Money) => context.convert(amount, 'GBP');
    const within = consignment.shipFrom === 'GB';
    const where = within ? 'within-the-border' : 'at-the-border';
    const refusal = findNotComputed('gb', consignment, context.date, where);
    if (refusal !== undefined) return refusal;
    const it: GbCase = {
      consignment,
      context,
      lines: valueLines(consignment, toPounds),
      intrinsic: thresholdValue(consignment, toPounds),
      toShopper: (amount) => context.convert(amount, consignment.currency),
    };
    return within ? withinGreatBritain(it) : imported(it);
  },
});

/** A sale of goods that are in the country: VAT at the sale whatever the incoterm, no border. */
function withinGreatBritain(it: GbCase): Assessed | NotAssessable {
  if (it.context.seller.gbVat === undefined)
    return { reason: 'not-registered', detail: 'sales within Great Britain take a GB VAT number' };
  const charges = vat(it, { code: 'vat', scheme: domesticVat, owedTo: 'GB:hmrc-vat', onDelivery: false }, []);
  return { scheme: 'domestic', deMinimis: [], charges };
}

/** Up to GBP 135 VAT is due at the sale, goods outside the relief of duty included; above it at the border. */
function imported(it: GbCase): Assessed | NotAssessable {
  const { consignment, context, intrinsic } = it;
  const low = compare(intrinsic, THRESHOLD) <= 0;
  const relief = low ? ruleOn(gbReliefs, context.date) : undefined;
  if (low && relief === undefined)
    return {
      reason: 'not-supported',
      detail: `what takes the place of the relief up to GBP 135 on ${context.date} is not known`,
    };
  if (low && context.seller.gbVat === undefined)
    return {
      reason: 'not-registered',
      detail: 'sales up to GBP 135 are taxed at the sale, which takes a GB VAT number',
    };
  const onDelivery = consignment.incoterm === 'DAP';
  const duties: LineDuty[] = [];
  for (const line of it.lines) {
    if (isRelieved(relief, line)) continue;
    const duty = tariffDuty(line, {
      tariff: 'gb',
      date: context.date,
      code: 'gb-third-country-duty',
      description: 'UK customs duty',
      owedTo: 'GB:hmrc-customs',
      toShopper: it.toShopper,
      onDelivery,
    });
    if ('reason' in duty) return duty;
    duties.push(duty);
  }
  const tax = low
    ? // Duty that the buyer pays at the border is no part of the price of the supply.
      vat(
        it,
        { code: 'supply-vat', scheme: supplyVat, owedTo: 'GB:hmrc-vat', onDelivery: false },
        onDelivery ? [] : duties,
      )
    : vat(it, { code: 'import-vat', scheme: importVat, owedTo: 'GB:hmrc-customs', onDelivery }, duties);
  return {
    scheme: low ? 'supply-vat' : 'import-vat',
    dataSet: low && duties.length === 0 ? 'GB_H7' : 'GB_H1',
    deMinimis: [dutyDecision(it, relief), taxDecision(it, low)],
    charges: [...duties.map(({ charge }) => charge), ...tax],
  };
}

const isRelieved = (relief: Relief | undefined, { line }: ValuedLine) =>
  relief !== undefined && !isAmong(relief.exceptGoods, line.hsCode);

interface VatOf {
  readonly code: string;
  readonly scheme: Scheme;
  readonly owedTo: string;
  readonly onDelivery: boolean;
}

/** VAT on goods, freight and those duties. */
function vat(it: GbCase, of: VatOf, duties: readonly LineDuty[]): Charge[] {
  const { context, toShopper } = it;
  const taxed = it.lines.map(({ line: { lineId, hsCode }, goods, freight }) => {
    const own = duties.filter((duty) => duty.lineId === lineId).map(({ amount }) => amount);
    const base = own.reduce(add, add(goods, freight));
    return { lineId, base, rate: vatRateFor(gbVatRates, { country: 'GB', hsCode, date: context.date }) };
  });
  return vatCharges(taxed, { ...of, description: 'VAT GB', toShopper });
}

function dutyDecision(it: GbCase, relief: Relief | undefined): DeMinimis {
  const all = relief !== undefined && it.lines.every((line) => isRelieved(relief, line));
  const outcome = all
    ? 'relieved of duty'
    : relief === undefined
      ? 'duty by tariff'
      : 'duty by tariff on goods outside the relief';
  return {
    on: 'duty',
    threshold: toJson(THRESHOLD),
    basis: 'intrinsic',
    value: toJson(it.intrinsic),
    relieved: all,
    ruleId: relief?.id ?? 'gb-third-country-duty',
    explanation: `intrinsic value ${formatMoney(it.intrinsic)} against ${formatMoney(THRESHOLD)}: ${outcome}`,
  };
}

function taxDecision({ intrinsic }: GbCase, low: boolean): DeMinimis {
  return {
    on: 'tax',
    basis: 'none',
    value: toJson(intrinsic),
    relieved: false,
    ruleId: low ? supplyVat.id : importVat.id,
    explanation: 'no import is free of VAT since 2021-01-01',
  };
}
