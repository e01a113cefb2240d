import * as z from 'zod';
import { countrySchema } from './country.ts';
import { givenCountrySchema } from './places/given-country.ts';
import { checkPlace, withCanonicalPlace } from './places/place.ts';
import { needsPostalCode } from './places/postal-code.ts';
import { checkTaxId } from './tax-id.ts';

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

/** An address of the merchant, such as a warehouse's; its place is in the canonical form. */
export const storedAddressSchema = addressSchema
  .safeExtend({ country: givenCountrySchema })
  .overwrite(withCanonicalPlace)
  .meta({ id: 'MerchantAddress' });

/**
 * An address as a caller sends it; what comes out has the canonical form of its place. It must have a postal code in
 * countries that use them. The postal code and the consignee's tax number must have a shape of that country.
 */
export const givenAddressSchema = addressSchema
  .safeExtend({ country: givenCountrySchema })
  .superRefine((address, { addIssue }) => {
    const { country, postalCode } = address;
    if (postalCode === undefined && needsPostalCode(country))
      addIssue({
        code: 'custom',
        path: ['postalCode'],
        message: `addresses in ${country} have a postal code`,
      });
    checkPlace(address, addIssue);
    checkTaxId(address, addIssue);
  })
  .overwrite(withCanonicalPlace)
  .meta({
    id: 'GivenAddress',
    description:
      'A postal address. Country, region and postal code may be written in any usual way and are stored in one form: ' +
      'the ISO 3166-1 code, the part of the ISO 3166-2 code after the dash where we know the regions, and the postal ' +
      'code as the post prints it. A region that is not the one of the postal code is refused',
  });

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
