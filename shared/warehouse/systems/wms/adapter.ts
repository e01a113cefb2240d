import * as z from 'zod';
import {
  baseUrlSchema,
  PartnerRefused,
  readAnswer,
  readCallbackBody,
  refuseNotNow,
} from '../../../partners/partner-answer.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { PartnerUnavailable, type Send } from '../../../partners/send.ts';
import {
  nameCallback,
  standardWebhookSecretsSchema,
  verifyStandardWebhook,
} from '../../../partners/webhook-signatures/index.ts';
import { defineWarehouseSystem } from '../../warehouse-system.ts';
import { cancellationRequest, dispatchRequest, viewRequest } from './requests.ts';
import { toHistory, toUpdate } from './update.ts';
import { callbackSchema, cancellationSchema, viewSchema, type WireView, workSchema } from './wire.ts';

const partner = 'wms';
const settingsSchema = z.strictObject({
  apiKey: secretTextSchema,
  webhookSecrets: standardWebhookSecretsSchema,
  baseUrl: baseUrlSchema,
});
type Settings = z.infer<typeof settingsSchema>;

/** A warehouse management system. It takes dispatch orders as JSON and reports its work by Standard Webhooks. */
export const wms = defineWarehouseSystem({
  code: 'wms',
  settings: settingsSchema,

  verify: ({ settings, now }, callback) => {
    const check = verifyStandardWebhook(callback, { now, secrets: settings.webhookSecrets });
    return nameCallback(check, () => callback.headers['webhook-id']);
  },

  request: async ({ settings, send }, order) => {
    const response = await send(dispatchRequest(settings, order));
    if (response.status < 300) {
      readAnswer(partner, response, viewSchema);
      return;
    }
    refuseNotNow(partner, response);
    if (response.status !== 409) throw new PartnerRefused(partner, response.status, 'dispatch-order');
    // The system has the order, cancelled it before it arrived, or is still working on the first call. Read the order.
    const known = await readView({ settings, send }, order.dispatchId);
    if (known === undefined) throw new PartnerUnavailable(partner, 'answered 409');
  },

  cancel: async ({ settings, send }, { dispatchId }) => {
    const response = await send(cancellationRequest(settings, dispatchId));
    if (response.status < 300) {
      const { outcome } = readAnswer(partner, response, cancellationSchema);
      return outcome === 'cancelled' ? 'cancelled' : 'too-late';
    }
    refuseNotNow(partner, response);
    if (response.status === 404) return 'cancelled';
    throw new PartnerRefused(partner, response.status, 'cancellation');
  },

  find: async ({ settings, send }, { dispatchId }) => {
    const view = await readView({ settings, send }, dispatchId);
    return view === undefined ? undefined : toHistory(view);
  },

  interpret: (rawBody) => {
    const { type } = readCallbackBody(partner, rawBody, callbackSchema);
    const [noun, word] = type.split('.');
    if (noun !== 'dispatch_order' || word === undefined) return { ignored: type };
    const { data } = readCallbackBody(partner, rawBody, callbackSchema.extend({ data: workSchema }));
    return toUpdate(word, data);
  },
});

async function readView(
  context: { readonly settings: Settings; readonly send: Send },
  dispatchId: string,
): Promise<WireView | undefined> {
  const response = await context.send(viewRequest(context.settings, dispatchId));
  if (response.status < 300) return readAnswer(partner, response, viewSchema);
  refuseNotNow(partner, response);
  if (response.status === 404) return undefined;
  throw new PartnerRefused(partner, response.status, 'view');
}
