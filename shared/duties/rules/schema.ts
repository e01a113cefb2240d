import * as z from 'zod';
import { switchesSchema } from '../../../events/landed-cost.ts';
import { countrySchema } from '../../kernel/country.ts';
import { moneySchema } from '../../kernel/money.ts';
import { calendarDateSchema } from '../../kernel/time.ts';
import { dutyRateSchema, percentage } from './duty-rate-schema.ts';

/**
 * How well a row is supported. `published`: read in a copy of an official page, or in a professional's note on the
 * official text. `corroborated`: two or more independent secondary sources agree. `reported`: one secondary source.
 * `unverified`: from working knowledge. A person must confirm the last two before anybody relies on them.
 */
export const provenanceSchema = z
  .enum(['published', 'corroborated', 'reported', 'unverified'])
  .meta({ id: 'Provenance' });

const code = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and dashes');
const hsPrefix = z.string().regex(/^\d{2,10}$/, 'two to ten digits');
/** No tax on sales takes the whole price; one that is part of its own base could not be computed from 100 on. */
const belowHundred = z.string().regex(/^\d{1,2}(\.\d{1,4})?$/, 'a percentage below 100 as a decimal string');

const countries = z
  .union([
    z.strictObject({ only: z.array(countrySchema).min(1) }),
    z.strictObject({ except: z.array(countrySchema) }),
  ])
  .meta({ id: 'CountrySet' });

/** The value that a threshold is tested on: the price of the goods, the base of duty, or one unit's price. */
const basisSchema = z.enum(['intrinsic', 'FOB', 'CIF', 'item']).meta({ id: 'ValueBasis' });

/** A band of values, in the currency of the law. Absent ends are open. */
const valueBand = z
  .strictObject({
    basis: basisSchema,
    /** More than this. */
    over: moneySchema.optional(),
    /** Up to this, included. */
    upTo: moneySchema.optional(),
    /** Less than this. */
    below: moneySchema.optional(),
  })
  .meta({ id: 'ValueBand' });

/** The answer to an unsettled question of law under which the row applies: `relieved`, `true`. */
const switched = z
  .strictObject({ name: z.enum(Object.keys(switchesSchema.shape) as SwitchName[]), is: z.string() })
  .refine(({ name, is }) => switchesSchema.shape[name].safeParse(answerOf(is)).success, 'no answer to it');

type SwitchName = keyof typeof switchesSchema.shape;

const answerOf = (text: string) => (text === 'true' || text === 'false' ? text === 'true' : text);

/** The conditions of a row, besides its regime and its dates. All of them must be true. */
export const conditionsSchema = z
  .strictObject({
    channel: z.enum(['post', 'courier']).optional(),
    seller: z.enum(['registered', 'unregistered']).optional(),
    origins: countries.optional(),
    shipFrom: countries.optional(),
    goods: z
      .strictObject({
        only: z.array(hsPrefix).min(1).optional(),
        except: z.array(hsPrefix).min(1).optional(),
      })
      .optional(),
    /** Subdivisions of the destination, ISO 3166-2 without the country: `ON`, `SP`. */
    regions: z.array(z.string().min(1)).min(1).optional(),
    value: valueBand.optional(),
    /** Applies to more than this number of units of the same goods in the consignment. */
    units: z.strictObject({ over: z.int().min(0) }).optional(),
    /** Applies to consignments with more than this number of units of any goods. */
    pieces: z.strictObject({ over: z.int().min(0) }).optional(),
    /** Applies if all goods of the consignment weigh more than this. */
    weightGrams: z.strictObject({ over: z.int().min(0) }).optional(),
    switch: switched.optional(),
  })
  .meta({ id: 'RuleConditions', description: 'The conditions of a rule; all of them must be true' });

