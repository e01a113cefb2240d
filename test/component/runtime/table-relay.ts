import { createServer, type IncomingMessage, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call of the table as it is on the wire. */
export interface WireCall {
  /** The operation without `Command`, as `PutItem`. */
  readonly operation: string;
  /** The body, with typed attributes: `{"pk":{"S":"…"}}`. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The same for all attempts of one call. */
  readonly invocation: string;
}

interface WireAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** Does something before, after or in the place of a call. `ask` sends it. */
export type PassOnWire = (call: WireCall, ask: () => Promise<WireAnswer>) => Promise<WireAnswer>;

export interface TableRelay {
  readonly url: string;
  /** From now on, calls pass through `pass`; undefined: they go straight to the engine. */
  through(pass: PassOnWire | undefined): void;
  stop(): Promise<void>;
}

/** An address of the table that every client of the process uses, and where a test can see and break each call. */
export async function startTableRelay(engine: string): Promise<TableRelay> {
  let pass: PassOnWire | undefined;
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const ask = () => forward(engine, request, body);
    const { status, body: answer } = await (pass === undefined ? ask() : pass(callOf(request, body), ask));
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    through(given) {
      pass = given;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const callOf = ({ headers }: IncomingMessage, body: Buffer): WireCall => ({
  operation: String(headers['x-amz-target']).replace(/^.*\./, ''),
  input: JSON.parse(body.toString('utf8')) as WireCall['input'],
  invocation: String(headers['amz-sdk-invocation-id']),
});

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function forward(
  engine: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const sent = sendRequest(new URL(url ?? '/', engine), { method, headers }, (answer) => {
      bodyOf(answer).then((read) => resolve({ status: answer.statusCode ?? 500, body: read }), reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
