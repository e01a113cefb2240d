import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import {
  type freightLegSchema,
  MAX_ORDER_LINES,
  noticeIdSchema,
  supplierReferenceSchema,
} from '../../../../events/replenishment.ts';
import { currencySchema } from '../../../kernel/currency.ts';
import { idSchema } from '../../../kernel/ids.ts';
import { type MoneyJson, parseMajor, toJson } from '../../../kernel/money.ts';
import { givenCountrySchema } from '../../../kernel/places/given-country.ts';
import { type FieldProblem, invalid, type Problem } from '../../../kernel/problem.ts';
import { ok, type Result, refused } from '../../../kernel/result.ts';
import { calendarDateSchema, type Instant } from '../../../kernel/time.ts';

/** What a supplier says of an order of ours. */
export type SupplierCall =
  | {
      readonly kind: 'response';
      /** The supplier's number of the document. */
      readonly documentId: string;
      readonly replenishmentOrderId: string;
      /** `received`: it has the order, and has not decided yet. */
      readonly answer: 'received' | 'taken' | 'refused';
      readonly supplierReference?: string;
      readonly expectedAt?: Instant;
      /** Of an answer that changes quantities: lines by their numbers on our order, from 1. */
      readonly changes?: readonly { readonly lineNumber: number; readonly quantity: number }[];
    }
  | {
      readonly kind: 'despatch';
      readonly documentId: string;
      readonly replenishmentOrderId: string;
      /** Of an order line: its number on our order, from 1. */
      readonly lines: readonly { readonly lineNumber: number; readonly units: number }[];
      readonly mode: z.infer<typeof freightLegSchema>['mode'];
      readonly fromCountry?: string;
      readonly portOfArrival?: string;
      readonly transportReference?: string;
      readonly expectedAt?: Instant;
      /** The charges of the freight. */
      readonly freight?: MoneyJson;
    };

const NAMESPACE = 'urn:oasis:names:specification:ubl:schema:xsd';

/** UN/EDIFACT 4343, of which Peppol BIS Ordering 3 uses these four. */
const ANSWERS = { AB: 'received', AP: 'taken', CA: 'taken', RE: 'refused' } as const;
/** UN/ECE Recommendation 19, the first digit of the mode of transport. */
const MODES = { 1: 'sea', 2: 'rail', 3: 'road', 4: 'air', 5: 'parcel' } as const;
/** UN/ECE Recommendation 20: pieces, by their usual codes. */
const PIECES = ['C62', 'EA', 'H87', 'NAR', 'PCE'];

/** Elements that may be repeated. */
const MANY = new Set([
  ...['DespatchLine', 'OrderReference', 'ShipmentStage', 'Delivery', 'OrderLine', 'Note'],
  'FreightAllowanceCharge',
]);

const parser = new XMLParser({
  ...{ ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: true, parseTagValue: false },
  // Entities of a document's own are not read: they may be made to grow without end.
  processEntities: false,
  isArray: (name) => MANY.has(name),
});

/** The text of an element, with attributes or without. */
const text = z.union([z.string(), z.object({ '#text': z.string() }).transform((each) => each['#text'])]);
const date = text.pipe(calendarDateSchema).transform((day): Instant => `${day}T00:00:00.000Z`);
const period = z.object({ EndDate: date.optional() }).optional();
const orderReference = z.object({
  ID: text.pipe(idSchema('replenishmentOrder')),
  SalesOrderID: text.optional(),
});

const pieces = z
  .object({ '#text': z.string().regex(/^\d{1,7}(\.0+)?$/, 'whole units'), '@unitCode': z.enum(PIECES) })
  .transform((each) => Number(each['#text']));
const quantity = pieces.pipe(z.int().min(1).max(1_000_000));
const lineNumber = text.pipe(z.string().regex(/^[1-9]\d{0,2}$/, 'a line number')).transform(Number);

/** UN/EDIFACT 1229: the supplier does not deliver the line. */
const NOT_ACCEPTED = '7';

