import { timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../kernel/time.ts';
import type { RefusalReason } from '../plug-in.ts';
import { liveSecrets, type WebhookSecret } from './webhook-secret.ts';

/** The result of a signature check: the id of the secret that signed, or the reason for the failure. */
export type SignatureCheck =
  | { readonly genuine: true; readonly secretId: string }
  | { readonly genuine: false; readonly reason: RefusalReason };

/** How far a signature's time may differ from ours, either way. Standard Webhooks has 5 minutes, as most do. */
const toleranceSeconds = 300;

export const refuse = (reason: RefusalReason): SignatureCheck => ({ genuine: false, reason });

/**
 * Tries each live secret against each given signature. Every pair is compared in constant time, so that the duration
 * does not reveal which one was nearly right. `sign` gives undefined for a secret that is no key.
 */
export function findSigner(
  secrets: readonly WebhookSecret[],
  now: Instant,
  signatures: readonly Buffer[],
  sign: (secret: string) => Buffer | undefined,
): SignatureCheck {
  const matching = liveSecrets(secrets, now).filter((secret) => {
    const expected = sign(secret.value);
    if (expected === undefined) return false;
    return signatures.filter((given) => isSame(given, expected)).length > 0;
  });
  const [signer] = matching;
  return signer === undefined ? refuse('bad-signature') : { genuine: true, secretId: signer.id };
}

function isSame(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Refuses a signature that is too old or that claims to be from the future. `seconds` in Unix time. */
export function checkAge(seconds: number, now: Instant): boolean {
  return Math.abs(Date.parse(now) / 1_000 - seconds) <= toleranceSeconds;
}

/** Whole Unix seconds as headers carry them; undefined for anything else. */
export function readSeconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
