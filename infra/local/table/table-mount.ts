import { type Mount, readBody } from '../front/http-listener.ts';
import { isSigned } from '../front/is-signed.ts';

/** Where the table answers on the port of the HTTP API, for an operator's commands. */
const tablePath = '/_local/dynamodb';

/** A request of the table has at most 16 MB (Amazon DynamoDB quotas, BatchWriteItem). */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Answers signed calls of DynamoDB on the port of the HTTP API, as an operator's SDK makes them with `--stage`. They go
 * to the engine itself: they are not counted, and no fault happens to them.
 */
export function createTableMount(engineUrl: string): Mount {
  return {
    prefix: tablePath,
    async handle(request, response) {
      const { authorization, 'x-amz-target': target, 'x-amz-date': date } = request.headers;
      const body = await readBody(request, MAX_BYTES);
      if (request.method !== 'POST' || !isSigned(authorization) || typeof target !== 'string') {
        response.writeHead(403).end();
        return;
      }
      if (body === undefined) {
        response.writeHead(413).end();
        return;
      }
      const answer = await fetch(engineUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': target,
          // The engine checks no signature, and refuses a call without one.
          ...{ authorization: authorization ?? '', 'x-amz-date': String(date) },
        },
        body: new Uint8Array(body),
      });
      response
        .writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' })
        .end(Buffer.from(await answer.arrayBuffer()));
    },
  };
}
