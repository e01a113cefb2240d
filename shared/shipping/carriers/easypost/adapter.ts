import * as z from 'zod';
import { lookUp } from '../../../kernel/look-up.ts';
import { baseUrlSchema, PartnerRefused, readCallbackBody } from '../../../partners/partner-answer.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import {
  nameCallback,
  readBodyId,
  verifyPrefixedHex,
  webhookSecretsSchema,
} from '../../../partners/webhook-signatures/index.ts';
import { defineCarrier } from '../../carrier.ts';
import { easypostAddressNeeds } from './address-needs.ts';
import { eventSchema, trackerSchema } from './answers.ts';
import { bookOnce } from './book-once.ts';
import { callEasyPost, readShipment } from './call.ts';
import { findLabels } from './find-labels.ts';
import { postRequest } from './requests.ts';
import { customsSignerSchema, servicesSchema } from './settings.ts';
import { toTracking } from './tracking.ts';

const refundWords: Readonly<Record<string, 'voided' | 'too-late'>> = {
  submitted: 'voided',
  refunded: 'voided',
  rejected: 'too-late',
};

/** EasyPost gives access to many carriers through one account, with one API for labels, rates and trackers. */
export const easypost = defineCarrier({
  code: 'easypost',
  services: ['economy', 'standard', 'express'],
  cashServices: ['standard', 'express'],
  addressNeeds: easypostAddressNeeds,
  settings: z.strictObject({
    apiKey: secretTextSchema,
    webhookSecrets: webhookSecretsSchema,
    baseUrl: baseUrlSchema.default('https://api.easypost.com'),
    services: servicesSchema,
    customsSigner: customsSignerSchema,
  }),

  verify: ({ settings, now }, callback) => {
    const { rawBody, headers } = callback;
    const secrets = settings.webhookSecrets;
    const check = verifyPrefixedHex(headers['x-hmac-signature'], { rawBody, now, secrets });
    return nameCallback(check, () => readBodyId(rawBody));
  },

  book: (context, command) => bookOnce(context, command),

  find: (context, { reference }) => findLabels(context, reference),

  void: async (context, { carrierShipmentId }) => {
    const path = `/v2/shipments/${encodeURIComponent(carrierShipmentId)}/refund`;
    const answer = await callEasyPost(context, postRequest(context.settings, path, {}));
    if (!answer.ok && answer.status === 404) throw new PartnerRefused('easypost', 404, answer.code);
    // EasyPost may refuse because an earlier call succeeded. The shipment shows whether it did.
    const shipment = answer.ok ? answer.shipment : await readShipment(context, carrierShipmentId);
    const status = shipment.refund_status ?? (answer.ok ? '' : 'rejected');
    const outcome = lookUp(refundWords, status);
    if (outcome === undefined) throw new PartnerUnavailable('easypost', `answered refund_status ${status}`);
    return outcome;
  },

  track: async (context, { carrierShipmentId, trackingNumber }) => {
    const { tracker } = await readShipment(context, carrierShipmentId);
    return tracker == null
      ? { carrierShipmentId, trackingNumber, scans: [] }
      : toTracking(tracker, carrierShipmentId);
  },

  interpret: (rawBody) => {
    const event = readCallbackBody('easypost', rawBody, eventSchema);
    // `tracker.created` comes with the purchase of a label, often before we have recorded it, and says nothing more.
    if (event.description !== 'tracker.updated') return { ignored: event.description };
    const { result } = readCallbackBody('easypost', rawBody, eventSchema.extend({ result: trackerSchema }));
    // Somebody created this tracker by hand, for a parcel that we did not book.
    if (result.shipment_id == null) return { ignored: `${event.description}: not our shipment` };
    return toTracking(result, result.shipment_id);
  },
});
