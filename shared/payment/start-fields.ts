import { returnUrlSchema } from '../kernel/return-url.ts';
import { upiAddressSchema } from '../kernel/upi-address.ts';

/** What a request that starts a payment may say beside the method. Nothing of it is stored. */
export const startFields = {
  returnUrl: returnUrlSchema.optional(),
  /** For a method that sends a request to pay to the shopper's UPI app. */
  vpa: upiAddressSchema.optional(),
};
