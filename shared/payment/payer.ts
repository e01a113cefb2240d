import { defined } from '../kernel/defined.ts';
import type { OrderDetails } from '../timeline/index.ts';
import { missingOfRequest, type Payer, type StartRequest } from './payer-data.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { OfferedMethod } from './provider.ts';

type Needs = Pick<OfferedMethod, 'payerNeeds'>;

/** The shopper's data, read only for a method that asks for it. */
export async function payerFor(
  deps: Pick<PaymentDeps, 'details'>,
  { payerNeeds = [] }: Needs,
  orderId: string,
  { vpa, device }: StartRequest,
): Promise<{ readonly payer?: Payer }> {
  if (payerNeeds.every((field) => field === 'returnUrl')) return {};
  const { customer, shippingAddress, billingAddress = shippingAddress } = await deps.details.read(orderId);
  const now = payerNeeds.includes('vpa') ? defined({ vpa, device }) : {};
  return { payer: { customer, address: billingAddress, ...now } };
}

/** The methods whose provider needs nothing of the shopper that the order or the request does not have. */
export async function withKnownPayer<Method extends Needs>(
  deps: Pick<PaymentDeps, 'details'>,
  orderId: string,
  methods: readonly Method[],
  request: StartRequest,
): Promise<readonly Method[]> {
  const able = methods.filter(({ payerNeeds }) => missingOfRequest(payerNeeds, request) === undefined);
  if (able.every(({ payerNeeds }) => payerNeeds === undefined)) return able;
  const details = await deps.details.read(orderId);
  return able.filter((method) => isPayerKnown(method, details));
}

function isPayerKnown({ payerNeeds = [] }: Needs, details: OrderDetails): boolean {
  const { customer, shippingAddress, billingAddress = shippingAddress } = details;
  return payerNeeds.every((field) => {
    if (field === 'phone') return customer.phone !== undefined;
    if (field === 'taxId') return billingAddress.taxId !== undefined;
    return true;
  });
}
