import type { PartnerRequest } from '../../../partners/send.ts';
import { encodeForm, type FormValue } from './form.ts';

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
  effect: {
    readonly path: string;
    readonly form: Readonly<Record<string, FormValue>>;
    readonly idempotencyKey: string;
  },
): PartnerRequest & { readonly method: 'POST' } {
  return {
    method: 'POST',
    url: `${access.baseUrl}${effect.path}`,
    headers: {
      ...headersOf(access),
      'content-type': 'application/x-www-form-urlencoded',
      'idempotency-key': effect.idempotencyKey,
    },
    body: encodeForm(effect.form),
    timeoutMs,
  };
}

function headersOf(access: StripeAccess): Record<string, string> {
  return {
    authorization: `Bearer ${access.apiKey}`,
    'stripe-version': apiVersion,
    accept: 'application/json',
  };
}
