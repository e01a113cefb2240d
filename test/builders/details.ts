import type { Address } from '../../shared/kernel/address.ts';
import type { OrderDetails } from '../../shared/timeline/index.ts';

export function address(over: Partial<Address> = {}): Address {
  return {
    name: 'Ada Example',
    line1: 'Invalidenstrasse 1',
    city: 'Berlin',
    postalCode: '10115',
    country: 'DE',
    ...over,
  };
}

export function details(over: Partial<OrderDetails> = {}): OrderDetails {
  return {
    customer: { email: 'ada@example.test', phone: '+493012345678' },
    shippingAddress: address(),
    ...over,
  };
}
