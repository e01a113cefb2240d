import * as z from 'zod';
import { givenCountrySchema } from './given-country.ts';
import { checkPlace, withCanonicalPlace } from './place.ts';

/** The fields of a place as a caller writes them; for schemas that have more fields. */
export const givenPlaceShape = {
  country: givenCountrySchema,
  region: z.string().trim().min(1).max(70).optional().meta({
    description: 'A code of ISO 3166-2, with or without the country, or a name: ON, CA-ON, Ontario',
  }),
  postalCode: z
    .string()
    .trim()
    .min(2, { abort: true })
    .max(16)
    .optional()
    .meta({ description: 'In any usual spelling: SW1A1AA, sw1a 1aa, FI-00100, 10001-1234' }),
};

/** A place at the door. What comes out is in the canonical form. */
export const givenPlaceSchema = z
  .strictObject(givenPlaceShape)
  .superRefine((place, { addIssue }) => checkPlace(place, addIssue))
  .overwrite(withCanonicalPlace)
  .meta({ id: 'Destination' });
