import type { Address, Customer } from '../kernel/address.ts';

/** The customer and the addresses: the order's only personal data, stored beside its facts and never in them. */
export interface OrderDetails {
  readonly customer: Customer;
  readonly shippingAddress: Address;
  readonly billingAddress?: Address | undefined;
}

export interface OrderDetailsReader {
  /** Throws when the order has none: they are written with its first fact. */
  read(orderId: string): Promise<OrderDetails>;
}
