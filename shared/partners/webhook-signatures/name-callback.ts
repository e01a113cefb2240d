import { createHash } from 'node:crypto';
import type { Verdict } from '../plug-in.ts';
import type { SignatureCheck } from './signature-check.ts';

/** An id as partners give them. Every other one is replaced by its hash: the table's keys end at 2,048 bytes. */
const USUAL_ID = /^[\x21-\x7e]{1,200}$/;

/**
 * Makes a verdict from the signature check and the event's id. A signed call without an id is malformed. `readId` is
 * called only once the signature was right: it may read the body, and nobody else's body is worth that work.
 */
export function nameCallback(check: SignatureCheck, readId: () => string | undefined): Verdict {
  if (!check.genuine) return { genuine: false, reason: check.reason };
  const id = readId();
  if (id === undefined || id === '') return { genuine: false, reason: 'malformed' };
  const callbackId = USUAL_ID.test(id) ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`;
  return { genuine: true, callbackId, secretId: check.secretId };
}

/** The `id` at the top of a JSON body; undefined when there is none or the body isn't JSON. */
export function readBodyId(rawBody: Buffer): string | undefined {
  try {
    const body: unknown = JSON.parse(rawBody.toString('utf8'));
    if (typeof body !== 'object' || body === null || !('id' in body)) return undefined;
    return typeof body.id === 'string' ? body.id : undefined;
  } catch {
    // Not JSON: the caller refuses it as malformed.
    return undefined;
  }
}
