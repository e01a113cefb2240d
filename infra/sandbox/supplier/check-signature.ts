import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PartnerRequest } from '../partner.ts';
import { type HookSecret, listSecrets } from '../signatures.ts';

const TOLERANCE_SECONDS = 300;

/** What is wrong with the signature of a call by Standard Webhooks 1.0; undefined if it is right. */
export function signatureOf(
  { headers, body }: PartnerRequest,
  secret: HookSecret,
  nowMs: number,
): string | undefined {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': given } = headers;
  if (id === undefined || time === undefined || given === undefined) return 'The call has no signature';
  if (Math.abs(nowMs / 1_000 - Number(time)) > TOLERANCE_SECONDS) return 'The signature is too old';
  const isRight = listSecrets(secret).some((one) => {
    const key = Buffer.from(one.replace(/^whsec_/, ''), 'base64');
    const wanted = Buffer.from(
      `v1,${createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64')}`,
    );
    return given.split(' ').some((each) => {
      const bytes = Buffer.from(each);
      return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
    });
  });
  return isRight ? undefined : 'The signature is of another secret';
}
