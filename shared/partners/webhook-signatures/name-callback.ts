import type { Verdict } from '../plug-in.ts';
import type { SignatureCheck } from './signature-check.ts';

/** Makes a verdict from the signature check and the event's id. A signed body without an id is malformed. */
export function nameCallback(check: SignatureCheck, callbackId: string | undefined): Verdict {
  if (!check.genuine) return { genuine: false, reason: check.reason };
  if (callbackId === undefined || callbackId === '') return { genuine: false, reason: 'malformed' };
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
