import * as z from 'zod';
import { countrySchema } from '../../kernel/country.ts';
import { moneySchema } from '../../kernel/money.ts';
import { calendarDateSchema } from '../../kernel/time.ts';

/**
 * How well a row is known. `published`: read in a copy of an official page, or in a professional's note on the
 * official text. `corroborated`: two or more independent secondary sources agree. `reported`: one secondary
 * source. `unverified`: from working knowledge. A person confirms the last two before they are relied on.
 */
export const provenanceSchema = z.enum(['published', 'corroborated', 'reported', 'unverified']);

const hsPrefix = z.string().regex(/^\d{2,10}$/, 'two to ten digits');
/** Percentages have at most two decimals, fees on value at most four. */
const percentage = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'a percentage');

const row = {
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** What the row is about: of the rows of one kind that concern the same, one at most holds on a date. */
  concerns: z.string().min(2),
  /** First and last day on which the row holds, local to the destination. No last day: it still holds. */
  validFrom: calendarDateSchema,
  validTo: calendarDateSchema.optional(),
  /** Regulation, article, date. */
  law: z.string().min(8),
  provenance: provenanceSchema,
  /** What a person has to confirm although the source is good. */
  review: z.string().optional(),
};

const origins = z.union([
  z.strictObject({ only: z.array(countrySchema).min(1) }),
  z.strictObject({ except: z.array(countrySchema) }),
]);

/** A scheme of taxation or a state of the law that decisions name; it holds no figure. */
export const schemeSchema = z.strictObject({ ...row, kind: z.literal('scheme') });

export const reliefSchema = z.strictObject({
  ...row,
  kind: z.literal('relief'),
  /** The value up to which duty is relieved, this value included. */
  threshold: moneySchema,
  /** Goods and origins that the relief leaves out. */
  exceptGoods: z.array(hsPrefix),
  exceptOrigins: z.array(countrySchema),
});

export const flatDutySchema = z.strictObject({
  ...row,
  kind: z.literal('flat-duty'),
  amount: moneySchema,
  /** The value of a consignment up to which it takes the place of the tariff. */
  threshold: moneySchema,
});

export const vatRateSchema = z.strictObject({
  ...row,
  kind: z.literal('vat-rate'),
  country: countrySchema,
  /** The goods it holds for; absent for the standard rate. */
  hsPrefix: hsPrefix.optional(),
  rate: percentage,
});

export const parcelFeeSchema = z.strictObject({
  ...row,
  kind: z.literal('parcel-fee'),
  code: z.string(),
  description: z.string(),
  /** The state that levies it; absent where the Union does. */
  country: countrySchema.optional(),
  amount: moneySchema,
  per: z.enum(['parcel', 'subheading', 'item']),
  /** The intrinsic value up to which it is due, included or not; absent where it is due at any value. */
  upTo: z.strictObject({ threshold: moneySchema, included: z.boolean() }).optional(),
});

export const processingFeeSchema = z.strictObject({
  ...row,
  kind: z.literal('processing-fee'),
  entry: z.enum(['informal', 'formal']),
  /** The fee, or the least of one on value. */
  least: moneySchema,
  most: moneySchema,
  /** Percentage of the value; absent where the fee is one amount. */
  rate: percentage.optional(),
});

export const entryLimitSchema = z.strictObject({
  ...row,
  kind: z.literal('entry-limit'),
  threshold: moneySchema,
});

export const tariffLineSchema = z.strictObject({
  ...row,
  kind: z.literal('tariff-line'),
  tariff: z.enum(['eu', 'gb', 'us', 'china301']),
  hsPrefix,
  goods: z.string().min(3),
  rate: z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, 'a percentage'),
});

export const additionalDutySchema = z.strictObject({
  ...row,
  kind: z.literal('additional-duty'),
  code: z.string(),
  description: z.string(),
  rates: z.array(z.strictObject({ origins, rate: z.string(), netOfColumn1: z.boolean() })).min(1),
  exceptGoods: z.array(hsPrefix),
});

/** Goods or origins whose charges are not computed: they are refused, since a wrong figure is worse than none. */
export const notComputedSchema = z.strictObject({
  ...row,
  kind: z.literal('not-computed'),
  regime: z.enum(['eu', 'gb', 'us']),
  /** Whether goods that are in free circulation already are refused as well. */
  withinTheBorder: z.boolean(),
  /** Absent for all goods. */
  goods: z.array(hsPrefix).optional(),
  origins,
  reason: z.enum(['trade-defence', 'not-supported']),
  detail: z.string().min(10),
});

/** Every row of the rule set. */
export const ruleSchema = z.discriminatedUnion('kind', [
  schemeSchema,
  reliefSchema,
  flatDutySchema,
  vatRateSchema,
  parcelFeeSchema,
  processingFeeSchema,
  entryLimitSchema,
  tariffLineSchema,
  additionalDutySchema,
  notComputedSchema,
]);

export type Provenance = z.infer<typeof provenanceSchema>;
export type Scheme = z.infer<typeof schemeSchema>;
export type Relief = z.infer<typeof reliefSchema>;
export type FlatDuty = z.infer<typeof flatDutySchema>;
export type VatRate = z.infer<typeof vatRateSchema>;
export type ParcelFee = z.infer<typeof parcelFeeSchema>;
export type ProcessingFee = z.infer<typeof processingFeeSchema>;
export type EntryLimit = z.infer<typeof entryLimitSchema>;
export type TariffLine = z.infer<typeof tariffLineSchema>;
export type AdditionalDuty = z.infer<typeof additionalDutySchema>;
export type NotComputed = z.infer<typeof notComputedSchema>;
export type Origins = z.infer<typeof origins>;
export type RuleRow = z.infer<typeof ruleSchema>;
