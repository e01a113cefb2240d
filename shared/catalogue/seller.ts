import * as z from 'zod';
import { switchesSchema } from '../../events/landed-cost.ts';
import { classificationPolicies, taxNumberShape } from '../duties/index.ts';
import { currencySchema } from '../kernel/currency.ts';
import { memberStateOfIoss } from '../kernel/ioss-number.ts';
import { moneySchema } from '../kernel/money.ts';
import { givenCountrySchema } from '../kernel/places/given-country.ts';
import { timeZoneSchema } from '../kernel/time.ts';
import { eprNumbersSchema, responsiblePersonsSchema } from '../restrictions/index.ts';
import { callerLimitsSchema } from './caller-limits.ts';
import { paymentTermsFields } from './payment-terms.ts';
import { pricingSettingsSchema } from './price-list.ts';
import { replenishmentSettingsSchema } from './replenishment-settings.ts';
import { storefrontIdSchema } from './storefront-id.ts';

/** ABN or ARN in Australia, VOEC in Norway, UID in Switzerland, GST number in New Zealand, and so on. */
const taxNumbersSchema = z
  .record(givenCountrySchema, z.string().trim().min(4).max(24))
  .superRefine((numbers, { addIssue }) => {
    for (const [country, number] of Object.entries(numbers)) {
      const shape = taxNumberShape(country);
      if (shape !== undefined && !shape.test(number))
        addIssue({
          code: 'custom',
          path: [country],
          message: `no tax number of ${country}: ${shape.source}`,
        });
    }
  });

const identification = z.string().trim().min(2).max(35);

const fulfilmentSchema = z
  .strictObject({
    /**
     * How much more an order may cost in total to be sent from the destination's own customs territory. If absent:
     * nothing; between two plans of the same cost, the one that crosses no border wins.
     */
    domesticPremium: moneySchema
      .refine(({ amount }) => amount >= 0, { path: ['amount'], message: 'nothing or more' })
      .optional(),
  })
  .meta({ id: 'FulfilmentSettings' });

export type FulfilmentSettings = z.infer<typeof fulfilmentSchema>;

const partnerCode = z.string().min(1).max(40);

const paymentChoiceSchema = z
  .strictObject({
    /** Codes of the providers whose methods are offered, in the order of preference; no others are used. */
    providers: z.array(partnerCode).min(1).optional(),
    /** The provider that serves a method, whatever the order says. */
    methods: z.record(z.string(), partnerCode).optional(),
    /**
     * Who submits the evidence for a dispute: an operator, or the backend by itself two days before its time is over,
     * if nobody has and the provider takes it by an API. An operator if absent.
     */
    evidence: z.enum(['operator', 'automatic']).optional(),
    ...paymentTermsFields,
  })
  .meta({ id: 'PaymentChoice' });

const privacySchema = z
  .strictObject({
    /** Days after the end of an order for which its personal data is kept; 180 if absent. */
    keptDays: z.int().min(1).max(3_650).optional(),
  })
  .meta({ id: 'PrivacySettings' });

const reportingSchema = z
  .strictObject({
    /** The days, weeks and months of reports are those of this zone; UTC if absent. */
    timeZone: timeZoneSchema
      .meta({ description: 'A time zone of the IANA database', example: 'Europe/Berlin' })
      .optional(),
    /** The currency that the amounts of reports are converted to; EUR if absent. */
    currency: currencySchema.optional(),
    /** Storefronts that have reports of their own, beside those of the merchant; none if absent. */
    storefronts: z
      .array(storefrontIdSchema)
      .min(1)
      .max(20)
      .refine((ids) => new Set(ids).size === ids.length, 'each storefront is named once')
      .optional(),
  })
  .meta({ id: 'ReportingSettings' });

