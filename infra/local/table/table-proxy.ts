import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Log, Meter, Strike } from '../cloud-parts.ts';
import type { Observe } from '../watching/metrics.ts';
import { askCapacity, countCapacity, isItemOperation, isWrite } from './count-capacity.ts';
import type { EngineClient } from './engine-client.ts';
import type { ItemLocks } from './item-locks.ts';
import type { PartitionLimit } from './partition-limit.ts';
import { type HttpMessage, header, readMessages } from './read-messages.ts';
import { conflicting, throttled, throttledWhole } from './refusals.ts';
import { actionsOf } from './table-actions.ts';

/** The parts that the proxy between functions and the table engine needs. */
export interface TableProxyOptions {
  readonly engine: EngineClient;
  readonly meter: Meter;
  readonly strike: Strike;
  readonly log: Log;
  /** Stops the worker that sent a request, before the request goes on. */
  kill(workerId: string): void;
  /** Called after every write that the engine accepted, because the stream then may have a new record. */
  onWrite(): void;
  readonly partitionLimit?: PartitionLimit | undefined;
  readonly locks: ItemLocks;
  /** Receives the throttle metrics of tables. */
  readonly observe?: Observe;
}

/** A request on its way. */
interface Passing {
  readonly operation: string;
  readonly target: string;
  readonly message: HttpMessage;
  readonly socket: Socket;
}

/** Writes that DynamoDB refuses while a transaction writes the same item. */
const mayConflict = (operation: string) => isWrite(operation) && operation !== 'BatchWriteItem';

/** The proxy in front of the table engine. */
export interface TableProxy {
  readonly url: string;
  /** The address for one worker. The proxy knows by the address which worker sends a request. */
  urlFor(workerId: string): string;
  stop(): Promise<void>;
}

/**
 * Starts the HTTP proxy through which functions reach the table. The proxy counts the units that each operation
 * consumes. It injects faults where the SDK meets them in reality, so that the SDK's own retries are tested:
 * - throttled: the operation is refused before it reaches the engine;
 * - timed out: by turns, the request is lost, or the operation is done and its answer is lost;
 * - killed: the worker ends just before its request is passed on;
 * - a partition key over its limit: the operation is refused as DynamoDB refuses it;
 * - in conflict: the write is refused because a transaction writes the same item. This happens on purpose where the
 *   fault strikes, and always where it is so.
 */
export async function startTableProxy(options: TableProxyOptions): Promise<TableProxy> {
  const sockets = new Set<Socket>();
  let timeouts = 0;

  async function answer(message: HttpMessage, socket: Socket): Promise<void> {
    const target = header(message.head, 'x-amz-target') ?? '';
    const operation = target.slice(target.indexOf('.') + 1);
    if (!isItemOperation(operation)) {
      const { status, body } = await options.engine.send(target, message.body);
      return reply(socket, status, body);
    }
    if (options.strike('kill')) {
      options.kill(workerOf(message.head));
      socket.destroy();
      return;
    }
    if (options.strike('throttle')) {
      observeThrottle(operation, message.body, options.observe);
      return reply(socket, 400, throttledWhole);
    }
    const over = options.partitionLimit?.admit(operation, message.body) ?? [];
    if (over.length > 0) {
      observeThrottle(operation, message.body, options.observe);
      return reply(socket, 400, throttled(operation, message.body, over));
    }
    if (mayConflict(operation) && options.strike('conflict'))
      return reply(socket, 400, conflicting(operation, message.body, [0]));
    const passage = options.locks.enter(operation, message.body);
    if (passage.met.length > 0) return reply(socket, 400, conflicting(operation, message.body, passage.met));
    try {
      await pass({ operation, target, message, socket });
    } finally {
      passage.leave();
    }
  }

  /** Sends the request on to the engine and the answer back, unless one of them is lost. */
  async function pass({ operation, target, message, socket }: Passing): Promise<void> {
    const lost = options.strike('timeout') ? ++timeouts : 0;
    if (lost % 2 === 1) {
      socket.destroy();
      return;
    }
    const { body, callerAsked } = askCapacity(message.body);
    const answered = await options.engine.send(target, body);
    const meter: Meter = (unit, count) => {
      options.meter(unit, count);
      if (unit === 'dynamodb.readUnits') options.partitionLimit?.countRead(operation, message.body, count);
    };
    const counted = countCapacity(operation, answered, callerAsked, meter);
    if (answered.status === 200 && isWrite(operation)) {
      options.partitionLimit?.countWritten(operation, message.body);
      options.onWrite();
    }
    if (lost > 0) socket.destroy();
    else reply(socket, answered.status, counted);
  }

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    const read = readMessages((message) => {
      answer(message, socket).catch((error: Error) => {
        options.log({ level: 'error', source: 'table', message: error.message });
        reply(
          socket,
          500,
          Buffer.from(JSON.stringify({ __type: 'InternalServerError', message: error.message })),
        );
      });
    });
    socket.on('data', (chunk: Buffer) => {
      try {
        read(chunk);
      } catch (error) {
        options.log({ level: 'error', source: 'table', message: (error as Error).message });
        socket.destroy();
      }
    });
    socket.on('close', () => sockets.delete(socket));
    // A worker that is stopped breaks its connections. Nothing waits for the answers any more.
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    urlFor: (workerId) => `${url}/${workerId}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Counts a refusal for each table of the request. */
function observeThrottle(operation: string, body: Buffer, observe: Observe = () => {}): void {
  const name = isWrite(operation) ? 'WriteThrottleEvents' : 'ReadThrottleEvents';
  const actions = actionsOf(operation, JSON.parse(body.toString()));
  for (const TableName of new Set(actions.map((action) => action.TableName)))
    observe({ namespace: 'AWS/DynamoDB', name, dimensions: { TableName } }, 1);
}

// POST /<worker>/ HTTP/1.1
function workerOf(head: string): string {
  return head.slice(0, head.indexOf('\r\n')).split(' ')[1]?.split('/')[1] ?? '';
}

function reply(socket: Socket, status: number, body: Buffer): void {
  if (socket.destroyed) return;
  socket.cork();
  socket.write(
    `HTTP/1.1 ${status} ${status === 200 ? 'OK' : 'Refused'}\r\n` +
      `Content-Type: application/x-amz-json-1.0\r\nContent-Length: ${body.length}\r\n\r\n`,
    'latin1',
  );
  socket.write(body);
  socket.uncork();
}
