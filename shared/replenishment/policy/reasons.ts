import { formatMoney, type Money } from '../../kernel/money.ts';
import { decimalText } from './decimal-text.ts';
import type { InventoryPosition } from './position.ts';

/** What a figure of a proposal is. */
export type ReasonCode =
  | 'forecast'
  | 'lead-time'
  | 'risk-days'
  | 'service-level'
  | 'guaranteed-service'
  | 'net-lead-time'
  | 'safety-stock'
  | 'reorder-point'
  | 'order-up-to'
  | 'position'
  | 'need'
  | 'order-quantity'
  | 'pack-rounding'
  | 'expiry'
  | 'cover'
  | 'cost'
  | 'limit'
  | 'receipt'
  | 'transfer';

/** One figure behind a proposed quantity, as a page or `explain` prints it. */
export interface Reason {
  readonly code: ReasonCode;
  /** With three decimals at most, except money. */
  readonly value: number | Money;
  readonly unit: 'units' | 'days' | 'probability' | 'money';
  /** How the figure comes about, in words and figures. */
  readonly formula: string;
}

/** A reason with a figure that isn't money. */
export function reason(
  code: ReasonCode,
  figure: number,
  unit: Exclude<Reason['unit'], 'money'>,
  formula: string,
): Reason {
  return { code, value: Math.round(figure * 1000) / 1000, unit, formula };
}

/** A reason with an amount. */
export function moneyReason(code: ReasonCode, value: Money, formula: string): Reason {
  return { code, value, unit: 'money', formula };
}

/** What a site has and is going to have. */
export function positionReason(stock: InventoryPosition): Reason {
  const { onHand, reserved, quarantined, inTransit, onOrder, owed, position } = stock;
  const formula = `${onHand} on hand - ${reserved} reserved - ${quarantined} quarantined + ${inTransit} in transit + ${onOrder} on order`;
  const rest = owed === 0 ? '' : ` - ${owed} owed to the sites it feeds`;
  return reason('position', position, 'units', `${formula}${rest}`);
}

const unitText = { units: ' units', days: ' days', probability: '', money: '' } as const;

/** One line for each reason: `safety-stock: 12.3 units = 2.05 x 6`. */
export function explain(reasons: readonly Reason[]): string[] {
  return reasons.map(({ code, value, unit, formula }) => {
    const figure = typeof value === 'number' ? decimalText(value) : formatMoney(value);
    const says = `${code}: ${figure}${unitText[unit]}`;
    return `${says} = ${formula}`;
  });
}
