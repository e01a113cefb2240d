import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEngineClient, type EngineClient } from '../../infra/local/table/engine-client.ts';
import { unpack } from '../../shared/aws/pack.ts';

/** One call of the table that read or wrote items. */
export interface TableCall {
  /** The operation and what its first key begins with: `Query STOCK`. */
  readonly what: string;
  readonly isRead: boolean;
}

export interface CallCounter {
  /** The address at which callers reach the engine through this proxy. */
  readonly url: string;
  /** The calls since the last call of this function. */
  take(): TableCall[];
  /** Resolves after the write of a fact with this name of this order was answered. */
  written(orderId: string, fact: string): Promise<void>;
  stop(): Promise<void>;
}

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'];
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'];

/** Starts a proxy in front of the table engine that records the operation and key of every call. */
export async function countCalls(engine: {
  readonly host: string;
  readonly port: number;
}): Promise<CallCounter> {
  const client = createEngineClient(engine.host, engine.port, 'eu-central-1');
  let calls: TableCall[] = [];
  let waiting: { readonly orderId: string; readonly fact: string; readonly resolve: () => void }[] = [];

  const keep = (operation: string, body: Buffer) => {
    const isRead = READS.includes(operation);
    if (!isRead && !WRITES.includes(operation)) return;
    const key = /"(?::|)pk":\{"S":"([A-Z-]+)/.exec(body.toString())?.[1] ?? '';
    calls.push({ what: `${operation} ${key}`, isRead });
    if (isRead) return;
    const names = factsIn(body);
    const isIn = ({ orderId, fact }: { readonly orderId: string; readonly fact: string }) =>
      names.includes(fact) && body.includes(orderId);
    for (const { resolve } of waiting.filter(isIn)) resolve();
    waiting = waiting.filter((each) => !isIn(each));
  };
  const server = createServer((request, response) => {
    forward(client, request, response, keep).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = calls;
      calls = [];
      return taken;
    },
    written: (orderId, fact) => new Promise((resolve) => waiting.push({ orderId, fact, resolve })),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      client.close();
    },
  };
}

/** The names of the facts in a write, which are stored compressed. */
function factsIn(body: Buffer): string[] {
  return [...body.toString().matchAll(/"facts":\{"B":"([^"]+)"\}/g)].flatMap(([, stored = '']) => {
    const { facts } = unpack(Buffer.from(stored, 'base64')) as { facts: { name: string }[] };
    return facts.map(({ name }) => name);
  });
}

async function forward(
  client: EngineClient,
  request: IncomingMessage,
  response: ServerResponse,
  keep: (operation: string, body: Buffer) => void,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const target = String(request.headers['x-amz-target'] ?? '');
  const answer = await client.send(target, body.toString());
  response.writeHead(answer.status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': answer.body.length,
  });
  response.end(answer.body);
  keep(target.slice(target.indexOf('.') + 1), body);
}
