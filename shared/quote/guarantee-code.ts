// Crockford's base 32: no I, L, O and U, so that it can be read out over the phone.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARS = 10;

/**
 * The short code of a guaranteed price, for shopper, merchant and support: `GC-` and ten characters of the quote's
 * signature (50 bits), so that nobody can give a quote another quote's code.
 */
export function guaranteeCodeOf({ signature }: { readonly signature: string }): string {
  const bytes = Buffer.from(signature, 'base64url');
  let bits = 0n;
  for (const byte of bytes.subarray(0, 8)) bits = (bits << 8n) | BigInt(byte);
  let code = '';
  for (let index = 0; index < CHARS; index += 1) {
    code += ALPHABET[Number((bits >> BigInt(59 - 5 * index)) & 31n)] ?? '';
  }
  return `GC-${code.slice(0, 5)}-${code.slice(5)}`;
}
