import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Parts } from '../cloud-parts.ts';
import { queueOperations } from '../queues/queue-operations.ts';
import { AwsError } from './aws-error.ts';
import { type Operation, parse } from './aws-operation.ts';
import { type Clock, systemClock } from './clock.ts';
import { type EventBus, type EventEntry, sizeBytes } from './event-bus.ts';
import { listen, readBody } from './http-listener.ts';
import { secretOperations } from './secret-operations.ts';
import { openSecretStore } from './secret-store.ts';

const maximumBodyBytes = 1024 * 1024;
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

/**
 * Starts the endpoint to which the SDK clients of EventBridge, SQS and Secrets Manager are pointed. It speaks their
 * protocol, AWS JSON: a POST to `/` with the operation in `X-Amz-Target`. Signatures are not checked, but a
 * request without one is refused, so that no page in a browser can call it.
 */
export async function startAwsEndpoint(
  parts: Parts,
  bus: Pick<EventBus, 'putEvents'>,
  clock: Clock = systemClock,
): Promise<{ url: string; stop(): Promise<void> }> {
  const operations: Record<string, Operation> = {
    ...secretOperations(openSecretStore(parts.resources, parts.dataDir, clock), parts.meter),
    ...queueOperations(parts),
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

  async function answer(request: IncomingMessage): Promise<unknown> {
    const body = await readBody(request, maximumBodyBytes);
    if (body === undefined)
      throw new AwsError('RequestEntityTooLargeException', 'The request is too large.', 413);
    if (!request.headers.authorization?.startsWith('AWS4-')) {
      throw new AwsError('MissingAuthenticationTokenException', 'The request carries no signature.');
    }
    const target = request.headers['x-amz-target'];
    const operation = typeof target === 'string' ? operations[target] : undefined;
    if (operation === undefined) {
      const message = `The local cloud does not answer ${String(target ?? request.url)}.`;
      parts.log({ level: 'error', source: 'aws-endpoint', message });
      throw new AwsError('UnknownOperationException', message);
    }
    return operation(parseJson(body.toString('utf8')));
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const reply = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      const text = JSON.stringify(body);
      response
        .writeHead(status, {
          'content-type': 'application/x-amz-json-1.1',
          'content-length': Buffer.byteLength(text),
          'x-amzn-requestid': randomUUID(),
          ...headers,
        })
        .end(text);
    };
    try {
      reply(200, await answer(request));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { code, message, status } = error;
      reply(status, { __type: code, message, Message: message }, { 'x-amzn-errortype': code });
    }
  };
  return listen(handle, 0, (error) =>
    parts.log({ level: 'error', source: 'aws-endpoint', message: 'a request failed', detail: error }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new AwsError('SerializationException', 'The body is not JSON.');
  }
}
