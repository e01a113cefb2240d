import { generateKeyPairSync, sign } from 'node:crypto';
import { type HookSecret, listSecrets } from './signatures.ts';

/** A new private key on the curve P-256, as PEM. */
export function ecKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
}

let forgersKey: string | undefined;

/** A key that nobody knows. It is made only if a webhook is forged. */
function forger(): string {
  forgersKey ??= ecKey();
  return forgersKey;
}

/** Signs by ECDSA with SHA-256, DER in base 64. A secret that is no key is that of a forged webhook. */
export function signEc(secret: HookSecret, text: string): string {
  const [first = ''] = listSecrets(secret);
  const key = first.includes('-----BEGIN') ? first : forger();
  return sign('sha256', Buffer.from(text), key).toString('base64');
}
