import type { Fact } from '../../events/all-events.ts';
import type { FieldProblem } from '../kernel/problem.ts';
import type { OrderDetails } from '../timeline/index.ts';

/** A method that can pay an order, with its provider and its time limit in milliseconds. */
export type PayableMethod = Pick<
  Fact<'order.placed'>['data']['payment'],
  'provider' | 'isCash' | 'captureAt'
> & {
  readonly reservationMs: number;
  /** What the provider must know of the shopper. */
  readonly payerNeeds?: readonly string[];
};

/** What the payment method asks of the shopper and the request lacks. Name, address and e-mail are always there. */
export function missingOfPayer(
  needs: readonly string[] = [],
  { customer, shippingAddress, billingAddress }: OrderDetails,
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
  ];
}
