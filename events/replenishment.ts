import * as z from 'zod';
import { countrySchema } from '../shared/kernel/country.ts';
import { idSchema } from '../shared/kernel/ids.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { calendarDateSchema, instantSchema } from '../shared/kernel/time.ts';
import { skuSchema, warehouseIdSchema } from './landed-cost.ts';

const MAX_UNITS = 1_000_000;
const someUnits = z.int().min(1).max(MAX_UNITS);
const anyUnits = z.int().min(0).max(MAX_UNITS);

/** The most lines of an order: a receipt writes three items for each in one transaction. */
export const MAX_ORDER_LINES = 20;

export const supplierIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,31}$/, 'small letters, digits and dashes; 2 to 32')
  .meta({ description: 'Supplier code', example: 'ningbo-ceramics' });

/** A port or another place of arrival, by its UN/LOCODE: two letters of the country, three of the place. */
export const portSchema = z
  .string()
  .regex(/^[A-Z]{2}[A-Z2-9]{3}$/, 'a UN/LOCODE of five characters')
  .meta({ description: 'UN/LOCODE', example: 'PLGDN' });

/** The sender's number of a delivery that is on its way. */
export const noticeIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, 'letters, digits, dot, dash, underscore; at most 32')
  .meta({ description: "The sender's number of the delivery", example: 'ASN-2026-0117' });

/** A number that the supplier gave. */
export const supplierReferenceSchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,60}$/, 'at most 60 printed characters');

/** The name of a run, in letters, digits and signs. */
const runIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/);

const ofOrder = {
  replenishmentOrderId: idSchema('replenishmentOrder'),
  /** 1 for the proposal, then without a gap. */
  sequence: z.int().min(1),
  /** When it happened, UTC. */
  at: instantSchema,
  /** `run`: the daily run of replenishment. Never a name. */
  by: z.enum(['operator', 'run', 'supplier', 'clock']),
};

/** How a delivery travels. */
export const freightLegSchema = z
  .strictObject({
    mode: z.enum(['sea', 'air', 'rail', 'road', 'parcel']),
    /** Where it leaves. */
    fromCountry: countrySchema,
    /** Where the goods arrive in the country of the warehouse. */
    portOfArrival: portSchema.optional(),
    /** The number of the container, the waybill or the parcel. */
    transportReference: supplierReferenceSchema.optional(),
  })
  .meta({ id: 'FreightLeg' });

/** The figures of a line that an entry of the whole delivery into a country needs. */
export const bulkEntryLineSchema = z
  .strictObject({
    sku: skuSchema,
    hsCode: z.string(),
    originCountry: countrySchema,
    description: z.string(),
    units: someUnits,
    netWeightGrams: z.int().min(0),
    /** What is paid to the supplier for the units. Absent where a transfer has no price. */
    value: moneySchema.optional(),
    /** Its share of the bill of freight. */
    freight: moneySchema.optional(),
  })
  .meta({ id: 'BulkEntryLine' });

const ReplenishmentProposed = {
  name: 'replenishment.proposed',
  version: 1,
  description: 'A purchase order or a transfer order was proposed. Nothing is sent before it is approved.',
  data: z.strictObject({
    ...ofOrder,
    kind: z.enum(['purchase', 'transfer']),
    /** Of a purchase order. */
    supplierId: supplierIdSchema.optional(),
    /** Of a transfer order: the warehouse that gives the units. */
    fromWarehouseId: warehouseIdSchema.optional(),
    /** The warehouse that gets the units. */
    warehouseId: warehouseIdSchema,
    lines: z
      .array(
        z.strictObject({
          sku: skuSchema,
          quantity: someUnits,
          /** Of a purchase order: the price of one unit, without recoverable tax. */
          unitPrice: moneySchema.optional(),
          /** What the order is for: the SKU, the warehouse, and the open orders that did not cover it. */
          needKey: z.string().regex(/^[A-Za-z0-9._@+-]{3,1000}$/),
          /** The day on which the units are needed, UTC. */
          needBy: calendarDateSchema.optional(),
          /** Why, in codes of whoever proposed it. */
          reasons: z.array(z.string().max(200)).max(10),
        }),
      )
      .min(1)
      .max(MAX_ORDER_LINES),
    /** Of a purchase order: the sum of its lines. */
    total: moneySchema.optional(),
    /** When the units should arrive, by the lead time. */
    expectedAt: instantSchema,
    /** The run that proposed it, or the key of the request. */
    runId: runIdSchema,
  }),
} as const;

const ReplenishmentApproved = {
  name: 'replenishment.approved',
  version: 1,
  description:
    'An order was approved: by a person, or because its total is within the limit of the merchant.',
  data: z.strictObject({ ...ofOrder, approval: z.enum(['person', 'within-limit']) }),
} as const;

const ReplenishmentSent = {
  name: 'replenishment.sent',
  version: 1,
  description: 'A purchase order was handed to the supplier. A repeat has the same message id.',
  data: z.strictObject({
    ...ofOrder,
    way: z.enum(['file', 'http']),
    messageId: z.string().regex(/^[A-Za-z0-9_.-]{1,80}$/),
    /** The object in the bucket, of a file. */
    key: z.string().max(200).optional(),
  }),
} as const;

