import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { CallbackKind } from '../../events/callback.ts';
import { createCallbackStore } from '../aws/callback-store.ts';
import type { BoundPlugIn, Callback } from '../kernel/plug-in.ts';
import { toInstant } from '../kernel/time.ts';
import { log } from './log.ts';
import type { Partners } from './partners.ts';
import { notFound, problemAnswer } from './problem-answer.ts';
import { coreWorld } from './worlds/core-world.ts';

/**
 * A partner's call: the signature over the raw body is checked, the call is stored once under its id, and
 * answered. Its interpretation waits for the queue, so that the answer comes within any partner's patience.
 */
export function hook(kind: CallbackKind, partners: () => Partners<BoundPlugIn>) {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>().handler(async (event) => {
    const requestId = event.requestContext.requestId;
    const code = event.pathParameters?.code ?? '';
    const partner = await partners().find(code);
    if (partner === undefined) return problemAnswer(notFound('partner'), requestId);

    const { clock, table } = coreWorld();
    const now = toInstant(clock());
    const callback = readCallback(event);
    const verdict = partner.verify(now, callback);
    if (!verdict.genuine) {
      log.warn('CALLBACK_REFUSED', { kind, partner: code, reason: verdict.reason });
      return problemAnswer(
        {
          status: 401,
          code: 'signature',
          title: 'Not accepted',
          detail: 'The signature of the call was not accepted.',
        },
        requestId,
      );
    }
    const { callbackId } = verdict;
    const kept = await createCallbackStore(table).keep({
      kind,
      code,
      callbackId,
      rawBody: callback.rawBody,
      receivedAt: now,
    });
    if (kept === 'known') log.info('CALLBACK_KNOWN', { kind, partner: code, callbackId });
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{"received":true}' };
  });
}

function readCallback(event: APIGatewayProxyEventV2): Callback {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(event.headers)) {
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  return {
    headers,
    query: Object.fromEntries(
      Object.entries(event.queryStringParameters ?? {}).map(([name, value]) => [name, value ?? '']),
    ),
    rawBody: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
}
