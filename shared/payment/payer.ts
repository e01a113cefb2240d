import type { OrderDetails } from '../timeline/index.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { BoundPaymentProvider, OfferedMethod, Payer } from './provider.ts';

type Needs = Pick<OfferedMethod, 'payerNeeds'>;

/** The shopper's data, read only for a method that asks for it. */
export async function payerFor(
  deps: Pick<PaymentDeps, 'details'>,
  { methods }: Pick<BoundPaymentProvider, 'methods'>,
  { orderId, method }: { readonly orderId: string; readonly method: string },
): Promise<{ readonly payer?: Payer }> {
  const offer = methods.find((one) => one.method === method);
  if (offer?.payerNeeds === undefined) return {};
  const { customer, shippingAddress, billingAddress = shippingAddress } = await deps.details.read(orderId);
  return { payer: { customer, address: billingAddress } };
}

/** The methods whose provider needs nothing of the shopper that the order does not have. */
export async function withKnownPayer<Method extends Needs>(
  deps: Pick<PaymentDeps, 'details'>,
  orderId: string,
  methods: readonly Method[],
): Promise<readonly Method[]> {
  if (methods.every(({ payerNeeds }) => payerNeeds === undefined)) return methods;
  const details = await deps.details.read(orderId);
  return methods.filter((method) => isPayerKnown(method, details));
}

function isPayerKnown({ payerNeeds = [] }: Needs, details: OrderDetails): boolean {
  const { customer, shippingAddress, billingAddress = shippingAddress } = details;
  return payerNeeds.every((field) => {
    if (field === 'phone') return customer.phone !== undefined;
    if (field === 'taxId') return billingAddress.taxId !== undefined;
    return true;
  });
}
