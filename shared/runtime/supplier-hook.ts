import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { supplierIdSchema } from '../../events/replenishment.ts';
import { notFound, ProblemError } from '../kernel/problem.ts';
import { toInstant } from '../kernel/time.ts';
import { verifyStandardWebhook } from '../partners/webhook-signatures/index.ts';
import { readSupplierCall } from '../replenishment/purchasing/calls/read-call.ts';
import { type CallDeps, takeSupplierCall } from '../replenishment/purchasing/calls/take-call.ts';
import { answerError } from './answer-error.ts';
import { MAX_CALL_BYTES } from './callback-message.ts';
import { inTime } from './in-time.ts';
import { log } from './log.ts';
import { once } from './once.ts';
import { problems } from './problem-answer.ts';
import { readBody } from './read-body.ts';
import { readHead } from './webhook.ts';

/** What the hook of suppliers needs. */
export interface SupplierHookDeps extends CallDeps {
  readonly clock: () => Date;
  /** The secret of a supplier: each one can be worked out, also of a supplier that is not there. */
  readonly signingSecret: (supplierId: string) => Promise<string>;
}

/**
 * A supplier's call: its size and then the signature over the raw body are checked before anything is read. It is
 * answered when it has taken effect, and a repeat has none: the step of an order is one transaction, so that no queue
 * is needed. A refusal says why. The supplier repeats what was not answered with 2xx.
 */
export function supplierHook(deps: () => SupplierHookDeps) {
  const made = once(deps);
  const take = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const supplierId = event.pathParameters?.code ?? '';
    const rawBody = readBody(event, MAX_CALL_BYTES);
    if (rawBody === undefined) throw new ProblemError(problems.callTooLarge);
    if (!supplierIdSchema.safeParse(supplierId).success) throw new ProblemError(notFound('partner'));
    const own = made();
    const now = toInstant(own.clock());
    const secrets = [{ id: 'own', value: await own.signingSecret(supplierId) }];
    const verdict = verifyStandardWebhook({ ...readHead(event), rawBody }, { now, secrets });
    if (!verdict.genuine) {
      log.warn('CALLBACK_REFUSED', { kind: 'supplier', partner: supplierId, reason: verdict.reason });
      throw new ProblemError(problems.badSignature);
    }
    const call = readSupplierCall(rawBody.toString('utf8'));
    if (!call.ok) throw new ProblemError(call.error);
    const taken = await takeSupplierCall(own, { supplierId, call: call.value, now });
    if (!taken.ok) throw new ProblemError(taken.error);
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{"received":true}' };
  };
  return async (
    event: APIGatewayProxyEventV2,
    context: Context,
  ): Promise<APIGatewayProxyStructuredResultV2> => {
    try {
      return await inTime(context, () => take(event));
    } catch (error) {
      return answerError(error, event.requestContext.requestId, 'hooks/supplier');
    }
  };
}