const row = {
  id: code.meta({
    description: 'Quotes name the row by this id. A row replaces the stored row that has the same id',
  }),
  /** Code of the regime that reads the row. */
  regime: code,
  /** Absent: every country of the regime. */
  destinations: z.array(countrySchema).min(1).optional(),
  /** First and last day on which the row holds, local to the destination. No last day: it still holds. */
  validFrom: calendarDateSchema,
  validTo: calendarDateSchema.optional(),
  when: conditionsSchema.optional(),
  /** Regulation, article, date. */
  law: z.string().min(8),
  provenance: provenanceSchema,
  confidence: z.enum(['high', 'medium', 'low']),
  /** Something that a person must confirm although the source is good. */
  review: z.string().min(5).optional(),
};

/** A way of collecting tax, with the registration that it needs; it holds no figure. */
const schemeSchema = z
  .strictObject({
    ...row,
    kind: z.literal('scheme'),
    code,
    /** Key of the seller's tax numbers. Absent: no registration is needed. */
    registration: z.string().optional(),
  })
  .meta({ id: 'SchemeRule' });

/** Up to the threshold nothing is due; tested per line if `when` has goods or origins. */
const reliefSchema = z
  .strictObject({
    ...row,
    kind: z.literal('relief'),
    on: z.enum(['duty', 'tax']),
    threshold: moneySchema,
    basis: basisSchema,
    /** Whether a value equal to the threshold is relieved. */
    included: z.boolean(),
    /** Applies only to consignments whose lines all use the scheme with this code. */
    scheme: code.optional(),
  })
  .meta({ id: 'ReliefRule' });

/** The duty of a consignment is not collected if all of it together is not more than the amount. */
const waiverSchema = z
  .strictObject({ ...row, kind: z.literal('waiver'), amount: moneySchema })
  .meta({ id: 'WaiverRule' });

/** One amount per item in place of the tariff. */
const flatDutySchema = z
  .strictObject({ ...row, kind: z.literal('flat-duty'), amount: moneySchema })
  .meta({ id: 'FlatDutyRule' });

/** One rate in place of the tariff, for low values or a simplified clearance. */
const simplifiedDutySchema = z
  .strictObject({
    ...row,
    kind: z.literal('simplified-duty'),
    description: z.string().min(5),
    rate: percentage,
    /** Taken off the duty of the consignment: 60 % less USD 30. */
    deduct: moneySchema.optional(),
    /** The part of the value that is exempt: 50 % of the value above USD 50. */
    exempt: moneySchema.optional(),
    /** The rate includes the import tax: no tax is charged besides. */
    coversTax: z.literal(true).optional(),
  })
  .meta({ id: 'SimplifiedDutyRule' });

const tariffLineSchema = z
  .strictObject({
    ...row,
    kind: z.literal('tariff-line'),
    /** The list of rates: a regime may have several. */
    tariff: code,
    hsPrefix,
    goods: z.string().min(3),
    rate: dutyRateSchema,
  })
  .meta({ id: 'TariffLineRule' });

/** A rate of an agreement, for goods with its origin and its proof. */
const preferenceSchema = z
  .strictObject({
    ...row,
    kind: z.literal('preference'),
    /** `eu-gb-tca`, `rcep`, `cptpp`: a product's proof of origin names it. */
    agreement: code,
    tariff: code,
    rate: dutyRateSchema,
  })
  .meta({ id: 'PreferenceRule' });

/** A duty in addition to the tariff: trade defence, safeguards, measures by origin. */
const additionalDutySchema = z
  .strictObject({
    ...row,
    kind: z.literal('additional-duty'),
    code,
    description: z.string().min(5),
    /** A percentage, or a sum with amounts for a quantity. Absent where `tariff` names the list of its rates. */
    rate: dutyRateSchema.optional(),
    /** The list that has the rate of the goods: its rows, or its schedule. */
    tariff: code.optional(),
    /** The tariff's own rate is subtracted: max(rate - column 1, 0). */
    netOfTariff: z.boolean(),
    /** Excise: charged on the value with this part of itself, in per cent, and with the duty of the tariff. */
    exciseUplift: percentage.optional(),
    /** Goods that enter under one of these agreements don't bear it. */
    exceptAgreements: z.array(code).min(1).optional(),
    /** Codes of other additional duties: goods that bear one of them don't bear this. */
    notWith: z.array(code).min(1).optional(),
  })
  .refine(({ rate, tariff }) => (rate === undefined) !== (tariff === undefined), 'either a rate or a tariff')
  .refine((row) => !row.netOfTariff || typeof (row.rate ?? '') === 'string', 'only a percentage is net')
  .meta({ id: 'AdditionalDutyRule' });

