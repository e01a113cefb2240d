import * as z from 'zod';
import { provenanceSchema } from '../duties/rules/schema.ts';
import { countrySchema } from '../kernel/country.ts';
import { calendarDateSchema } from '../kernel/time.ts';
import { attributeNames } from './attributes.ts';
import { evidenceTypes } from './evidence-types.ts';

/** Modes of transport, as lanes name them. */
export const restrictedModes = ['air', 'road', 'sea', 'rail'] as const;
export const restrictedChannels = ['post', 'courier'] as const;

/** Requirements on a lane or a warehouse: the first three are services of warehouses, the others approvals of lanes. */
export const goodsServices = [
  'lithium-batteries',
  'dangerous-goods',
  'liquids',
  'lithium-cargo-aircraft',
  'limited-quantities-by-air',
] as const;

export type GoodsService = (typeof goodsServices)[number];

const name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and dashes');
const hsPrefix = z.string().regex(/^\d{2,6}$/, 'two to six digits');

/** One condition on a product. An unknown attribute fails it, unless `orUnknown` is set. */
const attributeConditionSchema = z.strictObject({
  attribute: z.enum(attributeNames),
  /** The attribute is one of these values; if it has several values, at least one of them is. */
  is: z
    .array(z.union([z.string(), z.boolean()]))
    .min(1)
    .optional(),
  over: z.int().optional(),
  atMost: z.int().optional(),
  orUnknown: z.literal(true).optional(),
});

/** The goods that a restriction concerns: all conditions must be true. */
const goodsCaseSchema = z.strictObject({
  hsPrefixes: z.array(hsPrefix).min(1).optional(),
  exceptHsPrefixes: z.array(hsPrefix).min(1).optional(),
  attributes: z.array(attributeConditionSchema).min(1).optional(),
});

/** Kinds of goods that several rows name. */
export const goodsKindSchema = z.strictObject({
  kind: name,
  title: z.string().min(3),
  cases: z.array(goodsCaseSchema).min(1),
});

const countries = z.union([
  z.strictObject({ only: z.array(countrySchema).min(1) }),
  z.strictObject({ except: z.array(countrySchema).min(1) }),
]);

/** A restriction: goods that are barred from a place or a way, or that need a document or a service there. */
export const restrictionSchema = z
  .strictObject({
    id: name,
    title: z.string().min(5).max(140),
    /** Countries, the Union as `EU`, or everywhere. */
    destinations: z.union([z.literal('*'), z.array(z.union([z.literal('EU'), countrySchema])).min(1)]),
    /** Parts of the destination: subdivisions of ISO 3166-2 without the country, or beginnings of postal codes. */
    within: z
      .strictObject({ regions: z.array(z.string().min(1)), postalPrefixes: z.array(z.string().min(1)) })
      .optional(),
    /** Only for transport by one of these modes, through one of these channels. */
    modes: z.array(z.enum(restrictedModes)).min(1).optional(),
    channels: z.array(z.enum(restrictedChannels)).min(1).optional(),
    /** Only where the goods cross a customs border. */
    atTheBorder: z.literal(true).optional(),
    /** First and last day on which it is in force, local to the destination. */
    validFrom: calendarDateSchema,
    validTo: calendarDateSchema.optional(),
    /** Goods of one of these kinds or cases; all goods if both are absent. */
    kinds: z.array(name).min(1).optional(),
    cases: z.array(goodsCaseSchema).min(1).optional(),
    exceptKinds: z.array(name).min(1).optional(),
    origins: countries.optional(),
    action: z.enum(['block', 'needs-document', 'needs-service']),
    /** `advised`: it is reported and stops nothing. */
    enforcement: z.enum(['required', 'advised']).default('required'),
    /** Any one of them is enough. */
    evidence: z.array(z.enum(evidenceTypes)).min(1).optional(),
    /** The certificate must include the data that are filed at entry. */
    withCertificateData: z.literal(true).optional(),
    service: z.enum(goodsServices).optional(),
    /** Regulation, article, date. */
    law: z.string().min(8),
    provenance: provenanceSchema,
    /** Something that a person must confirm although the source is good. */
    review: z.string().min(5).optional(),
  })
  .superRefine((row, { addIssue }) => {
    const wrong = (path: string, message: string) => addIssue({ code: 'custom', path: [path], message });
    if ((row.action === 'needs-document') !== (row.evidence !== undefined))
      wrong('evidence', 'of a row that needs a document, and of no other');
    if ((row.action === 'needs-service') !== (row.service !== undefined))
      wrong('service', 'of a row that needs a service, and of no other');
    if (row.validTo !== undefined && row.validTo < row.validFrom)
      wrong('validTo', `ends before it begins on ${row.validFrom}`);
  });

export type Restriction = z.infer<typeof restrictionSchema>;
export type GoodsCase = z.infer<typeof goodsCaseSchema>;
export type GoodsKind = z.infer<typeof goodsKindSchema>;
export type RestrictionAction = Restriction['action'];
