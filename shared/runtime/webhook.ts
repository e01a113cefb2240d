import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { CallbackKind } from '../../events/callback.ts';
import { createCallbackStore } from '../aws/relay/callback-store.ts';
import { notFound, ProblemError } from '../kernel/problem.ts';
import { toInstant } from '../kernel/time.ts';
import type { BoundPlugIn, Callback } from '../partners/plug-in.ts';
import { answerError } from './answer-error.ts';
import { coreDeps } from './deps/core.ts';
import { log } from './log.ts';
import { once } from './once.ts';
import type { Partners } from './partners.ts';
import { problems } from './problem-answer.ts';

/**
 * A partner's call: the signature over the raw body is checked, the call is stored once under its id, and answered. A
 * queue interprets it later, so that the partner gets its answer in time.
 */
export function webhook(kind: CallbackKind, partners: () => Partners<BoundPlugIn>) {
  const made = once(partners);
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use({
      onError: (request) => {
        const { requestId } = request.event.requestContext;
        request.response = answerError(request.error, requestId, `hooks/${kind}`);
      },
    })
    .handler(async (event) => {
      const code = event.pathParameters?.code ?? '';
      const partner = await made().find(code);
      if (partner === undefined) throw new ProblemError(notFound('partner'));

      const { clock, table } = coreDeps();
      const now = toInstant(clock());
      const callback = readCallback(event);
      const verdict = partner.verify(now, callback);
      if (!verdict.genuine) {
        log.warn('CALLBACK_REFUSED', { kind, partner: code, reason: verdict.reason });
        throw new ProblemError(problems.badSignature);
      }
      const { callbackId } = verdict;
      const { rawBody } = callback;
      const kept = await createCallbackStore(table).keep({
        kind,
        code,
        callbackId,
        rawBody,
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
