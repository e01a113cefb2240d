import { createPublicKey } from 'node:crypto';

/** The public half of a private key, or the public key itself, as PEM. A text that is no key stays as it is. */
export function publicPem(pem: string): string {
  if (!pem.startsWith('-----BEGIN')) return pem;
  return createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString().trim();
}
