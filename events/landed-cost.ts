import * as z from 'zod';
import { countrySchema } from '../shared/kernel/country.ts';
import { currencySchema } from '../shared/kernel/currency.ts';
import { dimensionsSchema, goodsMeasuresSchema, weightGramsSchema } from '../shared/kernel/measure.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { calendarDateSchema, instantSchema } from '../shared/kernel/time.ts';

export const skuSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'letters, digits, dot, dash, underscore; at most 40')
  .meta({ description: "The merchant's stock-keeping unit", example: 'TSHIRT-COTTON-NAVY' });

export const warehouseIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,31}$/, 'small letters, digits and dashes')
  .meta({ description: 'Warehouse code', example: 'pl-poznan' });

/** One figure of a landed cost, with the rule behind it. */
export const chargeSchema = z
  .strictObject({
    kind: z.enum(['goods', 'shipping', 'duty', 'tax', 'fee']),
    /** Names the figure within its kind: `eu-flat-duty`, `import-vat`, `us-section-301-china`. */
    code: z.string(),
    description: z.string(),
    /** The line it belongs to; absent where the rule charges the whole consignment. */
    lineId: z.string().optional(),
    amount: moneySchema,
    /** The base of the rate, in the currency of the rule. */
    base: moneySchema.optional(),
    /** Percentage or unit rate as a decimal string: `"19"`, `"3.00"`. */
    rate: z.string().optional(),
    /** The computation in words and figures. */
    formula: z.string(),
    /** Identifier of the dated rule in the registry. */
    ruleId: z.string(),
    /** The law behind it: regulation, article, date. */
    legalReference: z.string(),
    /** The authority or scheme to which the amount is owed: `DE:ioss`, `GB:hmrc-vat`, `US:cbp`. */
    owedTo: z.string().optional(),
    /** Under DAP: the consignee pays it on delivery, so we show it but don't collect it. */
    collectedOnDelivery: z.boolean().optional(),
    /** An assumption: the choice among tariff lines, the proof of origin. */
    assumption: z.string().optional(),
    /** The line of the tariff that the rate is from, if it is from a schedule or was chosen among several. */
    tariffLine: z
      .strictObject({
        code: z.string(),
        /** The schedule's tariff and edition: `us 2025-11`. */
        edition: z.string().optional(),
        /** The rate as its publisher writes it. */
        published: z.string().optional(),
        /** Whether the edition was known to be in force on the day of the quote. */
        isCurrent: z.boolean().optional(),
      })
      .meta({ id: 'TariffLineUsed', description: 'The line of a tariff that a rate is from' })
      .optional(),
    /** The rates that the goods may have by the lines under their code, in words, from the least to the most. */
    rateRange: z
      .strictObject({ least: z.string(), most: z.string(), lines: z.int().min(1) })
      .meta({ id: 'RateRange', description: 'The rates of the lines under a code that the tariff divides' })
      .optional(),
    /** The rule's provenance is weak. A person must confirm the rule before anybody relies on it. */
    needsReview: z.boolean().optional(),
  })
  .meta({ id: 'Charge' });

export type Charge = z.infer<typeof chargeSchema>;

/** Whether a relief applies: a decision of its own for duty and for tax. */
const deMinimisSchema = z
  .strictObject({
    on: z.enum(['duty', 'tax']),
    threshold: moneySchema.optional(),
    basis: z.enum(['intrinsic', 'FOB', 'CIF', 'item', 'none']),
    value: moneySchema,
    relieved: z.boolean(),
    ruleId: z.string(),
    explanation: z.string(),
  })
  .meta({ id: 'DeMinimisDecision' });

const consignmentLineSchema = z
  .strictObject({
    lineId: z.string(),
    sku: skuSchema,
    description: z.string(),
    quantity: z.int().min(1),
    hsCode: z.string(),
    originCountry: countrySchema,
    unitWeightGrams: weightGramsSchema,
    /** Of one unit, if the product states them. */
    measures: goodsMeasuresSchema.optional(),
    /**
     * The code that the declaration names, where the product's own has too few digits for it: a line of the tariff
     * under the product's code.
     */
    declaredCode: z.string().optional(),
    /** Price of the goods alone, excluding transport and tax: all units of the line. */
    goodsValue: moneySchema,
  })
  .meta({ id: 'ConsignmentLine' });

