import { ratioOf } from '../../kernel/money.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import type { ChargeText } from '../charges.ts';
import { holdsOn, isAmong, isOfOrigin, type Rule } from '../rule-set.ts';
import { additionalDuties } from '../rules/us-additional.ts';
import { tariffLine } from '../tariff.ts';

export interface DutyLayer {
  readonly text: ChargeText;
  /** Percentage of the FOB value. */
  readonly rate: string;
}

/**
 * The duties on goods of a code and origin, column 1 first, none of zero; undefined where a rate is not known.
 * They are added up: none is in the base of another.
 */
export function dutyLayers(hsCode: string, origin: string, date: CalendarDate): DutyLayer[] | undefined {
  const column1 = tariffLine('us', hsCode, date);
  if (column1 === undefined) return undefined;
  const layers = [layer('us-column-1', 'US customs duty, column 1', column1, column1.rate)];
  if (origin === 'CN') {
    const section301 = tariffLine('china301', hsCode, date);
    if (section301 === undefined) return undefined;
    layers.push(
      layer('us-section-301-china', 'Section 301 duty on goods of China', section301, section301.rate),
    );
  }
  for (const duty of additionalDuties) {
    if (!holdsOn(duty, date) || isAmong(duty.exceptGoods, hsCode)) continue;
    const found = duty.rates.find(({ origins }) => isOfOrigin(origins, origin));
    if (found === undefined) continue;
    const rate = found.netOfColumn1 ? netOf(found.rate, column1.rate) : found.rate;
    layers.push(layer(duty.code, duty.description, duty, rate));
  }
  return layers.filter(({ rate }) => rate !== '0');
}

function layer(code: string, description: string, rule: Rule, rate: string): DutyLayer {
  return { text: { kind: 'duty', code, description, owedTo: 'US:cbp', rate, rule }, rate };
}

/** `max(cap - column 1, 0)` of percentages with at most two decimals, as a decimal string. */
function netOf(cap: string, column1: string): string {
  const net = hundredths(cap) - hundredths(column1);
  if (net <= 0n) return '0';
  const fraction = (net % 100n).toString().padStart(2, '0').replace(/0+$/, '');
  return `${net / 100n}${fraction === '' ? '' : `.${fraction}`}`;
}

function hundredths(percentage: string): bigint {
  const { numerator, denominator } = ratioOf(percentage);
  return (numerator * 100n) / denominator;
}
