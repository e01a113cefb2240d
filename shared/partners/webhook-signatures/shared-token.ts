import { createHash } from 'node:crypto';
import type { Instant } from '../../kernel/time.ts';
import { findSigner, refuse, type SignatureCheck } from './signature-check.ts';
import type { WebhookSecret } from './webhook-secret.ts';

/**
 * A header that holds the secret itself. It proves who calls, and nothing about the body or the time. Hashes are
 * compared, so that the duration does not show the length of the secret.
 */
export function verifySharedToken(
  header: string | undefined,
  { now, secrets }: { readonly now: Instant; readonly secrets: readonly WebhookSecret[] },
): SignatureCheck {
  if (header === undefined || header === '') return refuse('no-signature');
  return findSigner(secrets, now, [hashed(header)], hashed);
}

const hashed = (text: string) => createHash('sha256').update(text).digest();
