import type { Fact } from '../../events/all-events.ts';
import type { InstalmentPlan } from '../../events/instalments.ts';
import type { FieldProblem } from '../kernel/problem.ts';
import type { OrderDetails } from '../timeline/index.ts';

/** A method that can pay an order, with its provider and its time limit in milliseconds. */
export type PayableMethod = Pick<
  Fact<'order.placed'>['data']['payment'],
  'provider' | 'isCash' | 'captureAt' | 'feeRule'
> & {
  readonly reservationMs: number;
  /** What the provider must know of the shopper. */
  readonly payerNeeds?: readonly string[];
  /** The instalments in which it can be paid. */
  readonly plans?: readonly InstalmentPlan[];
};

/** What the payment method asks of the shopper and the request lacks. Name, address and e-mail are always there. */
export function missingOfPayer(
  needs: readonly string[] = [],
  { customer, shippingAddress, billingAddress }: OrderDetails,
  request: { readonly vpa?: string | undefined; readonly returnUrl?: string | undefined },
): FieldProblem[] {
  const lack = (pointer: string, what: string): FieldProblem => ({
    ...{ pointer, code: 'payer-needs', detail: `the payment method needs ${what} of the shopper` },
  });
  const { taxId } = billingAddress ?? shippingAddress;
  const payer = billingAddress === undefined ? '/shippingAddress' : '/billingAddress';
  return [
    ...(needs.includes('phone') && customer.phone === undefined
      ? [lack('/customer/phone', 'the telephone number')]
      : []),
    ...(needs.includes('taxId') && taxId === undefined ? [lack(`${payer}/taxId`, 'the tax number')] : []),
    ...(needs.includes('vpa') && request.vpa === undefined ? [lack('/payment/vpa', 'the UPI address')] : []),
    ...(needs.includes('returnUrl') && request.returnUrl === undefined
      ? [lack('/payment/returnUrl', 'the page for the return')]
      : []),
  ];
}

/** The method as an order takes it: in that number of instalments, or in one amount. Undefined: it has no such plan. */
export function inInstalments(
  { plans = [], ...method }: PayableMethod,
  count: number | undefined,
): (PayableMethod & { readonly plan?: InstalmentPlan }) | undefined {
  if (count === undefined) return method;
  const plan = plans.find(({ instalments }) => instalments.length === count);
  const { captureAt: _captureAt, ...own } = method;
  return plan === undefined ? undefined : { ...own, plan };
}
