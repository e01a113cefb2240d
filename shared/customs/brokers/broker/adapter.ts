import { readCallbackBody } from '../../../partners/partner-answer.ts';
import { nameCallback, verifyStandardWebhook } from '../../../partners/webhook-signatures/index.ts';
import { defineBroker } from '../../broker.ts';
import { toAnswer } from './authority-words.ts';
import { fileOnce, findAnswer, invalidateOnce } from './file-once.ts';
import { restBrokerSettings } from './settings.ts';
import { callbackSchema, messageSchema } from './wire.ts';

/**
 * A broker with a REST API. We send it declarations as JSON. The broker lodges each one with the country's authority,
 * in the format of that authority, and sends us the authority's answers as Standard Webhooks callbacks.
 */
export const restBroker = defineBroker({
  code: 'broker',
  settings: restBrokerSettings,

  verify: ({ settings, now }, callback) => {
    const check = verifyStandardWebhook(callback, { now, secrets: settings.webhookSecrets });
    return nameCallback(check, () => callback.headers['webhook-id']);
  },

  file: (context, declaration) => fileOnce(context, declaration),
  find: (context, lrn) => findAnswer(context, lrn),
  invalidate: (context, lrn) => invalidateOnce(context, lrn),

  interpret: (rawBody) => {
    const { type } = readCallbackBody('broker', rawBody, callbackSchema);
    if (type !== 'declaration.status') return { ignored: type };
    return toAnswer(readCallbackBody('broker', rawBody, callbackSchema.extend({ data: messageSchema })).data);
  },
});