export type ConsignmentLine = z.infer<typeof consignmentLineSchema>;

export type DeMinimis = z.infer<typeof deMinimisSchema>;

/** The period in which a parcel is to arrive. */
export const promiseSchema = z
  .strictObject({ earliest: instantSchema, latest: instantSchema })
  .meta({ id: 'DeliveryPromise', description: 'The earliest and the latest promised time of arrival' });

/** Goods from one warehouse to one consignee in one order: the unit that thresholds and declarations apply to. */
const consignmentSchema = z
  .strictObject({
    consignmentId: z.string(),
    warehouseId: warehouseIdSchema,
    /** The warehouses that line-haul brings the packed parcel to, in order; the carrier collects it at the last. */
    via: z.array(warehouseIdSchema).min(1).max(20).optional(),
    shipFrom: countrySchema,
    carrier: z.string(),
    service: z.string(),
    lines: z.array(consignmentLineSchema).min(1),
    /** The regime and the scheme that priced it: `eu` and `ioss`, `gb` and `supply-vat`. */
    regime: z.string(),
    scheme: z.string(),
    /** The data set that the declaration uses; absent where no customs border is crossed. */
    dataSet: z.string().optional(),
    deMinimis: z.array(deMinimisSchema),
    charges: z.array(chargeSchema),
    promise: promiseSchema,
    /** Presale: the earliest time at which the goods may leave, UTC; absent if they may leave at once. */
    sentFrom: instantSchema.optional(),
    /** The day, in the warehouse's zone, that its work counts for, if the warehouse has a capacity by day. */
    workDay: calendarDateSchema.optional(),
    /** The carrier's freight by the rate card, in the card's currency: its invoice is compared with it. */
    freight: moneySchema.optional(),
    /** Its cartons: outer dimensions and gross weight of each; identical ones are grouped. */
    packages: z
      .array(
        z.strictObject({
          count: z.int().min(1),
          dimensions: dimensionsSchema,
          grossWeightGrams: weightGramsSchema,
          /** The contents of each carton; absent if one carton holds everything. */
          contents: z
            .array(z.strictObject({ lineId: z.string(), quantity: z.int().min(1) }))
            .min(1)
            .optional(),
        }),
      )
      .optional(),
    /** Grams of CO2 equivalent of its transport, well to wheel, and of its cartons: the sum of `carbon`. */
    carbonGrams: z.int().min(0).optional(),
    /** The calculation. The factors of this version give the same figure again. */
    carbon: z
      .strictObject({
        factorsVersion: z.string(),
        grossWeightGrams: z.int().min(0),
        legs: z.array(
          z.strictObject({
            mode: z.enum(['air', 'road', 'sea', 'rail']),
            distanceKm: z.int().min(0),
            factorId: z.string(),
            grams: z.int().min(0),
          }),
        ),
        packaging: z.strictObject({
          weightGrams: z.int().min(0),
          factorId: z.string(),
          grams: z.int().min(0),
        }),
      })
      .meta({ id: 'ConsignmentCarbon' })
      .optional(),
  })
  .meta({ id: 'Consignment' });

export type PlannedConsignment = z.infer<typeof consignmentSchema>;

export const totalsSchema = z
  .strictObject({
    goods: moneySchema,
    shipping: moneySchema,
    duty: moneySchema,
    tax: moneySchema,
    fees: moneySchema,
    /** The amount that the shopper pays to us. Under DAP, duty, tax and fees are shown but paid on delivery. */
    total: moneySchema,
  })
  .meta({ id: 'Totals' });

export type Totals = z.infer<typeof totalsSchema>;