/** The merchant's registrations: they decide which tax schemes a consignment can use, and appear on declarations. */
export const sellerSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(70),
    /** The merchant's seat: the address of the declarant, and of the importer where the merchant imports. */
    address: z
      .strictObject({
        line1: z.string().trim().min(1).max(100),
        line2: z.string().trim().min(1).max(100).optional(),
        city: z.string().trim().min(1).max(70),
        region: z.string().trim().min(1).max(70).optional(),
        postalCode: z.string().trim().min(1).max(16).optional(),
        country: givenCountrySchema,
      })
      .meta({ id: 'SellerAddress' })
      .optional(),
    /**
     * EORI of the declarant in the Union and in Great Britain; importer number in the United States, where the merchant
     * is then the importer of record of parcels with delivery duty paid.
     */
    importer: z.strictObject({
      EU: z
        .string()
        .regex(/^[A-Z]{2}[A-Z0-9]{1,15}$/, 'EORI: member state, then up to 15 characters')
        .optional(),
      GB: z
        .string()
        .regex(/^(GB|XI)\d{12}(\d{3})?$/, 'EORI: GB or XI, then 12 or 15 digits')
        .optional(),
      US: identification.optional(),
    }),
    /** Import One-Stop Shop (Directive 2006/112/EC Art. 369q). */
    ioss: z
      .string()
      .regex(/^IM\d{10}$/, 'IM and ten digits')
      .refine(
        (number) => memberStateOfIoss(number) !== undefined,
        'of no member state: IM, its number, 7 digits',
      )
      .optional(),
    gbVat: z
      .string()
      .regex(/^GB\d{9}(\d{3})?$/, 'GB and 9 or 12 digits')
      .optional(),
    /**
     * Tax numbers in other destinations by ISO country code. With a number, the country's tax is charged at the sale.
     */
    taxNumbers: taxNumbersSchema.optional(),
    /**
     * What to do with goods whose code is divided further in a tariff, at different rates. If absent, such goods are
     * refused.
     */
    classification: z.enum(classificationPolicies).optional(),
    /** Answers to unsettled questions of law; the documented defaults if absent. */
    switches: switchesSchema.partial().optional(),
    /** Producer numbers by country and stream: LUCID, WEEE-Reg.-Nr., the French UIN. */
    epr: eprNumbersSchema.optional(),
    /** The responsible persons in the Union and in Great Britain, for products that name none of their own. */
    responsiblePersons: responsiblePersonsSchema.optional(),
    privacy: privacySchema.optional(),
    /** How prices are converted to other currencies and markets. */
    pricing: pricingSettingsSchema.optional(),
    /** The customs broker for each regime; for a regime without one, the first broker that has settings. */
    brokers: z.record(z.string(), partnerCode).optional(),
    /** The payment providers and their methods; if absent, all registered providers in their order. */
    payment: paymentChoiceSchema.optional(),
    /** How the merchant's orders are planned. */
    fulfilment: fulfilmentSchema.optional(),
    /** How the merchant wants its reports: their time zone, their currency, and for which storefronts. */
    reporting: reportingSchema.optional(),
    /** How stock is replenished. With it, a run is made every day. */
    replenishment: replenishmentSettingsSchema.optional(),
    /** What may wait unpaid at a time; the defaults suit a small shop. */
    callerLimits: callerLimitsSchema.optional(),
  })
  .meta({ id: 'Seller' });

export type Seller = z.infer<typeof sellerSchema>;

/** How the merchant wants its reports, chosen or not. */
export const reportingOf = (seller: Seller | undefined) => ({
  timeZone: seller?.reporting?.timeZone ?? 'UTC',
  currency: seller?.reporting?.currency ?? 'EUR',
  storefronts: seller?.reporting?.storefronts ?? [],
});

/** Whether the backend submits the evidence for disputes by itself. */
export const submitsEvidence = (seller: Seller | undefined): boolean =>
  seller?.payment?.evidence === 'automatic';

/** Throws until the merchant's registrations are stored. */
export function storedSeller(seller: Seller | undefined): Seller {
  if (seller === undefined) throw new Error("the merchant's registrations are not stored");
  return seller;
}