/** A line of an answer. Its number on our order is that of the reference, or its own where it has none. */
const answeredLine = z
  .object({
    LineItem: z.object({
      ID: lineNumber,
      LineStatusCode: text.optional(),
      Quantity: pieces.pipe(z.int().min(0).max(1_000_000)).optional(),
    }),
    OrderLineReference: z.object({ LineID: lineNumber }).optional(),
  })
  .superRefine(({ LineItem: { LineStatusCode, Quantity } }, { addIssue }) => {
    if (Quantity === undefined && LineStatusCode !== NOT_ACCEPTED)
      addIssue({ code: 'custom', path: ['LineItem', 'Quantity'], message: 'the units that are delivered' });
  })
  .transform(({ LineItem: { ID, LineStatusCode, Quantity = 0 }, OrderLineReference }) => ({
    lineNumber: OrderLineReference?.LineID ?? ID,
    quantity: LineStatusCode === NOT_ACCEPTED ? 0 : Quantity,
  }));

/** A charge of the freight, in the currency's major unit. */
const charge = z
  .object({
    ChargeIndicator: text.pipe(z.literal('true', 'a charge, and no allowance')),
    Amount: z.object({ '#text': z.string(), '@currencyID': currencySchema }).transform((amount, context) => {
      const read = parseMajor(amount['#text'], amount['@currencyID']);
      if (read !== undefined && read.amountMinor > 0) return toJson(read);
      context.addIssue({ code: 'custom', message: 'an amount of its currency, above zero' });
      return z.NEVER;
    }),
  })
  .transform(({ Amount }) => Amount);

const charges = z
  .array(charge)
  .refine((all) => all.every(({ currency }) => currency === all[0]?.currency), 'charges in one currency');

const responseSchema = z.object({
  ID: text.pipe(noticeIdSchema),
  SalesOrderID: text.pipe(supplierReferenceSchema).optional(),
  OrderResponseCode: text.pipe(z.enum(['AB', 'AP', 'CA', 'RE'])),
  OrderReference: z.array(orderReference).length(1),
  Delivery: z.array(z.object({ PromisedDeliveryPeriod: period })).optional(),
  OrderLine: z.array(answeredLine).max(MAX_ORDER_LINES).optional(),
});

const despatchSchema = z.object({
  ID: text.pipe(noticeIdSchema),
  OrderReference: z.array(orderReference).length(1),
  Shipment: z
    .object({
      ShipmentStage: z
        .array(
          z.object({ TransportModeCode: text.pipe(z.string().regex(/^[1-5]/, 'from 1 to 5')).optional() }),
        )
        .optional(),
      Delivery: z
        .array(
          z.object({
            TrackingID: text.pipe(supplierReferenceSchema).optional(),
            EstimatedDeliveryPeriod: period,
          }),
        )
        .optional(),
      OriginAddress: z
        .object({ Country: z.object({ IdentificationCode: text.pipe(givenCountrySchema) }).optional() })
        .optional(),
      FirstArrivalPortLocation: z
        .object({ ID: text.pipe(z.string().regex(/^[A-Z]{2}[A-Z2-9]{3}$/, 'a UN/LOCODE')) })
        .optional(),
      FreightAllowanceCharge: charges.optional(),
    })
    .optional(),
  DespatchLine: z
    .array(
      z.object({
        DeliveredQuantity: quantity,
        OrderLineReference: z.object({ LineID: lineNumber }),
      }),
    )
    .min(1)
    .max(MAX_ORDER_LINES),
});

const unreadable = (pointer: string, code: string, detail: string): Problem =>
  invalid([{ pointer, code, detail }]);

/**
 * Reads a document of a supplier: an OrderResponse or a DespatchAdvice of UBL 2.1. A field that is wrong is named by
 * its path in the document, such as `/DespatchAdvice/DespatchLine/0/DeliveredQuantity`.
 */
