import type { Instant } from '../../../kernel/time.ts';
import type { Callback, Verdict } from '../../../partners/plug-in.ts';
import { isSignedByRsa, signByRsa } from '../../../partners/rsa.ts';
import type { PartnerResponse } from '../../../partners/send.ts';
import {
  nameCallback,
  verifyRsaSignature,
  type WebhookSecret,
} from '../../../partners/webhook-signatures/index.ts';
import { fieldAt } from '../../wallet/read-wallet.ts';
import type { WalletRequest } from '../../wallet/wallet-data.ts';

interface AntomKeys {
  readonly clientId: string;
  readonly privateKey: string;
  readonly webhookSecrets: readonly WebhookSecret[];
  readonly notifyUrl: string;
}

/** What Antom and we sign: method and path, and then the client, the time and the body. */
const signedBytes = (path: string, clientId: string, time: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`POST ${path}\n${clientId}.${time}.`), body]);

/** The headers of a request. The time is in milliseconds, as in Antom's own SDKs. */
export function antomHeaders(
  { clientId, privateKey }: AntomKeys,
  now: Instant,
  { path, body = '' }: WalletRequest,
): Record<string, string> {
  const time = String(Date.parse(now));
  const signature = encodeURIComponent(
    signByRsa(privateKey, signedBytes(path, clientId, time, Buffer.from(body))),
  );
  return {
    'client-id': clientId,
    'request-time': time,
    signature: `algorithm=RSA256,keyVersion=1,signature=${signature}`,
  };
}

/** Whether Antom signed the answer to a request at that path. */
export function isGenuineAnswer(
  { clientId, webhookSecrets }: AntomKeys,
  now: Instant,
  { path, response }: { readonly path: string; readonly response: PartnerResponse },
): boolean {
  const time = response.headers['response-time'] ?? '';
  const signed = signedBytes(path, clientId, time, Buffer.from(response.body));
  const signature = signatureIn(response.headers.signature) ?? '';
  return webhookSecrets.some(
    ({ value, notAfter }) =>
      (notAfter === undefined || now <= notAfter) && isSignedByRsa(value, signed, signature),
  );
}

/** A notification is signed over the path to which it is sent. It has no id of its own: what it reports names it. */
export function verifyNotification(
  { clientId, webhookSecrets, notifyUrl }: AntomKeys,
  now: Instant,
  { headers, rawBody }: Callback,
): Verdict {
  const time = headers['request-time'] ?? '';
  const path = new URL(notifyUrl).pathname;
  const check = verifyRsaSignature(signatureIn(headers.signature), {
    signed: signedBytes(path, clientId, time, rawBody),
    seconds: secondsOf(time),
    ...{ now, secrets: webhookSecrets },
  });
  return nameCallback(check, () => idOf(rawBody.toString('utf8')));
}

/** The base 64 in `algorithm=RSA256,keyVersion=1,signature=…`, where it is URL-encoded. */
function signatureIn(header: string | undefined): string | undefined {
  const [, encoded] = /(?:^|,)\s*signature=([^,\s]*)$/.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    // A broken escape: no signature of Antom's.
    return 'broken';
  }
}

/** The Unix time of a header: milliseconds, or ISO 8601 with an offset. */
function secondsOf(time: string): number | undefined {
  const ms = /^\d{13}$/.test(time) ? Number(time) : Date.parse(time);
  return Number.isFinite(ms) ? ms / 1_000 : undefined;
}

function idOf(body: string): string | undefined {
  try {
    const event: unknown = JSON.parse(body);
    const parts = ['notifyType', 'paymentRequestId', 'refundRequestId', 'result.resultCode'].map((path) =>
      fieldAt(event, path),
    );
    const words = parts.filter((one) => typeof one === 'string');
    return words.length < 2 ? undefined : words.join(':');
  } catch {
    // Not JSON: the caller refuses it as malformed.
    return undefined;
  }
}
