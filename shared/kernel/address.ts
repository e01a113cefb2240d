import * as z from 'zod';
import { countrySchema } from './country.ts';
import { checkPostalCode } from './postal-code.ts';

const text = (most: number) => z.string().trim().min(1).max(most);

/** A name and postal address. Personal data: kept in one place, never in a fact, a log, an event or an error. */
export const addressSchema = z
  .strictObject({
    name: text(70),
    company: text(70).optional(),
    line1: text(100),
    line2: text(100).optional(),
    city: text(70),
    region: text(70).optional(),
    postalCode: text(16).optional(),
    country: countrySchema,
  })
  .meta({ id: 'Address' });

export type Address = z.infer<typeof addressSchema>;

/** An address as it is given to us: its postal code has a shape of its country. */
export const givenAddressSchema = addressSchema
  .superRefine((address, { addIssue }) => checkPostalCode(address, addIssue))
  .meta({ id: 'GivenAddress', description: 'A postal address; its postal code has a shape of its country' });

export const customerSchema = z
  .strictObject({
    email: z.email().max(254),
    phone: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, 'E.164: plus sign, country code, digits')
      .optional(),
  })
  .meta({ id: 'Customer' });

export type Customer = z.infer<typeof customerSchema>;