/** The rate of a tax; rows with conditions take precedence over rows without. */
const taxRateSchema = z
  .strictObject({
    ...row,
    kind: z.literal('tax-rate'),
    /** The tax: `vat`, `gst`, `icms`. */
    code,
    rate: belowHundred,
    /** The tax is part of its own base: base x rate / (100 - rate), Brazil's "por dentro". */
    inside: z.literal(true).optional(),
    /** The published base below which the tax is too small to be levied on import. */
    notLeviedBelow: moneySchema.optional(),
  })
  .meta({ id: 'TaxRateRule' });

const feeSchema = z
  .strictObject({
    ...row,
    kind: z.literal('fee'),
    code,
    description: z.string().min(3),
    per: z.enum(['consignment', 'subheading', 'item']),
    /** An amount, or a percentage of the value for duty between a minimum and a maximum. */
    amount: moneySchema.optional(),
    rate: percentage.optional(),
    least: moneySchema.optional(),
    most: moneySchema.optional(),
    /** The payee: `BR:correios`. The destination's customs if absent. */
    owedTo: z
      .string()
      .regex(/^[A-Z]{2}:[a-z0-9-]+$/, 'a country and who takes it')
      .optional(),
    /** Goods that enter under one of these agreements don't bear it. */
    exceptAgreements: z.array(code).min(1).optional(),
    /** Whether import tax is charged on the fee as well. */
    inTaxBase: z.boolean(),
    /** A tax on the fee itself, collected with it. */
    taxedAt: percentage.optional(),
  })
  .meta({ id: 'FeeRule' });

const entryLimitSchema = z
  .strictObject({
    ...row,
    kind: z.literal('entry-limit'),
    threshold: moneySchema,
  })
  .meta({ id: 'EntryLimitRule' });

/** Goods that we don't compute are refused: a wrong figure is worse than none. */
const notComputedSchema = z
  .strictObject({
    ...row,
    kind: z.literal('not-computed'),
    /** Whether goods that are already in free circulation are refused as well. */
    withinTheBorder: z.boolean(),
    reason: z.enum(['trade-defence', 'not-supported']),
    detail: z.string().min(10),
  })
  .meta({ id: 'NotComputedRule' });

/** Only the consignee can be the declarant, so DDP is refused. */
const noDeclarantSchema = z
  .strictObject({
    ...row,
    kind: z.literal('no-declarant'),
    detail: z.string().min(10),
  })
  .meta({ id: 'NoDeclarantRule' });

/** The importer of record is named by a number of its own: goods without such an importer are refused. */
const importerNumberSchema = z
  .strictObject({ ...row, kind: z.literal('importer-number'), detail: z.string().min(10) })
  .meta({ id: 'ImporterNumberRule' });

/** Every row of the rule set. */
export const ruleSchema = z
  .discriminatedUnion('kind', [
    schemeSchema,
    reliefSchema,
    waiverSchema,
    flatDutySchema,
    simplifiedDutySchema,
    tariffLineSchema,
    preferenceSchema,
    additionalDutySchema,
    taxRateSchema,
    feeSchema,
    entryLimitSchema,
    notComputedSchema,
    noDeclarantSchema,
    importerNumberSchema,
  ])
  .meta({ id: 'Rule', description: 'One dated row of the trade rules; `kind` says which' });

export type Rule = z.infer<typeof ruleSchema>;
export type RuleKind = Rule['kind'];
export type RuleOf<Kind extends RuleKind> = Extract<Rule, { kind: Kind }>;
export type Conditions = z.infer<typeof conditionsSchema>;
export type Basis = z.infer<typeof basisSchema>;
