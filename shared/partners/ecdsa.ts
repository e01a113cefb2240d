import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import * as z from 'zod';

/** A signature in the form of IEEE P1363: two numbers of 32 bytes, as RFC 9421 has it. Others are DER. */
const PLAIN_BYTES = 64;

function readKey(text: string): KeyObject | undefined {
  const input = text.includes('-----')
    ? text
    : { key: Buffer.from(text, 'base64'), format: 'der' as const, type: 'spki' as const };
  try {
    const key = createPublicKey(input);
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
  } catch {
    // Not a key: the schema names the field.
    return undefined;
  }
}

/** A partner's public key on the curve P-256, as PEM or base 64 of SubjectPublicKeyInfo. */
export const ecdsaPublicKeySchema = z
  .string()
  .refine((text) => readKey(text) !== undefined, 'a public key on the curve P-256');

/** Whether the owner of the public key signed the bytes by ECDSA with SHA-256. Anything but exact base 64 is none. */
export function isSignedByEcdsa(publicKey: string, signed: Buffer, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  const key = readKey(publicKey);
  if (key === undefined || bytes.toString('base64') !== signature) return false;
  return verify(
    'sha256',
    signed,
    { key, dsaEncoding: bytes.length === PLAIN_BYTES ? 'ieee-p1363' : 'der' },
    bytes,
  );
}
