import * as z from 'zod';

/**
 * The address of an account in UPI (VPA): the account's name, `@`, and the handle of the app or bank. Its form alone is
 * checked; only the payer's bank knows whether it exists. The name has letters, digits, dots, hyphens and underscores,
 * the handle letters and digits (npci.org.in/what-we-do/upi/3rd-party-apps lists the handles). It is personal data.
 */
export const upiAddressSchema = z
  .string()
  .max(255)
  .regex(/^[a-z0-9][a-z0-9._-]+@[a-z][a-z0-9]+$/i, 'an address such as name@bank')
  .meta({ description: "The shopper's UPI address", example: 'asha.rao@examplebank' });
