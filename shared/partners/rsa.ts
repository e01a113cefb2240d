import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import * as z from 'zod';

/** Every partner that signs by RSA asks for keys of this length or longer. */
const MIN_BITS = 2_048;

/** A key as partners show it: PEM, or the base 64 of its DER form without the lines around it. */
function readKey(text: string, kind: 'private' | 'public'): KeyObject | undefined {
  const input = text.includes('-----') ? text : Buffer.from(text, 'base64');
  try {
    const key =
      kind === 'private'
        ? createPrivateKey(typeof input === 'string' ? input : { key: input, format: 'der', type: 'pkcs8' })
        : createPublicKey(typeof input === 'string' ? input : { key: input, format: 'der', type: 'spki' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === 'rsa' && bits >= MIN_BITS ? key : undefined;
  } catch {
    // Not a key: the schema names the field.
    return undefined;
  }
}

const keySchema = (kind: 'private' | 'public') =>
  z
    .string()
    .refine((text) => readKey(text, kind) !== undefined, `a ${kind} RSA key of ${MIN_BITS} bits or more`);

/** Our own private key, as PEM or base 64 of PKCS #8. */
export const rsaPrivateKeySchema = keySchema('private');

/** A partner's public key, as PEM or base 64 of SubjectPublicKeyInfo. */
export const rsaPublicKeySchema = keySchema('public');

/** The signature of the bytes by RSA (PKCS #1 v1.5) with SHA-256, in base 64. */
export function signByRsa(privateKey: string, bytes: Buffer): string {
  const key = readKey(privateKey, 'private');
  if (key === undefined) throw new TypeError('the key was checked with the settings');
  return sign('sha256', bytes, key).toString('base64');
}

/** Whether the owner of the public key signed the bytes so. Anything but exact base 64 is no signature. */
export function isSignedByRsa(publicKey: string, signed: Buffer, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  const key = readKey(publicKey, 'public');
  if (key === undefined || bytes.toString('base64') !== signature) return false;
  return verify('sha256', signed, key, bytes);
}
