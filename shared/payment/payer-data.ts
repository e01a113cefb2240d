import type { Address, Customer } from '../kernel/address.ts';

/** What a method asks of the shopper, beside the amount. */
export type PayerField = 'email' | 'name' | 'address' | 'phone' | 'taxId' | RequestField;

/** Of these: what only the request that starts a payment says. */
export type RequestField = 'vpa' | 'returnUrl';

/** The shopper, for a provider that asks for the payer's data. Personal: never in a fact, a log or an error. */
export interface Payer extends PayerNow {
  readonly customer: Customer;
  /** The billing address, or the one where the goods go. */
  readonly address: Address;
}

/** What the request that starts a payment says of the shopper. It is handed on and kept nowhere. */
interface PayerNow {
  /** The UPI address to which the request to pay goes. */
  readonly vpa?: string | undefined;
  /** The device of the request: its address in the internet, and what its browser calls itself. */
  readonly device?: Device;
}

interface Device {
  readonly ip: string;
  readonly userAgent?: string;
}

/** What the request that starts a payment says beside the method. A repeat says it again. */
export interface StartRequest extends PayerNow {
  readonly returnUrl?: string | undefined;
}

/** What the method needs of the request and the request lacks; undefined if it lacks nothing. */
export const missingOfRequest = (
  needs: readonly string[] = [],
  request: Pick<StartRequest, RequestField> = {},
): RequestField | undefined =>
  (['vpa', 'returnUrl'] as const).find((field) => needs.includes(field) && request[field] === undefined);
