import type { PartnerRequest, Sandbox } from '../../../../../infra/sandbox/partner.ts';
import type { StripeBooks } from './books.ts';
import { type Form, parseForm, readText } from './form.ts';
import { StripeRefusal } from './refusal.ts';

/** Whether the caller used a publishable key. Throws Stripe's 401 or 403 for a key that does not give access. */
export function authorise(sandbox: Sandbox, request: PartnerRequest, allowsPublishable: boolean): boolean {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  const basic =
    scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString('utf8').split(':')[0] : value;
  const key = basic || request.query.get('key') || parseForm(request.body).key || '';
  if (key === sandbox.keys().apiKey) return false;
  if (typeof key === 'string' && key.startsWith('pk_')) {
    if (allowsPublishable) return true;
    const message = 'This API call cannot be made with a publishable API key. Please use a secret API key.';
    throw new StripeRefusal(
      403,
      { type: 'invalid_request_error', code: 'secret_key_required', message },
      false,
    );
  }
  const message = key === '' ? 'You did not provide an API key.' : 'Invalid API Key provided.';
  throw new StripeRefusal(401, { type: 'invalid_request_error', message }, false);
}

/** A browser may read or change only the intent whose client secret it sends. */
export function checkClientSecret(books: StripeBooks, id: string, params: Form): void {
  if (readText(params, 'client_secret') === books.intent(id).client_secret) return;
  const message =
    'The client_secret provided does not match the client_secret associated with the PaymentIntent.';
  throw new StripeRefusal(
    400,
    {
      type: 'invalid_request_error',
      code: 'payment_intent_invalid_parameter',
      message,
      param: 'client_secret',
    },
    false,
  );
}
