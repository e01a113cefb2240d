import * as z from 'zod';

/** What the backend itself used of AWS. Kept in the lake alone: no function waits for it. */
export const UsageCounted = {
  name: 'usage.counted',
  version: 1,
  description:
    'The units that AWS bills for one hour, as they were counted. It occurred at the beginning of the hour. The record that was written last is that of the hour.',
  data: z.strictObject({
    units: z
      .array(
        z.strictObject({
          /** By the name in the list of prices: `dynamodb.writeUnits`. */
          unit: z.string().regex(/^[A-Za-z0-9]+\.[A-Za-z0-9]+$/),
          /** The folder of `functions/` whose work it was, without its number; `all` where that is not known. */
          part: z.string().regex(/^[a-z-]{1,40}$/),
          /** Whether it is used without any order as well. */
          isFixed: z.boolean(),
          /** Thousandths of the unit: read units can be halves. */
          thousandths: z.int().min(1),
        }),
      )
      .min(1),
  }),
} as const;
