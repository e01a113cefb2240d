import type { Address, Customer } from '../kernel/address.ts';

/** Who bought and where it goes: the order's only personal data, kept beside its facts and not in them. */
export interface OrderDetails {
  readonly customer: Customer;
  readonly shippingAddress: Address;
  readonly billingAddress?: Address | undefined;
}

export interface OrderDetailsReader {
  /** Throws when the order has none: they are written with its first fact. */
  read(orderId: string): Promise<OrderDetails>;
}