const ReplenishmentAcknowledged = {
  name: 'replenishment.acknowledged',
  version: 1,
  description: 'The supplier took the order, or a part of it.',
  data: z.strictObject({
    ...ofOrder,
    /** Lines of which it delivers fewer units than were ordered: what is ordered of them from now on. */
    changes: z
      .array(z.strictObject({ sku: skuSchema, quantity: anyUnits }))
      .min(1)
      .max(MAX_ORDER_LINES)
      .optional(),
    /** The supplier's own number of the order. */
    supplierReference: supplierReferenceSchema.optional(),
    /** When the supplier says that the units arrive. */
    expectedAt: instantSchema,
  }),
} as const;

const ReplenishmentShipped = {
  name: 'replenishment.shipped',
  version: 1,
  description: 'A delivery of an order is on its way: the advance shipment notice.',
  data: z.strictObject({
    ...ofOrder,
    noticeId: noticeIdSchema,
    lines: z
      .array(z.strictObject({ sku: skuSchema, units: someUnits }))
      .min(1)
      .max(MAX_ORDER_LINES),
    leg: freightLegSchema,
    /** When it should arrive at the warehouse. */
    expectedAt: instantSchema,
    /** The bill of the first leg, with its charges. */
    freight: moneySchema.optional(),
    /** How the bill is spread over units. */
    spreadBy: z.enum(['weight', 'value']),
    bulkEntry: z.array(bulkEntryLineSchema),
  }),
} as const;

const ReplenishmentReceived = {
  name: 'replenishment.received',
  version: 1,
  description: 'A delivery was counted at the dock. Of each line, received + short + damaged = noticed.',
  data: z.strictObject({
    ...ofOrder,
    noticeId: noticeIdSchema,
    lines: z
      .array(
        z.strictObject({
          sku: skuSchema,
          noticed: someUnits,
          /** Good units: they are in stock now. */
          received: anyUnits,
          /** Units that were not there. */
          short: anyUnits,
          /** Units that were damaged or rejected: they are not in stock. */
          damaged: anyUnits,
          /** The share of the damaged units that failed the inspection, so that the supplier is at fault. */
          rejected: anyUnits,
          /** Its share of the bill of freight. The shares of all lines are the bill. */
          firstLeg: moneySchema.optional(),
        }),
      )
      .min(1)
      .max(MAX_ORDER_LINES),
    /** Whole days after the day on which the supplier had promised the arrival, UTC; 0 if in time. */
    daysLate: z.int().min(0),
  }),
} as const;

const ReplenishmentClosed = {
  name: 'replenishment.closed',
  version: 1,
  description: 'An order has ended: all is received, or the rest is not waited for any more.',
  data: z.strictObject({
    ...ofOrder,
    outcome: z.enum(['complete', 'rest-given-up']),
    /** Units that were ordered and not received. */
    openUnits: anyUnits,
  }),
} as const;

export const ReplenishmentCancelled = {
  name: 'replenishment.cancelled',
  version: 1,
  description: 'An order was cancelled before anything of it was on its way.',
  data: z.strictObject({
    ...ofOrder,
    /** `supplier-silent`: it could not be reached, and another supplier is asked. */
    reason: z.enum(['not-needed', 'supplier-refused', 'supplier-silent', 'price', 'wrong']),
  }),
} as const;

/** The facts of a replenishment order, in their usual order. */
export const replenishmentFactDefinitions = [
  ReplenishmentProposed,
  ReplenishmentApproved,
  ReplenishmentSent,
  ReplenishmentAcknowledged,
  ReplenishmentShipped,
  ReplenishmentReceived,
  ReplenishmentClosed,
  ReplenishmentCancelled,
] as const;

type Definition = (typeof replenishmentFactDefinitions)[number];

/** Wire name of a fact of a replenishment order, such as `replenishment.proposed`. */
type ReplenishmentFactName = Definition['name'];

export type ReplenishmentDataOf<Name extends ReplenishmentFactName> = z.infer<
  Extract<Definition, { name: Name }>['data']
>;

/** A fact of a replenishment order, narrowed by `name`. */
export type ReplenishmentFact<Name extends ReplenishmentFactName = ReplenishmentFactName> = {
  [N in Name]: { readonly name: N; readonly data: ReplenishmentDataOf<N> };
}[Name];

const dataByName = new Map<string, z.ZodType>(
  replenishmentFactDefinitions.map(({ name, data }) => [name, data]),
);

const namedSchema = z.strictObject({ name: z.string(), data: z.unknown() });

/** Reads a fact from the table; throws a ZodError on anything that is not one. */
export function parseReplenishmentFact(value: unknown): ReplenishmentFact {
  const { name, data } = namedSchema.parse(value);
  const schema = dataByName.get(name);
  if (schema === undefined) throw new Error(`unknown fact ${name}`);
  return { name, data: schema.parse(data) } as ReplenishmentFact;
}
