import { newId } from '../../../../../infra/sandbox/random.ts';
import type { StripeBooks, StripeCall } from './books.ts';
import { mergeMetadata, readText, refuseUnknown } from './form.ts';
import { invalid, noSuch } from './refusal.ts';
import type { StripeCustomer, StripeIntent } from './wire.ts';

/** POST /v1/customers */
export function createCustomer(books: StripeBooks, { params }: StripeCall): StripeCustomer {
  refuseUnknown(params, ['description', 'email', 'metadata', 'name', 'phone']);
  return books.saveCustomer({
    id: newId('cus', 14),
    object: 'customer',
    created: books.nowSeconds(),
    description: readText(params, 'description') ?? null,
    email: readText(params, 'email') ?? null,
    livemode: false,
    metadata: mergeMetadata({}, params),
    name: readText(params, 'name') ?? null,
    phone: readText(params, 'phone') ?? null,
  });
}

/** Refuses an intent of a customer who is not there, or one without the customer on a method that was never kept. */
export function checkCustomer(
  books: StripeBooks,
  { params }: StripeCall,
  { customer, payment_method: method }: { readonly customer?: string; readonly payment_method?: string },
): void {
  if (customer !== undefined && books.customer(customer) === undefined)
    throw noSuch('customer', customer, 'customer', 400);
  if (readText(params, 'off_session') !== 'true' || method === undefined) return;
  if (customer === undefined || !books.hasKept(customer, method)) {
    const hint = 'It has to be attached to the customer before it is charged off session.';
    throw invalid('payment_method', `The PaymentMethod ${method} is not attached to the Customer. ${hint}`);
  }
}

/** Keeps the method of a paid intent with its customer, if the intent was made for that. */
export function keepMethod(books: StripeBooks, intent: StripeIntent): void {
  if (intent.setup_future_usage === null || intent.customer === null || intent.payment_method === null)
    return;
  books.keep(intent.customer, intent.payment_method);
}
