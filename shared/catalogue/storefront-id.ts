import * as z from 'zod';

/** The id of a storefront. */
export const storefrontIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,39}$/, 'small letters, digits and dashes')
  .meta({ description: 'Storefront code', example: 'sample-shop' });
