import * as z from 'zod';
import { partnerTimeSchema } from '../../../partners/partner-answer.ts';

const rateSchema = z.object({
  id: z.string(),
  carrier: z.string(),
  service: z.string(),
  /** The price as decimal text, in the rate's currency. */
  rate: z.string(),
  currency: z.string(),
  delivery_days: z.int().nullish(),
  est_delivery_days: z.int().nullish(),
});

export type EasyPostRate = z.infer<typeof rateSchema>;

const scanSchema = z.object({
  message: z.string().nullish(),
  status: z.string(),
  status_detail: z.string().nullish(),
  datetime: partnerTimeSchema,
  tracking_location: z
    .object({ city: z.string().nullish(), country: z.string().nullish(), zip: z.string().nullish() })
    .nullish(),
});

export type EasyPostScan = z.infer<typeof scanSchema>;

export const trackerSchema = z.object({
  id: z.string(),
  tracking_code: z.string(),
  shipment_id: z.string().nullish(),
  tracking_details: z.array(scanSchema),
});

export type EasyPostTracker = z.infer<typeof trackerSchema>;

const addressSchema = z.object({
  name: z.string().nullish(),
  street1: z.string().nullish(),
  city: z.string().nullish(),
  zip: z.string().nullish(),
  country: z.string().nullish(),
});

/** An address that was made by itself. */
export const madeAddressSchema = z.object({ id: z.string() });

export const shipmentSchema = z.object({
  id: z.string(),
  reference: z.string().nullish(),
  created_at: partnerTimeSchema,
  to_address: addressSchema,
  parcel: z.object({ weight: z.number() }),
  options: z.object({ importer_address_id: z.string().nullish() }).nullish(),
  rates: z.array(rateSchema),
  selected_rate: rateSchema.nullish(),
  postage_label: z.object({ label_url: z.string().nullish() }).nullish(),
  tracking_code: z.string().nullish(),
  tracker: trackerSchema.nullish(),
  refund_status: z.string().nullish(),
});

export type EasyPostShipment = z.infer<typeof shipmentSchema>;

export const shipmentListSchema = z.object({ shipments: z.array(shipmentSchema), has_more: z.boolean() });

/** An error's code and its fields. The messages are not read, because carriers repeat addresses in them. */
export const errorSchema = z.object({
  error: z.object({
    code: z.string(),
    errors: z.array(z.union([z.object({ field: z.string().nullish() }), z.string()])).nullish(),
  }),
});

export const eventSchema = z.object({ id: z.string(), description: z.string(), result: z.unknown() });
