import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Parts } from '../cloud-parts.ts';
import type { Service, ServiceAnswer } from '../lambda/thread-services.ts';
import { queueOperations } from '../queues/queue-operations.ts';
import { AwsError } from './aws-error.ts';
import { type Operation, parse } from './aws-operation.ts';
import { type Clock, systemClock } from './clock.ts';
import { type EventBus, type EventEntry, sizeBytes } from './event-bus.ts';
import { type Listener, listen, readBody } from './http-listener.ts';
import { secretOperations } from './secret-operations.ts';
import { openSecretStore } from './secret-store.ts';

/** A record of a delivery stream may have 1,000 KiB, which are more in base 64. */
const maximumBodyBytes = 2 * 1024 * 1024;
/** The size of one billed event, in bytes (Amazon EventBridge pricing). */
const billedEventBytes = 64 * 1024;

const putEventsInput = z.object({
  Entries: z.array(
    z.object({
      Source: z.string().optional(),
      DetailType: z.string().optional(),
      Detail: z.string().optional(),
      EventBusName: z.string().optional(),
      Resources: z.array(z.string()).optional(),
      Time: z.union([z.number(), z.string()]).optional(),
      TraceHeader: z.string().optional(),
    }),
  ),
});

interface EndpointOptions {
  readonly clock?: Clock;
  /** Operations of further services. */
  readonly operations?: Readonly<Record<string, Operation>>;
}

/**
 * Starts the endpoint to which the SDK clients of EventBridge, SQS, Firehose and Secrets Manager are pointed. It speaks
 * their protocol, AWS JSON: a POST to `/` with the operation in `X-Amz-Target`. Signatures are not checked, but a
 * request without one is refused, so that no page in a browser can call it. `answer` takes the calls of threads.
 */
export async function startAwsEndpoint(
  parts: Parts,
  bus: Pick<EventBus, 'putEvents'>,
  { clock = systemClock, operations: further = {} }: EndpointOptions = {},
): Promise<Listener & { readonly answer: Service }> {
  const operations: Record<string, Operation> = {
    ...secretOperations(openSecretStore(parts.resources, parts.dataDir, clock), parts.meter),
    ...queueOperations(parts),
    ...further,
    'AWSEvents.PutEvents': (input) => {
      const { Entries } = parse(putEventsInput, input);
      const entries = Entries as EventEntry[];
      const answer = bus.putEvents(entries);
      const accepted = entries.filter((_entry, index) => 'EventId' in (answer.Entries[index] ?? {}));
      const billed = accepted.reduce((sum, entry) => sum + Math.ceil(sizeBytes(entry) / billedEventBytes), 0);
      if (billed > 0) parts.meter('events.put', billed);
      return answer;
    },
  };

  const failed = (error: unknown): void =>
    parts.log({ level: 'error', source: 'aws-endpoint', message: 'a request failed', detail: error });

  async function run(target: unknown, text: string): Promise<Answer> {
    const operation = typeof target === 'string' ? operations[target] : undefined;
    if (operation !== undefined)
      return { status: 200, text: JSON.stringify(await operation(parseJson(text))) };
    const message = `The local cloud does not answer ${String(target)}.`;
    parts.log({ level: 'error', source: 'aws-endpoint', message });
    throw new AwsError('UnknownOperationException', message);
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const body = await readBody(request, maximumBodyBytes);
    if (body === undefined)
      throw new AwsError('RequestEntityTooLargeException', 'The request is too large.', 413);
    if (!request.headers.authorization?.startsWith('AWS4-')) {
      throw new AwsError('MissingAuthenticationTokenException', 'The request carries no signature.');
    }
    return run(request.headers['x-amz-target'] ?? request.url, body.toString('utf8'));
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, text, code } = await answer(request).catch(refusalOf);
    response
      .writeHead(status, {
        'content-type': 'application/x-amz-json-1.1',
        'content-length': Buffer.byteLength(text),
        'x-amzn-requestid': randomUUID(),
        ...(code === undefined ? {} : { 'x-amzn-errortype': code }),
      })
      .end(text);
  };
  const listener = await listen(handle, 0, failed);
  return {
    ...listener,
    answer: async ({ target, text }) => {
      try {
        return await run(target, text).catch(refusalOf);
      } catch (error) {
        failed(error);
        return { status: 500, text: JSON.stringify({ __type: 'InternalFailure' }) };
      }
    },
  };
}

interface Answer extends ServiceAnswer {
  /** The code of a refusal. */
  readonly code?: string;
}

/** The answer to a request that is refused. Throws every other error again. */
function refusalOf(error: unknown): Answer {
  if (!(error instanceof AwsError)) throw error;
  const { code, message, status } = error;
  return { status, text: JSON.stringify({ __type: code, message, Message: message }), code };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new AwsError('SerializationException', 'The body is not JSON.');
  }
}
