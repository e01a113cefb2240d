import { createHash } from 'node:crypto';
import type { PartnerRequest } from '../../../partners/send.ts';

/** A value in a form-encoded body for Stripe. An undefined value is left out of the body. */
export type FormValue =
  | string
  | number
  | boolean
  | undefined
  | readonly FormValue[]
  | { readonly [name: string]: FormValue };

/** A file to upload, and what it is for. */
export interface FormFile {
  readonly purpose: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

type Encoded = Pick<PartnerRequest, 'body' | 'encoding'> & { readonly contentType: string };

/** A form with a file, as `multipart/form-data` (RFC 7578). Each byte is a letter of Latin-1. */
export function encodeFile({ purpose, name, type, bytes }: FormFile): Encoded {
  const content = Buffer.from(bytes).toString('latin1');
  const boundary = `entrepot-${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;
  const part = (header: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${header}\r\n\r\n${value}\r\n`;
  const file = `name="file"; filename="${name}"\r\nContent-Type: ${type}`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: `${part('name="purpose"', purpose)}${part(file, content)}--${boundary}--\r\n`,
    encoding: 'latin1',
  };
}

/** A form, URL-encoded: nested members as `a[b]=1` and lists as `a[0]=1`, percent-encoded but for the brackets. */
export function encodeForm(form: Readonly<Record<string, FormValue>>): Encoded {
  const pairs = Object.entries(form).flatMap(([name, value]) => pairsOf(encodeURIComponent(name), value));
  return { contentType: 'application/x-www-form-urlencoded', body: pairs.join('&') };
}

function pairsOf(name: string, value: FormValue): string[] {
  if (value === undefined) return [];
  if (typeof value !== 'object') return [`${name}=${encodeURIComponent(String(value))}`];
  return Object.entries(value).flatMap(([key, inner]) =>
    pairsOf(`${name}[${encodeURIComponent(key)}]`, inner),
  );
}
