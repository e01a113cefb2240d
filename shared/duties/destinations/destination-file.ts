import * as z from 'zod';
import { countrySchema } from '../../kernel/country.ts';
import { currencySchema } from '../../kernel/currency.ts';
import { ruleFileSchema } from '../rules/rule-file.ts';

/** A regular expression as text. */
const patternSchema = z.string().refine(isPattern, 'no regular expression');

const percentSchema = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'per cent as a decimal, such as 10 or 7.5');

const roundingSchema = z.strictObject({
  minorUnits: z.int().min(1),
  direction: z.enum(['down', 'half-up', 'up']),
});

/**
 * The header of a destination with the usual import rules: the fields of `ImportPolicy`. Its figures (thresholds, rates
 * and fees) are rows.
 */
const destinationSchema = z.strictObject({
  /** In lower case: the rows of the destination name it as their `regime`. */
  code: z.string().regex(/^[a-z]{2,8}$/, 'two to eight small letters'),
  /** How the destination charges, in a few sentences, for a reader. */
  summary: z.string().min(40),
  countries: z.array(countrySchema).min(1),
  /** The calendar in this zone decides which rules are in force. */
  timeZone: z.string().refine(isTimeZone, 'no IANA time zone'),
  /** The currency of its law. */
  currency: currencySchema,
  valuation: z.enum(['FOB', 'CIF']),
  insurance: percentSchema.optional(),
  customs: z.string().regex(/^[A-Z]{2}:[a-z-]+$/, 'country and authority, such as AU:abf'),
  tax: z
    .strictObject({ code: z.string().min(1), name: z.string().min(1), authority: z.string().min(1) })
    .optional(),
  incomeTax: z.strictObject({ code: z.string().min(1), name: z.string().min(1) }).optional(),
  taxBase: z.array(z.enum(['freight', 'duty', 'fees'])).optional(),
  taxUplift: percentSchema.optional(),
  atSaleBase: z.array(z.literal('freight')).optional(),
  rounding: roundingSchema.optional(),
  dutyRounding: roundingSchema.optional(),
  taxedByItem: z.literal(true).optional(),
});

/** A file of the list: rows, and other data of the destination. */
export const destinationFileSchema = ruleFileSchema.extend({
  /** Absent in files that hold only rows, and where the destination is a program. */
  destination: destinationSchema.optional(),
  /** Shapes of tax numbers by country, where we know them well enough to reject a number. */
  taxNumbers: z.partialRecord(countrySchema, patternSchema).optional(),
});

export type DestinationFile = z.infer<typeof destinationFileSchema>;
/** The header of a destination, without the text for readers. */
export type Destination = Omit<z.infer<typeof destinationSchema>, 'summary'>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text).source.length > 0;
  } catch {
    return false;
  }
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
