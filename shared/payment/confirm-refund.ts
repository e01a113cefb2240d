import type { Cause } from '../../events/envelope.ts';
import { type Money, toJson } from '../kernel/money.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { type ActOnOrder, actOnOrder, type Decided } from '../timeline/index.ts';
import { paymentOf } from './payment.ts';

export interface ConfirmedRefund {
  readonly refundId: string;
  /** What the bank or the shop calls it: a reference, never a name. */
  readonly reference: string;
  /** The operator's subject. */
  readonly operator: string;
}

/** `refund-unknown`: no refund of the order with that id is made by a person. */
export type ConfirmationRefusal = 'refund-unknown';

/** A person confirms a refund that was made without the provider. Confirming it again changes nothing. */
export async function confirmRefund(
  deps: ActOnOrder,
  orderId: string,
  { refundId, reference, operator }: ConfirmedRefund,
): Promise<Result<Money, ConfirmationRefusal>> {
  const cause: Cause = { by: 'operator', reference: operator };
  let outcome: Result<Money, ConfirmationRefusal> = refused('refund-unknown');
  await actOnOrder(deps, orderId, cause, (timeline): Decided[] => {
    const { paymentId, refunds } = paymentOf(timeline);
    const refund = refunds.find((one) => one.refundId === refundId && one.by !== undefined);
    outcome = refund === undefined ? refused('refund-unknown') : ok(refund.amount);
    if (refund?.status !== 'asked') return [];
    const data = { paymentId, refundId, amount: toJson(refund.amount), providerReference: reference };
    return [{ name: 'refund.paid', data }];
  });
  return outcome;
}
