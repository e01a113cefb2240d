import * as z from 'zod';
import { pricingSettingsSchema } from './price-list.ts';

const identification = z.string().trim().min(2).max(35);

/** The merchant's registrations: they decide which schemes a consignment can use, and stand on declarations. */
export const sellerSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(70),
    /** EORI of the declarant in the Union and in Great Britain, importer number in the United States. */
    importer: z.strictObject({
      EU: z
        .string()
        .regex(/^[A-Z]{2}[A-Z0-9]{1,15}$/, 'EORI: member state, then up to 15 characters')
        .optional(),
      GB: z
        .string()
        .regex(/^(GB|XI)\d{12}(\d{3})?$/, 'EORI: GB or XI, then 12 or 15 digits')
        .optional(),
      US: identification.optional(),
    }),
    /** Import One-Stop Shop (Directive 2006/112/EC Art. 369q). */
    ioss: z
      .string()
      .regex(/^IM\d{10}$/, 'IM and ten digits')
      .optional(),
    gbVat: z
      .string()
      .regex(/^GB\d{9}(\d{3})?$/, 'GB and 9 or 12 digits')
      .optional(),
    /** How prices become those of other currencies and markets. */
    pricing: pricingSettingsSchema.optional(),
  })
  .meta({ id: 'Seller' });

export type Seller = z.infer<typeof sellerSchema>;
