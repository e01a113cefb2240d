import * as z from 'zod';
import { dangerousGoodsSchema } from './dangerous-goods.ts';
import { productDocumentSchema } from './document.ts';
import { responsiblePersonsSchema } from './registrations.ts';

const contentFlags = [
  'adult', 'pornography', 'religious', 'gambling', 'alcohol', 'tobacco', 'vape', 'cbd', 'narcotic', 'weapon',
  'replica-weapon', 'ammunition', 'radio-jammer', 'live-animal', 'human-remains', 'cash', 'bullion',
  'counterfeit', 'pork', 'asbestos',
] as const; // biome-ignore format: a table reads better in columns

const animalMaterials = [
  'none', 'leather', 'exotic-leather', 'fur', 'wool', 'feather', 'shell', 'coral', 'bone', 'ivory', 'other',
] as const; // biome-ignore format: a table reads better in columns

const plantMaterials = ['none', 'wood', 'rosewood', 'straw', 'seeds', 'live-plant', 'other'] as const;

/** GTIN-8, -12, -13 or -14 with its check digit (GS1 General Specifications 7.9). */
function isGtin(text: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(text)) return false;
  const digits = [...text].reverse().map(Number);
  return digits.reduce((all, digit, index) => all + digit * (index % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}

/** Identifiers that declarations of distance sales into the Union carry from 2026-11-01. */
const identifiersSchema = z
  .strictObject({
    /** M-PID; the SKU if absent. */
    merchant: z.string().trim().min(1).max(128).optional(),
    /** NS-PID: the maker's own number or model. */
    manufacturer: z.string().trim().min(1).max(64).optional(),
    /** S-PID. */
    gtin: z.string().refine(isGtin, 'a GTIN of 8, 12, 13 or 14 digits with its check digit').optional(),
    /** The merchant declares that the product has no standardised identifier (Y081). */
    noGtin: z.literal(true).optional(),
  })
  .refine(({ gtin, noGtin }) => gtin === undefined || noGtin === undefined, {
    path: ['noGtin'],
    message: 'not together with a GTIN',
  });

const materials = <const M extends readonly [string, ...string[]]>(names: M) =>
  z
    .array(z.enum(names))
    .min(1)
    .max(names.length)
    .refine((all) => all.length === 1 || !all.includes('none' as never), 'none stands alone');

/**
 * Data that decide whether goods may be sold to a market and how they may travel. An absent value is unknown: a rule
 * that needs it then goes by the HS code and gives the stricter answer.
 */
export const productComplianceSchema = z
  .strictObject({
    dangerousGoods: dangerousGoodsSchema.optional(),
    flashPointCelsius: z.int().min(-120).max(500).optional(),
    /** Of liquid in one unit. */
    volumeMl: z.int().min(1).max(1_000_000).optional(),
    aerosol: z.boolean().optional(),
    liquid: z.boolean().optional(),
    /** Whether it contains a species of the CITES appendices. */
    cites: z.boolean().optional(),
    animalMaterials: materials(animalMaterials).optional(),
    plantMaterials: materials(plantMaterials).optional(),
    /** Designed or intended primarily for children of 12 or younger (15 USC 2052). */
    forChildrenUnder12: z.boolean().optional(),
    radio: z.boolean().optional(),
    electrical: z.boolean().optional(),
    cosmetic: z.boolean().optional(),
    foodContact: z.boolean().optional(),
    food: z.boolean().optional(),
    medicine: z.enum(['no', 'over-the-counter', 'prescription']).optional(),
    medicalDevice: z.boolean().optional(),
    personalProtection: z.boolean().optional(),
    pesticide: z.boolean().optional(),
    laser: z.boolean().optional(),
    /** Within the scope of an anti-dumping or countervailing order of the destination. */
    tradeDefence: z.boolean().optional(),
    /** Control list entry of dual-use goods: `5A002`, `EAR99`. */
    exportControl: z
      .string()
      .regex(/^([0-9][A-E]\d{3}([a-z0-9.]{0,12})|EAR99)$/, 'an ECCN or entry of Annex I, or EAR99')
      .optional(),
    brand: z.string().trim().min(1).max(80).optional(),
    content: z.array(z.enum(contentFlags)).max(contentFlags.length).optional(),
    identifiers: identifiersSchema.optional(),
    /** For this product; the seller's own if absent. */
    responsiblePersons: responsiblePersonsSchema.optional(),
    documents: z.array(productDocumentSchema).max(60).optional(),
  })
  .superRefine(({ aerosol, liquid, volumeMl, dangerousGoods, content, documents }, { addIssue }) => {
    const wrong = (path: (string | number)[], message: string) => addIssue({ code: 'custom', path, message });
    if (dangerousGoods?.unNumber === 'UN1950' && aerosol === false)
      wrong(['aerosol'], 'UN1950 is an aerosol');
    if (volumeMl !== undefined && liquid !== true && aerosol !== true)
      wrong(['volumeMl'], 'only of a liquid or an aerosol');
    if (new Set(content).size !== (content?.length ?? 0)) wrong(['content'], 'each flag once');
    const seen = new Set<string>();
    for (const [index, { type, reference }] of (documents ?? []).entries()) {
      if (seen.has(`${type} ${reference}`)) wrong(['documents', index], `a second ${type} ${reference}`);
      seen.add(`${type} ${reference}`);
    }
  })
  .meta({ id: 'ProductCompliance' });

export type ProductCompliance = z.infer<typeof productComplianceSchema>;
