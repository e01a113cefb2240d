import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { newId } from '../../../../../infra/sandbox/random.ts';
import type { WalletPayment, WalletRefund } from '../../../../../infra/sandbox/wallet-books.ts';
import { codeOf, show, showRefund, timeText } from './operations.ts';

/** Tells the result of a payment once it is final, and the result of a refund. */
export function notify(sandbox: Sandbox, payment: WalletPayment, refund?: WalletRefund): void {
  const body = refund === undefined ? paymentResult(payment) : refundResult(refund);
  const reference = refund === undefined ? payment.reference : `${payment.reference} ${refund.reference}`;
  sandbox.sendHook({ eventId: newId('ntf'), type: body.notifyType, reference, body: JSON.stringify(body) });
}

function paymentResult(payment: WalletPayment) {
  const { paymentStatus, paymentResultCode: _code, ...shown } = show(payment);
  const isPaid = paymentStatus === 'SUCCESS';
  const resultCode = codeOf(payment.state);
  return {
    notifyType: 'PAYMENT_RESULT',
    result: { resultCode, resultStatus: isPaid ? 'S' : 'F', resultMessage: resultCode.toLowerCase() },
    ...shown,
    paymentCreateTime: timeText(payment.startedMs),
  };
}

const refundResult = (refund: WalletRefund) => ({
  notifyType: 'REFUND_RESULT',
  result:
    refund.state === 'failed'
      ? { resultCode: 'USER_STATUS_ABNORMAL', resultStatus: 'F', resultMessage: 'user status abnormal' }
      : { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' },
  ...showRefund(refund),
  refundTime: timeText(refund.atMs),
});
