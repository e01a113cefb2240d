import type { PartnerRequest } from '../../../partners/send.ts';
import { encodeFile, encodeForm, type FormFile, type FormValue } from './form.ts';

/** The version of Stripe's API that this adapter is written for. */
export const apiVersion = '2026-10-28.endive';

const timeoutMs = 8_000;

/** The settings that every request needs. */
export interface StripeAccess {
  readonly apiKey: string;
  readonly baseUrl: string;
}

/** A request that reads. `path` has its query. */
export function getRequest(access: StripeAccess, path: string): PartnerRequest & { readonly method: 'GET' } {
  return { method: 'GET', url: `${access.baseUrl}${path}`, headers: headersOf(access), timeoutMs };
}

/** A request that changes something. Stripe repeats the first answer to the same key for at least 24 hours. */
export function postRequest(
  access: StripeAccess,
  effect: Effect,
): PartnerRequest & { readonly method: 'POST' } {
  const isFile = effect.file !== undefined;
  const { contentType, ...content } = isFile ? encodeFile(effect.file) : encodeForm(effect.form);
  return {
    method: 'POST',
    url: `${isFile ? filesAt(access) : access.baseUrl}${effect.path}`,
    headers: {
      ...headersOf(access),
      'content-type': contentType,
      'idempotency-key': effect.idempotencyKey,
    },
    ...content,
    timeoutMs,
  };
}

/** A request that changes something: a form, or the upload of a file. */
export type Effect = {
  readonly path: string;
  readonly idempotencyKey: string;
} & (
  | { readonly form: Readonly<Record<string, FormValue>>; readonly file?: undefined }
  | { readonly file: FormFile; readonly form?: undefined }
);

const ORIGIN = 'https://api.stripe.com';

/** Stripe takes files at a host of their own (docs.stripe.com/file-upload). Another server takes them itself. */
const filesAt = ({ baseUrl }: StripeAccess): string =>
  baseUrl === ORIGIN ? 'https://files.stripe.com' : baseUrl;

function headersOf(access: StripeAccess): Record<string, string> {
  return {
    authorization: `Bearer ${access.apiKey}`,
    'stripe-version': apiVersion,
    accept: 'application/json',
  };
}