/** The answers to unsettled questions of law for a quote; the customs rules document each. */
export const switchesSchema = z
  .strictObject({
    /** Which low-value imports bear the flat duty of Reg. (EU) 2026/382. */
    euFlatDutyScope: z.enum(['all-distance-sales', 'ioss-or-postal']),
    /** What one item of the flat duty and of the handling fee is. Absent in quotes from before the question. */
    euFlatDutyItem: z.enum(['subheading', 'description']).optional(),
    /** Whether duty and fees charged on to the buyer are in the base of VAT under IOSS. */
    iossVatOnRechargedDuty: z.boolean(),
    /** Whether the handling fee of Reg. (EU) 2026/2108 is levied. */
    unionHandlingFee: z.enum(['pending', 'active']),
    /**
     * Whether USD 20 were deducted from Brazil's import tax outside Remessa Conforme, from 2024-08-01 to 2026-05-11.
     */
    brDeductionOutsideProgramme: z.enum(['none', 'usd-20']).optional(),
    /**
     * The charge on goods up to USD 500 from sellers who are not registered in Chile: not priced, no duty, the general
     * duty.
     */
    clUnregisteredDuty: z.enum(['refused', 'relieved', 'due']).optional(),
    /** The Section 301 duty of China on other articles of plastics, which depends on the statistical line. */
    usSection301OtherPlastics: z.enum(['refused', '7.5', '25']).optional(),
  })
  .meta({ id: 'Switches' });

export type Switches = z.infer<typeof switchesSchema>;

/** The price that a quote promises and an order keeps. */
export const landedCostSchema = z
  .strictObject({
    incoterm: z.enum(['DDP', 'DAP']),
    currency: currencySchema,
    destination: z.strictObject({
      country: countrySchema,
      region: z.string().optional(),
      /** In no event, and absent after the erasure. */
      postalCode: z.string().optional(),
      /** The beginning of the postal code, in its place: in events, and after the erasure. */
      postalArea: z.string().max(2).optional(),
    }),
    /** The version of the rule set, and the date in the destination on which its rules were read. */
    ruleSet: z.strictObject({
      version: z.string(),
      date: calendarDateSchema,
      switches: switchesSchema.optional(),
      /** The editions of tariff schedules that rates are from: `us 2025-11`. */
      editions: z.array(z.string()).optional(),
    }),
    /** The exchange rates used, locked with their id. Absent when no figure was converted. */
    exchangeRates: z
      .strictObject({
        id: z.string(),
        base: currencySchema,
        used: z.record(z.string(), z.string()),
        /** The day of their publication, and the publisher. */
        date: calendarDateSchema.optional(),
        source: z.string().optional(),
        /** Used rates that another publisher gave, because the table lacks their currency. */
        others: z
          .partialRecord(currencySchema, z.strictObject({ date: calendarDateSchema, source: z.string() }))
          .optional(),
        /** Added to the merchant's prices, and to nothing else. */
        spreadBasisPoints: z.int().min(0).optional(),
        lockedAt: instantSchema.optional(),
        expiresAt: instantSchema.optional(),
        /** The rates of customs values: the locked ones, or an authority's monthly table. */
        customsRate: z.string().optional(),
      })
      .optional(),
    /** The delivery slot in the price: an order takes a held place of this slot. */
    deliverySlot: z
      .strictObject({
        slotId: z.string(),
        carrier: z.string(),
        from: instantSchema,
        to: instantSchema,
        /** In the currency of its zone; charged as shipping in the currency of the quote. */
        surcharge: moneySchema.optional(),
      })
      .optional(),
    /** Whether every plan was compared, or a heuristic chose among them. */
    planSearch: z.enum(['exact', 'heuristic']).optional(),
    /** Goods whose code the tariff divides at several rates: a longer one would settle which of them they bear. */
    wantsLongerCode: z
      .array(
        z
          .strictObject({
            lineId: z.string(),
            sku: skuSchema,
            hsCode: z.string(),
            /** The code whose rate was taken. */
            used: z.string(),
            least: z.string(),
            most: z.string(),
            lines: z.int().min(1),
          })
          .meta({ id: 'CodeToComplete', description: 'Goods that want a longer tariff code' }),
      )
      .optional(),
    consignments: z.array(consignmentSchema).min(1),
    totals: totalsSchema,
  })
  .meta({ id: 'LandedCost' });

export type LandedCost = z.infer<typeof landedCostSchema>;
