import * as z from 'zod';
import { givenCountrySchema } from '../kernel/places/given-country.ts';
import { calendarDateSchema } from '../kernel/time.ts';

/**
 * The person responsible to the authorities for the safety of goods (Reg. (EU) 2023/988 Art. 16; Reg. (EU) 2019/1020
 * Art. 4).
 */
const responsiblePersonSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    /** As the offer shows it: street, postal code, place, country. */
    postalAddress: z.string().trim().min(8).max(300),
    country: givenCountrySchema,
    /** E-mail address or web page. */
    electronicAddress: z.union([z.email(), z.url({ protocol: /^https?$/ })]),
  })
  .meta({ id: 'ResponsiblePerson' });

/** By market: in the Union, in Great Britain. */
export const responsiblePersonsSchema = z
  .strictObject({ EU: responsiblePersonSchema.optional(), GB: responsiblePersonSchema.optional() })
  .meta({ id: 'ResponsiblePersons' });

export const eprStreams = [
  'packaging',
  'electrical',
  'batteries',
  'textiles',
  'furniture',
  'toys',
  'sports',
  'tools',
  'tyres',
  'paper',
] as const;

export type EprStream = (typeof eprStreams)[number];

const FRENCH_UIN = { shape: /^FR\d{6}_\d{2}[A-Z0-9]{4}$/, words: 'FR, 6 digits, _, 2 digits, 4 characters' };
const LUCID = { shape: /^DE\d{13}$/, words: 'LUCID: DE and 13 digits' };
const GERMAN_WEEE = { shape: /^DE\d{8}$/, words: 'WEEE-Reg.-Nr.: DE and 8 digits' };

/** The shape of a producer's number, where we know it. */
function shapeOf(country: string, stream: EprStream): typeof LUCID | undefined {
  if (country === 'FR') return FRENCH_UIN;
  if (country !== 'DE') return undefined;
  if (stream === 'packaging') return LUCID;
  return stream === 'electrical' || stream === 'batteries' ? GERMAN_WEEE : undefined;
}

/** Number of a producer under extended producer responsibility. */
const eprNumberSchema = z
  .strictObject({
    country: givenCountrySchema,
    stream: z.enum(eprStreams),
    number: z.string().trim().min(3).max(40),
    /** The last day on which it is valid. */
    validUntil: calendarDateSchema.optional(),
  })
  .superRefine(({ country, stream, number }, { addIssue }) => {
    const known = shapeOf(country, stream);
    if (known !== undefined && !known.shape.test(number))
      addIssue({ code: 'custom', path: ['number'], message: known.words });
  })
  .meta({ id: 'EprNumber' });

type EprNumber = z.infer<typeof eprNumberSchema>;

/** One number per country and stream. */
export const eprNumbersSchema = z
  .array(eprNumberSchema)
  .max(200)
  .superRefine((numbers, { addIssue }) => {
    const seen = new Set<string>();
    for (const [index, { country, stream }] of numbers.entries()) {
      const key = `${country} ${stream}`;
      if (seen.has(key)) addIssue({ code: 'custom', path: [index], message: `a second number of ${key}` });
      seen.add(key);
    }
  });

/** The seller's registrations that restrictions depend on. */
export interface GoodsRegistrations {
  readonly epr?: readonly EprNumber[] | undefined;
  readonly responsiblePersons?: z.infer<typeof responsiblePersonsSchema> | undefined;
}
