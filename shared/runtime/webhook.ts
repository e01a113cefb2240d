import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { CallbackKind } from '../../events/callback.ts';
import type { QueueSender } from '../aws/queue/queue-sender.ts';
import { notFound, ProblemError } from '../kernel/problem.ts';
import { type Instant, toInstant } from '../kernel/time.ts';
import type { BoundPlugIn, Callback, Verdict } from '../partners/plug-in.ts';
import { PartnerUnavailable } from '../partners/send.ts';
import { forEachInTurn } from '../timeline/index.ts';
import { answerError } from './answer-error.ts';
import { MAX_CALL_BYTES, type ReceivedCall, writeCall } from './callback-message.ts';
import { webhookDeps } from './deps/webhook.ts';
import { inTime } from './in-time.ts';
import { log } from './log.ts';
import { once } from './once.ts';
import type { Partners } from './partners.ts';
import { problems } from './problem-answer.ts';
import { readBody } from './read-body.ts';

const RECEIVED = '{"received":true}';

export interface WebhookDeps {
  readonly clock: () => Date;
  /** The queue of the function that interprets the calls. */
  readonly queue: QueueSender;
}

/**
 * A partner's call: its size and then the signature over the raw body are checked before anything is read. Then the
 * call is put in the queue of the function that interprets it, and answered. It is accepted only once the queue has
 * stored it; otherwise the partner repeats it. A call that the adapter ignores is answered and goes no further: it says
 * nothing, whatever the state of the order.
 */
export function webhook(
  kind: CallbackKind,
  partners: () => Pick<Partners<BoundPlugIn>, 'find'>,
  deps: () => WebhookDeps = webhookDeps,
) {
  const made = once(() => ({ partners: partners(), ...deps() }));
  const take = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const code = event.pathParameters?.code ?? '';
    const rawBody = readBody(event, MAX_CALL_BYTES);
    if (rawBody === undefined) throw new ProblemError(problems.callTooLarge);
    const call = { ...readHead(event), rawBody };
    const { partners: known, clock, queue } = made();
    const partner = await known.find(code);
    if (partner === undefined) throw new ProblemError(notFound('partner'));

    const receivedAt = toInstant(clock());
    const verdict = await verdictOf(partner, receivedAt, call);
    if (!verdict.genuine) {
      log.warn('CALLBACK_REFUSED', { kind, partner: code, reason: verdict.reason });
      throw new ProblemError(problems.badSignature);
    }
    const { parts = [{ callbackId: verdict.callbackId, rawBody }] } = verdict;
    const deliveryId = event.requestContext.requestId;
    // If the queue fails between two parts, the partner repeats all of them, and each is known by its own id.
    await forEachInTurn(parts, async (part) => {
      const word = ignoredWord(partner, part.rawBody);
      if (word === undefined) await accept(queue, { kind, code, deliveryId, receivedAt, ...part });
      else log.info('CALLBACK_IGNORED', { kind, partner: code, callbackId: part.callbackId, word });
    });
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: partner.acknowledgement ?? RECEIVED,
    };
  };
  return async (
    event: APIGatewayProxyEventV2,
    context: Context,
  ): Promise<APIGatewayProxyStructuredResultV2> => {
    try {
      return await inTime(context, () => take(event));
    } catch (error) {
      return answerError(error, event.requestContext.requestId, `hooks/${kind}`);
    }
  };
}

/** The verdict. While the partner can't be asked for what the check needs, the call is not taken: it is repeated. */
async function verdictOf(partner: BoundPlugIn, receivedAt: Instant, call: Callback): Promise<Verdict> {
  try {
    return await partner.verify(receivedAt, call);
  } catch (error) {
    if (!(error instanceof PartnerUnavailable)) throw error;
    log.warn('CALLBACK_NOT_VERIFIED', { partner: partner.code, reason: error.message });
    throw new ProblemError(problems.callNotStored);
  }
}

/** The word of a call that the adapter ignores; undefined for every other call. */
function ignoredWord(partner: BoundPlugIn, rawBody: Buffer): string | undefined {
  try {
    const read = partner.interpret(rawBody);
    if (typeof read !== 'object' || read === null) return undefined;
    if ('ignored' in read) return String(read.ignored);
    return 'kind' in read && read.kind === 'ignored' && 'word' in read ? String(read.word) : undefined;
  } catch {
    // A call that can't be read is queued: the function that interprets it fails on it, and it is parked.
    return undefined;
  }
}

async function accept(queue: QueueSender, call: ReceivedCall): Promise<void> {
  try {
    await queue.send(writeCall(call));
  } catch (error) {
    const { kind, code: partner, callbackId } = call;
    log.error('CALLBACK_NOT_QUEUED', error, { kind, partner, callbackId });
    throw new ProblemError(problems.callNotStored);
  }
}

/** The headers, in small letters, and the query of a partner's call. */
export function readHead(event: APIGatewayProxyEventV2): Omit<Callback, 'rawBody'> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(event.headers)) {
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  return {
    headers,
    query: Object.fromEntries(
      Object.entries(event.queryStringParameters ?? {}).map(([name, value]) => [name, value ?? '']),
    ),
  };
}
