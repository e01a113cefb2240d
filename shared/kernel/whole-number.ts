import * as z from 'zod';

/** A whole number that travels as text, in a query: digits only, no sign, blank, exponent or point. */
export function wholeNumberSchema(min: number, max: number) {
  return (
    z
      .string()
      .regex(/^\d{1,15}$/, 'a whole number in digits')
      // It travels as text, but the contract shows callers a number.
      .meta({ type: 'integer', pattern: undefined, minimum: min, maximum: max })
      .transform(Number)
      .pipe(z.int().min(min).max(max))
  );
}
