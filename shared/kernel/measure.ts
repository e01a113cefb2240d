import * as z from 'zod';

/** Grams of one unit or parcel: a whole number, at most a tonne. */
export const weightGramsSchema = z
  .int()
  .min(1)
  .max(1_000_000)
  .meta({ description: 'Weight in grams', example: 180 });

/** Outer dimensions in millimetres. */
export const dimensionsSchema = z
  .strictObject({
    lengthMm: z.int().min(1).max(5_000),
    widthMm: z.int().min(1).max(5_000),
    heightMm: z.int().min(1).max(5_000),
  })
  .meta({ id: 'Dimensions', description: 'Outer dimensions in millimetres' });

export type Dimensions = z.infer<typeof dimensionsSchema>;

const quantity = z.string().regex(/^\d{1,6}(\.\d{1,4})?$/, 'a decimal with at most four places');

/** What a tariff may count the goods by besides pieces, of one sold unit. */
export const goodsMeasuresSchema = z
  .strictObject({
    /** Without any packing. */
    netWeightGrams: weightGramsSchema.optional(),
    /** A pack of three cups has three pieces. */
    pieces: z.int().min(1).max(10_000).optional(),
    pairs: z.int().min(1).max(10_000).optional(),
    litres: quantity.optional(),
    /** By volume. */
    alcoholPercent: z
      .string()
      .regex(/^(\d{1,2}(\.\d{1,2})?|100)$/, 'a percentage with at most two places')
      .optional(),
    metres: quantity.optional(),
    squareMetres: quantity.optional(),
    cubicMetres: quantity.optional(),
    carats: quantity.optional(),
  })
  .meta({
    id: 'GoodsMeasures',
    description: 'What duties count one unit by, such as its litres; decimals are strings',
  });

export type GoodsMeasures = z.infer<typeof goodsMeasuresSchema>;
