import { createCipheriv, randomBytes } from 'node:crypto';
import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import type { WalletPayment, WalletRefund } from '../../../../../infra/sandbox/wallet-books.ts';
import { show, showRefund } from './operations.ts';

/** Tells a paid order, and a refund that was paid or closed. An order that fails or ends has to be asked for. */
export function notify(
  sandbox: Sandbox,
  apiV3Key: string,
  payment: WalletPayment,
  refund?: WalletRefund,
): void {
  if (refund === undefined && payment.state !== 'paid') return;
  const merchant = { mchid: '1900000109', appid: 'wx8888888888888888' };
  const [type, kind, object] =
    refund === undefined
      ? ['TRANSACTION.SUCCESS', 'transaction', show(merchant, payment)]
      : refund.state === 'failed'
        ? ['REFUND.CLOSED', 'refund', { mchid: merchant.mchid, ...showRefund(refund), status: 'CLOSED' }]
        : ['REFUND.SUCCESS', 'refund', { mchid: merchant.mchid, ...showRefund(refund) }];
  const id = randomBytes(18).toString('hex');
  const body = JSON.stringify({
    ...{ id, create_time: new Date(sandbox.now()).toISOString().replace(/\.\d{3}Z$/, '+00:00') },
    ...{ event_type: type, resource_type: 'encrypt-resource', summary: kind },
    resource: encrypt(apiV3Key, kind as string, object),
  });
  const reference = `${String(payment.own.attach)} ${payment.reference} ${refund?.reference ?? ''}`;
  sandbox.sendHook({ eventId: id, type: type as string, reference, body });
}

function encrypt(key: string, kind: string, object: unknown) {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(kind));
  const bytes = Buffer.concat([cipher.update(JSON.stringify(object)), cipher.final(), cipher.getAuthTag()]);
  return {
    ...{ algorithm: 'AEAD_AES_256_GCM', ciphertext: bytes.toString('base64') },
    ...{ associated_data: kind, nonce, original_type: kind },
  };
}