export function readSupplierCall(body: string): Result<SupplierCall, Problem> {
  if (/<!DOCTYPE|<!ENTITY/i.test(body))
    return refused(unreadable('/', 'doctype', 'a document without a document type declaration'));
  const document = parsed(body);
  const root = Object.keys(document).find((name) => name !== '?xml');
  if (root === 'OrderResponse' && body.includes(`${NAMESPACE}:OrderResponse-2`))
    return read(root, responseSchema, document[root], readResponse);
  if (root === 'DespatchAdvice' && body.includes(`${NAMESPACE}:DespatchAdvice-2`))
    return read(root, despatchSchema, document[root], readDespatch);
  return refused(unreadable('/', 'unknown-document', 'an OrderResponse or a DespatchAdvice of UBL 2.1'));
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    return parser.parse(body, true) as Readonly<Record<string, unknown>>;
  } catch {
    // Not well-formed: it has no root, and is refused as an unknown document.
    return {};
  }
}

function read<Schema extends z.ZodType>(
  root: string,
  schema: Schema,
  value: unknown,
  next: (read: z.infer<Schema>) => SupplierCall,
): Result<SupplierCall, Problem> {
  const given = schema.safeParse(value);
  if (given.success) return ok(next(given.data));
  const errors = given.error.issues.map(
    ({ path, message }): FieldProblem => ({
      pointer: `/${[root, ...path.map(String)].join('/').replace(/\/#text$/, '')}`,
      code: 'wrong',
      detail: message,
    }),
  );
  return refused(invalid(errors));
}

function readResponse(response: z.infer<typeof responseSchema>): SupplierCall {
  const expectedAt = response.Delivery?.[0]?.PromisedDeliveryPeriod?.EndDate;
  const reference = response.SalesOrderID ?? response.OrderReference[0]?.SalesOrderID;
  const { OrderResponseCode, OrderLine: changes = [] } = response;
  return {
    kind: 'response',
    documentId: response.ID,
    replenishmentOrderId: response.OrderReference[0]?.ID ?? '',
    answer: ANSWERS[OrderResponseCode],
    // Of an answer that accepts everything, the lines repeat what was ordered.
    ...(OrderResponseCode === 'CA' && changes.length > 0 ? { changes } : {}),
    ...(reference === undefined ? {} : { supplierReference: reference }),
    ...(expectedAt === undefined ? {} : { expectedAt }),
  };
}

function readDespatch({
  ID,
  OrderReference,
  Shipment,
  DespatchLine,
}: z.infer<typeof despatchSchema>): SupplierCall {
  const [delivery] = Shipment?.Delivery ?? [];
  const code = Number(Shipment?.ShipmentStage?.[0]?.TransportModeCode?.[0] ?? 3) as keyof typeof MODES;
  const fromCountry = Shipment?.OriginAddress?.Country?.IdentificationCode;
  const portOfArrival = Shipment?.FirstArrivalPortLocation?.ID;
  const transportReference = delivery?.TrackingID;
  const expectedAt = delivery?.EstimatedDeliveryPeriod?.EndDate;
  const freight = sumOf(Shipment?.FreightAllowanceCharge ?? []);
  return {
    kind: 'despatch',
    documentId: ID,
    replenishmentOrderId: OrderReference[0]?.ID ?? '',
    lines: DespatchLine.map(({ OrderLineReference, DeliveredQuantity }) => ({
      lineNumber: OrderLineReference.LineID,
      units: DeliveredQuantity,
    })),
    mode: MODES[code],
    ...(fromCountry === undefined ? {} : { fromCountry }),
    ...(portOfArrival === undefined ? {} : { portOfArrival }),
    ...(transportReference === undefined ? {} : { transportReference }),
    ...(expectedAt === undefined ? {} : { expectedAt }),
    ...(freight === undefined ? {} : { freight }),
  };
}

function sumOf(amounts: readonly MoneyJson[]): MoneyJson | undefined {
  const [first] = amounts;
  if (first === undefined) return undefined;
  return { ...first, amount: amounts.reduce((sum, { amount }) => sum + amount, 0) };
}
