import { type Form, readForm, readList, readText } from './form.ts';
import { localMethods, methodTypes, redirects } from './methods.ts';
import { invalid } from './refusal.ts';
import type { StripeIntent } from './wire.ts';

/** From this API version on, `payment_method_types` is read-only (changelog of 2026-09-30.endive). */
const typesRemovedIn = '2026-09-30';
const captureMethods = ['automatic', 'automatic_async', 'manual'] as const;

/** The caller's choice of payment methods for an intent. */
type MethodChoice = Pick<
  StripeIntent,
  | 'payment_method_types'
  | 'allowed_payment_method_types'
  | 'excluded_payment_method_types'
  | 'automatic_payment_methods'
  | 'capture_method'
>;

/**
 * Chooses the payment method types of a new intent. Stripe chooses by currency and capture method. The caller may narrow
 * the choice by `allowed_payment_method_types` or by `excluded_payment_method_types`. Allowed types that do not fit the
 * currency or the capture method are dropped without an error.
 */
export function chooseMethods(params: Form, currency: string, apiVersion: string): MethodChoice {
  const capture = readCaptureMethod(params);
  if (params.payment_method_types !== undefined) return chooseListed(params, currency, capture, apiVersion);
  const allowed = readTypes(params, 'allowed_payment_method_types');
  const excluded = readTypes(params, 'excluded_payment_method_types');
  if (allowed.length > 0) refuseTogether(params);
  const automatic = allowed.length > 0 ? null : readAutomatic(params);
  const types = ['card', 'link', ...Object.keys(localMethods)]
    .filter((type) => allowed.length === 0 || allowed.includes(type))
    .filter((type) => !excluded.includes(type))
    .filter((type) => fits(type, currency, capture))
    .filter((type) => automatic?.allow_redirects !== 'never' || !redirects(type));
  if (types.length === 0) {
    const message =
      'No valid payment method types for this Payment Intent: none fits its currency and capture method.';
    throw invalid('allowed_payment_method_types', message);
  }
  return {
    payment_method_types: types,
    allowed_payment_method_types: allowed.length > 0 ? allowed : null,
    excluded_payment_method_types: excluded.length > 0 ? excluded : null,
    automatic_payment_methods: automatic,
    capture_method: capture,
  };
}

/** Before 2026-09-30 the caller listed the types, and a type that did not fit was an error. */
function chooseListed(
  params: Form,
  currency: string,
  capture: MethodChoice['capture_method'],
  apiVersion: string,
): MethodChoice {
  if (apiVersion.slice(0, 10) >= typesRemovedIn) {
    const message =
      'payment_method_types can no longer be set. Use allowed_payment_method_types, or rely on dynamic payment methods.';
    throw invalid('payment_method_types', message, 'payment_method_types_no_longer_supported');
  }
  const types = readTypes(params, 'payment_method_types');
  const wrong = types.find((type) => !fits(type, currency, capture));
  if (wrong !== undefined) {
    throw invalid(
      'payment_method_types',
      `The payment method type ${wrong} does not fit ${currency} with capture_method ${capture}.`,
    );
  }
  return {
    payment_method_types: types,
    allowed_payment_method_types: null,
    excluded_payment_method_types: null,
    automatic_payment_methods: null,
    capture_method: capture,
  };
}

/** Whether a confirmation must give a `return_url`, because a method of the intent leaves the shop's page. */
export function needsReturnUrl(intent: StripeIntent): boolean {
  if (intent.automatic_payment_methods !== null)
    return intent.automatic_payment_methods.allow_redirects === 'always';
  return intent.payment_method_types.some(redirects);
}

function fits(type: string, currency: string, capture: MethodChoice['capture_method']): boolean {
  const local = localMethods[type];
  if (local === undefined) return type === 'card' || type === 'link';
  return (
    (local.currencies?.includes(currency) ?? true) && (capture !== 'manual' || local.manualCapture === true)
  );
}

function refuseTogether(params: Form): void {
  const other = [
    'excluded_payment_method_types',
    'automatic_payment_methods',
    'payment_method_configuration',
  ].find((name) => params[name] !== undefined);
  if (other === undefined) return;
  const message = `You may only specify one of these parameters: allowed_payment_method_types, ${other}.`;
  throw invalid('allowed_payment_method_types', message, 'parameters_exclusive');
}

function readTypes(params: Form, name: string): string[] {
  const types = readList(params, name);
  const unknown = types.find((type) => !methodTypes.includes(type));
  if (unknown !== undefined) throw invalid(name, `Invalid ${name}: ${unknown} is not a payment method type.`);
  return types;
}

function readAutomatic(params: Form): StripeIntent['automatic_payment_methods'] {
  const given = readForm(params, 'automatic_payment_methods') ?? {};
  if (readText(given, 'enabled') === 'false') return null;
  return { allow_redirects: readText(given, 'allow_redirects') ?? 'always', enabled: true };
}

function readCaptureMethod(params: Form): StripeIntent['capture_method'] {
  const given = readText(params, 'capture_method') ?? 'automatic_async';
  const method = captureMethods.find((one) => one === given);
  if (method === undefined)
    throw invalid('capture_method', `Invalid capture_method: must be one of ${captureMethods.join(', ')}`);
  return method;
}
