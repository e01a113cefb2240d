import { type Money, money } from '../../../../shared/kernel/money.ts';
import type { StartedIntent } from '../payment-contract.ts';

/** An intent of the suite, with our ids. */
export interface Intent extends StartedIntent {
  readonly orderId: string;
  readonly refundId: string;
  readonly captureId: string;
}

/** Another id of the same kind, that no other intent of the suite has. */
export const nthId = (id: string, n: number): string => id.replace('_0', `_${n}`);

/** That share of the amount in minor units, rounded down. */
export const partOf = ({ amountMinor, currency }: Money, parts: number, of = 5): Money =>
  money(Math.floor((amountMinor * parts) / of), currency);
