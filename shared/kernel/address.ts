import * as z from 'zod';
import { countrySchema } from './country.ts';

const text = (max: number) => z.string().trim().min(1).max(max);

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
    taxId: text(24)
      .optional()
      .meta({
        description:
          "The consignee's number at the customs of the country. An import can not be ordered without it to " +
          'AR (CUIT), BR (CPF), CL (RUT), CN, CO (cédula), ID (NIK), IL, IN (Aadhaar, PAN or passport), KR (personal ' +
          'customs clearance code) and TR (T.C. kimlik no), and may have it in MX (RFC)',
      }),
  })
  .meta({ id: 'Address' });

export type Address = z.infer<typeof addressSchema>;

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
