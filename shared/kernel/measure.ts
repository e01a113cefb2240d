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
