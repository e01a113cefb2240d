import * as z from 'zod';
import { currencySchema } from '../kernel/currency.ts';
import { givenCountrySchema } from '../kernel/places/given-country.ts';
import { canonicalPostalPrefix } from '../kernel/places/postal-code.ts';
import { canonicalPrefixes, postalPrefixSchema } from '../kernel/places/postal-prefix.ts';

const amountMinor = z.int().min(0, 'an amount in minor units, not negative').max(100_000_000);
const sizeMm = z.int().min(1, 'a size is at least 1 mm').max(50_000);
const grams = z.int().min(1, 'a weight is at least 1 gram').max(1_000_000);
const percent = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'per cent as a plain decimal, such as "18.5"');
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'small letters, digits and dashes');
const day = z.iso.date('a calendar date, such as 2026-11-01');

/** Prices of one zone. Amounts are in minor units of the card's currency. */
const zoneSchema = z
  .strictObject({
    zone: z.string().trim().min(1).max(20),
    /** If absent: every place of the lane that no other zone names. The longest prefix wins. */
    places: z
      .array(
        z
          .strictObject({
            country: givenCountrySchema,
            /** The beginnings of its postal codes; the whole country if absent. */
            postalPrefixes: z.array(postalPrefixSchema).min(1).max(1_000).optional(),
          })
          .overwrite(({ country, postalPrefixes }) => ({
            country,
            ...(postalPrefixes === undefined
              ? {}
              : { postalPrefixes: canonicalPrefixes(country, postalPrefixes) }),
          })),
      )
      .min(1)
      .max(250)
      .optional(),
    /** The price of a parcel up to and including that weight, the lightest first. */
    weightBreaks: z
      .array(z.strictObject({ upToGrams: grams, priceMinor: amountMinor }))
      .min(1)
      .max(200),
    /** Above the last break: the price of each step begun. If absent, the last break is the maximum weight. */
    additionalStep: z.strictObject({ stepGrams: grams, priceMinor: amountMinor }).optional(),
  })
  .meta({ id: 'RateZone' });

/** All stated conditions must be true; without any, it always applies. */
const conditionSchema = z
  .strictObject({
    residential: z.boolean().optional(),
    /** Over any of these. */
    oversize: z
      .strictObject({
        longestSideOverMm: sizeMm.optional(),
        lengthPlusGirthOverMm: sizeMm.optional(),
        weightOverGrams: grams.optional(),
      })
      .optional(),
    /** First day, in the warehouse's zone, on which the parcel is handed over. */
    from: day.optional(),
    /** Last day. */
    to: day.optional(),
    countries: z.array(givenCountrySchema).min(1).max(250).optional(),
  })
  .meta({ id: 'SurchargeCondition' });

const surchargeSchema = z
  .strictObject({
    code,
    description: z.string().trim().min(1).max(80),
    /** Per parcel. Give this or `percent`. */
    amountMinor: amountMinor.optional(),
    /** Of the freight by weight, before all surcharges. */
    percent: percent.optional(),
    when: conditionSchema.default({}),
    /** Whether the fuel surcharge applies to it too. */
    bearsFuel: z.boolean().default(false),
  })
  .meta({ id: 'Surcharge' });

/** The fields of a rate card. Checks that concern several fields are in the schema of the card. */
export const rateCardForm = z.strictObject({
  rateCardId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'letters, digits, dot, dash, underscore'),
  currency: currencySchema,
  validFrom: day,
  /** The last day; if absent, until the next card begins. */
  validTo: day.optional(),
  /** The weight of the heaviest parcel. */
  maxWeightGrams: grams,
  maxLongestSideMm: sizeMm.optional(),
  /** The longest side plus the girth around the other two. */
  maxLengthPlusGirthMm: sizeMm.optional(),
  /** Cubic centimetres that count as a kilogram, such as 5000. If absent, bulk is not charged. */
  dimensionalDivisor: z.int().min(1_000).max(20_000).optional(),
  /** The charged weight is rounded up to a multiple of it. */
  weightStepGrams: z.int().min(1).max(10_000).default(1),
  zones: z.array(zoneSchema).min(1).max(100),
  surcharges: z.array(surchargeSchema).max(50).default([]),
  /** Of the freight by weight and of the surcharges that bear it. */
  fuel: z
    .array(z.strictObject({ from: day, to: day.optional(), percent }))
    .max(200)
    .default([]),
  remoteAreas: z
    .array(
      z
        .strictObject({
          country: givenCountrySchema,
          /** Inclusive; a code belongs to a range when it begins within it. */
          postalCodes: z
            .array(z.strictObject({ from: postalPrefixSchema, to: postalPrefixSchema }))
            .min(1)
            .max(2_000),
          amountMinor,
        })
        .overwrite(({ country, postalCodes, ...area }) => ({
          country,
          postalCodes: postalCodes.map(({ from, to }) => ({
            from: canonicalPostalPrefix(country, from),
            to: canonicalPostalPrefix(country, to),
          })),
          ...area,
        }))
        .meta({ id: 'RemoteArea' }),
    )
    .max(250)
    .default([]),
});

export type RateCard = z.infer<typeof rateCardForm>;
export type RateZone = RateCard['zones'][number];
export type Surcharge = RateCard['surcharges'][number];
