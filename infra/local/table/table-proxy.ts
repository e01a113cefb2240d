import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Log, Meter, Strike } from '../cloud-parts.ts';
import type { Tally } from '../watching/hourly-sums.ts';
import type { MetricName, Observe } from '../watching/metrics.ts';
import {
  askingCapacity,
  type CountedAnswer,
  countCapacity,
  isItemOperation,
  isWrite,
} from './count-capacity.ts';
import type { EngineClient } from './engine-client.ts';
import type { TableCalls } from './file-writes.ts';
import type { ItemLocks } from './item-locks.ts';
import type { PartitionLimit } from './partition-limit.ts';
import { header, readMessages } from './read-messages.ts';
import { conflicting, throttled, throttledWhole } from './refusals.ts';
import { actionsOf, type Input } from './table-actions.ts';

/** The parts that the proxy between functions and the table engine needs. */
export interface TableProxyOptions {
  readonly engine: EngineClient;
  readonly calls: TableCalls;
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
  /** Receives the consumed units of tables. */
  readonly tally?: Tally;
}

/** A call of a function, as its SDK sends it. */
interface TableCall {
  /** The worker that makes the call. */
  readonly workerId: string;
  /** The operation with its API, such as `DynamoDB_20120810.GetItem`. */
  readonly target: string;
  /** JSON. */
  readonly text: string;
}

/** A call on its way to the engine. */
interface Passing {
  readonly operation: string;
  readonly target: string;
  /** The call as it came. */
  readonly text: string;
  readonly input: Input;
}

/** Writes that DynamoDB refuses while a transaction writes the same item. */
const mayConflict = (operation: string) => isWrite(operation) && operation !== 'BatchWriteItem';

/** The proxy in front of the table engine. */
export interface TableProxy {
  readonly url: string;
  /** Answers one call, as over HTTP; undefined where the connection would break without an answer. */
  answer(call: TableCall): Promise<CountedAnswer | undefined>;
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

  async function decide({ workerId, target, text }: TableCall): Promise<CountedAnswer | undefined> {
    const operation = target.slice(target.indexOf('.') + 1);
    if (!isItemOperation(operation)) {
      const { status, body } = await options.engine.send(target, text);
      return { status, text: body.toString() };
    }
    if (options.strike('kill')) {
      options.kill(workerId);
      return undefined;
    }
    const input = JSON.parse(text) as Input;
    if (options.strike('throttle')) {
      observeThrottle(operation, input, options.observe);
      return refused(throttledWhole);
    }
    const over = options.partitionLimit?.admit(operation, input) ?? [];
    if (over.length > 0) {
      observeThrottle(operation, input, options.observe);
      return refused(throttled(operation, input, over));
    }
    if (mayConflict(operation) && options.strike('conflict'))
      return refused(conflicting(operation, input, [0]));
    const passage = options.locks.enter(operation, input);
    if (passage.met.length > 0) return refused(conflicting(operation, input, passage.met));
    try {
      return await pass({ operation, target, text, input });
    } finally {
      passage.leave();
    }
  }

  /** Sends the call on to the engine and gives the answer, unless one of them is lost. */
  async function pass({ operation, target, text, input }: Passing): Promise<CountedAnswer | undefined> {
    const lost = options.strike('timeout') ? ++timeouts : 0;
    if (lost % 2 === 1) return undefined;
    const asking = askingCapacity(text, input);
    const answered = await options.calls.send({ operation, target, text: asking, input });
    const meter: Meter = (unit, count) => {
      options.meter(unit, count);
      options.tally?.(consumedBy(operation, input, unit), count);
      if (unit === 'dynamodb.readUnits') options.partitionLimit?.countRead(operation, input, count);
    };
    const counted = countCapacity(operation, input, answered, meter);
    if (answered.status === 200 && isWrite(operation)) {
      options.partitionLimit?.countWritten(operation, input);
      options.onWrite();
    }
    return lost > 0 ? undefined : counted;
  }

  async function answer(call: TableCall): Promise<CountedAnswer | undefined> {
    try {
      return await decide(call);
    } catch (error) {
      const { message } = error as Error;
      options.log({ level: 'error', source: 'table', message });
      return { status: 500, text: JSON.stringify({ __type: 'InternalServerError', message }) };
    }
  }

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    const read = readMessages(({ head, body }) => {
      const target = header(head, 'x-amz-target') ?? '';
      void answer({ workerId: workerOf(head), target, text: body.toString() }).then((answered) => {
        if (answered === undefined) socket.destroy();
        else reply(socket, answered);
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
    answer,
    urlFor: (workerId) => `${url}/${workerId}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Counts a refusal for each table of the request. */
function observeThrottle(operation: string, input: Input, observe: Observe = () => {}): void {
  const name = isWrite(operation) ? 'WriteThrottleEvents' : 'ReadThrottleEvents';
  const actions = actionsOf(operation, input);
  for (const TableName of new Set(actions.map((action) => action.TableName)))
    observe({ namespace: 'AWS/DynamoDB', name, dimensions: { TableName } }, 1);
}

/** The metric of the units that a call consumed. The units of an index are counted for its table here. */
function consumedBy(operation: string, input: Input, unit: string): MetricName {
  const [action] = actionsOf(operation, input);
  const name = unit === 'dynamodb.readUnits' ? 'ConsumedReadCapacityUnits' : 'ConsumedWriteCapacityUnits';
  return { namespace: 'AWS/DynamoDB', name, dimensions: { TableName: action?.TableName ?? '' } };
}

/** The worker that an address names: `/<worker>/`. */
export const workerAt = (path: string): string => path.split('/')[1] ?? '';

// POST /<worker>/ HTTP/1.1
function workerOf(head: string): string {
  return workerAt(head.slice(0, head.indexOf('\r\n')).split(' ')[1] ?? '');
}

const refused = (text: string): CountedAnswer => ({ status: 400, text });

function reply(socket: Socket, { status, text }: CountedAnswer): void {
  if (socket.destroyed) return;
  const body = Buffer.from(text);
  socket.cork();
  socket.write(
    `HTTP/1.1 ${status} ${status === 200 ? 'OK' : 'Refused'}\r\n` +
      `Content-Type: application/x-amz-json-1.0\r\nContent-Length: ${body.length}\r\n\r\n`,
    'latin1',
  );
  socket.write(body);
  socket.uncork();
}
