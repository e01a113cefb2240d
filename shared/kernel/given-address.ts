import { addressSchema } from './address.ts';
import { givenCountrySchema } from './places/given-country.ts';
import { canonicalPlace, checkPlace, withCanonicalPlace } from './places/place.ts';
import { needsPostalCode } from './places/postal-code.ts';
import { needsRegion } from './places/region.ts';
import { checkTaxId } from './tax-id.ts';

/** An address of the merchant, such as a warehouse's; its place is in the canonical form. */
export const merchantAddressSchema = addressSchema
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
    const { place, problems } = canonicalPlace(address);
    if (problems.length === 0 && place.region === undefined && needsRegion(place.country))
      addIssue({
        code: 'custom',
        path: ['region'],
        message: `addresses in ${country} have a region, and the postal code does not say which`,
      });
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
