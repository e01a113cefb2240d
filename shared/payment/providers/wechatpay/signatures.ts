import { randomBytes } from 'node:crypto';
import type { Instant } from '../../../kernel/time.ts';
import type { Callback, Verdict } from '../../../partners/plug-in.ts';
import { signByRsa } from '../../../partners/rsa.ts';
import type { PartnerResponse } from '../../../partners/send.ts';
import {
  nameCallback,
  readBodyId,
  verifyRsaSignature,
  type WebhookSecret,
} from '../../../partners/webhook-signatures/index.ts';
import type { WalletRequest } from '../../wallet/wallet-data.ts';

interface WechatpayKeys {
  readonly mchid: string;
  readonly serialNo: string;
  readonly privateKey: string;
  readonly webhookSecrets: readonly WebhookSecret[];
}

/** The header of a request: RSA over method, path with query, time, a random text and the body, each in a line. */
export function authorisation(
  { mchid, serialNo, privateKey }: WechatpayKeys,
  now: Instant,
  { method, path, body = '' }: WalletRequest,
): string {
  const timestamp = String(Math.floor(Date.parse(now) / 1_000));
  const nonce = randomBytes(16).toString('hex');
  const lines = [method, path, timestamp, nonce, body, ''].join('\n');
  const parts = {
    ...{ mchid, nonce_str: nonce, signature: signByRsa(privateKey, Buffer.from(lines)) },
    ...{ timestamp, serial_no: serialNo },
  };
  const text = Object.entries(parts).map(([name, value]) => `${name}="${value}"`);
  return `WECHATPAY2-SHA256-RSA2048 ${text.join(',')}`;
}

/** Whether WeChat Pay signed the answer, at most five minutes ago. */
export function isGenuineAnswer(
  keys: WechatpayKeys,
  now: Instant,
  { headers, body }: PartnerResponse,
): boolean {
  return check(keys, now, { headers, rawBody: Buffer.from(body) }).genuine;
}

export function verifyNotification(keys: WechatpayKeys, now: Instant, callback: Callback): Verdict {
  return nameCallback(check(keys, now, callback), () => readBodyId(callback.rawBody));
}

function check(
  { webhookSecrets }: WechatpayKeys,
  now: Instant,
  { headers, rawBody }: Pick<Callback, 'headers' | 'rawBody'>,
) {
  const timestamp = headers['wechatpay-timestamp'] ?? '';
  const head = `${timestamp}\n${headers['wechatpay-nonce'] ?? ''}\n`;
  return verifyRsaSignature(headers['wechatpay-signature'], {
    signed: Buffer.concat([Buffer.from(head), rawBody, Buffer.from('\n')]),
    seconds: /^\d{10}$/.test(timestamp) ? Number(timestamp) : undefined,
    ...{ now, secrets: webhookSecrets },
  });
}
