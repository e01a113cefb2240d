import type { BuildAppOptions } from 'fauxqs';
import type { CalledQueue, Meter, Resource, Strike } from '../cloud-parts.ts';
import type { Tally } from '../watching/hourly-sums.ts';
import type { MessageFile } from './message-file.ts';

type SqsStore = NonNullable<BuildAppOptions['stores']>['sqsStore'];
/** A queue of the embedded emulator. */
type EmulatedQueue = ReturnType<SqsStore['createQueue']>;
interface StoreClass {
  new (): SqsStore;
  createMessage(body: string, attributes: object, delaySeconds: number): QueuedMessage;
}
type QueuedMessage = Parameters<EmulatedQueue['enqueue']>[0];

/** A message that a receive gave out. Other receivers do not see it until its visibility timeout is over. */
export interface Received {
  readonly receiptHandle: string;
  readonly message: QueuedMessage;
}

/** How many messages a queue holds in each state. */
export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** One declared queue, run by the emulator in this process. */
export interface LocalQueue extends CalledQueue {
  readonly arn: string;
  readonly name: string;
  readonly url: string;
  /** Whether a function consumes it; messages of the others wait for a person. */
  readonly isConsumed: boolean;
  /** Takes up to this many messages; those received too often move to the dead-letter queue instead. */
  receive(max: number): Received[];
  delete(messages: readonly Received[]): void;
  depth(): QueueDepth;
  /** Milliseconds until the next delayed or hidden message becomes visible; undefined when there is none. */
  nextDueMs(now: number): number | undefined;
  /** The bodies of all messages in the queue, oldest first. */
  bodies(): string[];
  /** Calls the listener after every message that is added, whichever part of the code adds it. */
  onMessage(listener: () => void): void;
  readonly visibilityTimeoutMs: number;
}

const bytesPerRequest = 65_536;

/** The billed requests of a call whose messages have these bytes together (Amazon SQS pricing). */
export const billedRequests = (bytes: number): number => Math.max(1, Math.ceil(bytes / bytesPerRequest));

/**
 * Creates the declared queues in the embedded SQS emulator. Visibility timeout, delay, retention and redrive are as
 * declared.
 *
 * The emulator's store is used in this process, not over HTTP: a hop (send, receive, delete) takes microseconds.
 * Faults are injected on sending: a message twice, late, or behind those that come just after it. Messages that the
 * file kept over a restart are put back; they are neither counted nor struck by faults.
 */
export async function createQueues(
  resources: readonly Resource[],
  options: Pick<QueueOptions, 'meter' | 'tally' | 'strike' | 'file'>,
): Promise<ReadonlyMap<string, LocalQueue>> {
  const Store = await loadStore();
  const store = new Store();
  const queues = new Map<string, LocalQueue>();
  const sources = new Set(
    resources
      .filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')
      .map(({ properties }) => String(properties.EventSourceArn)),
  );
  for (const resource of resources.filter(({ type }) => type === 'AWS::SQS::Queue')) {
    const arn = resource.attributes.Arn ?? '';
    const name = resource.attributes.QueueName ?? '';
    const emulated = store.createQueue(name, resource.ref, arn, attributesOf(resource.properties));
    queues.set(arn, createQueue(emulated, { ...options, store, Store, isConsumed: sources.has(arn) }));
  }
  return queues;
}

// The package exports only its HTTP server. Its store is a separate module of the package, so the version is pinned.
async function loadStore(): Promise<StoreClass> {
  const module = new URL('./sqs/sqsStore.js', import.meta.resolve('fauxqs')).href;
  const { SqsStore } = (await import(module)) as { SqsStore: StoreClass };
  return SqsStore;
}

function attributesOf(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  const copied = [
    'DelaySeconds',
    'MaximumMessageSize',
    'MessageRetentionPeriod',
    'ReceiveMessageWaitTimeSeconds',
    'VisibilityTimeout',
  ];
  const attributes: Record<string, string> = {};
  for (const name of copied) {
    if (properties[name] !== undefined) attributes[name] = String(properties[name]);
  }
  if (properties.RedrivePolicy !== undefined)
    attributes.RedrivePolicy = JSON.stringify(properties.RedrivePolicy);
  return attributes;
}

interface QueueOptions {
  readonly meter: Meter;
  readonly tally?: Tally;
  readonly strike: Strike;
  readonly file: MessageFile;
  readonly isConsumed: boolean;
  readonly store: SqsStore;
  readonly Store: StoreClass;
}

function createQueue(queue: EmulatedQueue, options: QueueOptions): LocalQueue {
  const { meter, tally, strike, store, Store, file, isConsumed } = options;
  const listeners: (() => void)[] = [];
  const delaySeconds = Number(queue.attributes.DelaySeconds ?? 0);
  const retentionMs = Number(queue.attributes.MessageRetentionPeriod) * 1000;
  const maxBytes = Number(queue.attributes.MaximumMessageSize);
  const tallyMessages = messageTally(queue.name, tally);

  const enqueue = queue.enqueue.bind(queue);
  queue.enqueue = (message) => {
    // Also what the emulator moves to a dead-letter queue comes this way.
    if (!isConsumed) file.keep({ id: message.messageId, body: message.body }, queue.name);
    enqueue(message);
    for (const listener of listeners) listener();
  };

  function put(body: string, extraSeconds: number, isKept: boolean): string {
    const message = Store.createMessage(body, {}, delaySeconds + extraSeconds);
    if (isKept) file.keep({ id: message.messageId, body }, queue.name);
    queue.enqueue(message);
    return message.messageId;
  }

  for (const { id, body } of file.of(queue.name))
    enqueue({ ...Store.createMessage(body, {}, 0), messageId: id });

  return {
    arn: queue.arn,
    name: queue.name,
    url: queue.url,
    isConsumed,
    maxBytes,
    visibilityTimeoutMs: Number(queue.attributes.VisibilityTimeout) * 1000,
    send: (body, { isKept = false, isBilled = true } = {}) => {
      const bytes = Buffer.byteLength(body);
      if (bytes > maxBytes) throw new Error(`${queue.name}: a message of ${bytes} bytes is over ${maxBytes}`);
      if (isBilled) meter('sqs.requests', billedRequests(bytes));
      tallyMessages('Sent', 1);
      if (strike('duplicate')) put(body, 0, isKept);
      return put(body, strike('delay') ? 0.25 : strike('reorder') ? 0.05 : 0, isKept);
    },
    receive: (max) => {
      for (const { messageId } of dropExpired(queue, retentionMs)) file.forget(messageId);
      const received: Received[] = [];
      while (received.length < max) {
        const some = queue.dequeue(Math.min(10, max - received.length), undefined, (arn) =>
          store.getQueueByArn(arn),
        );
        if (some.length === 0) break;
        let bytes = 0;
        for (const { ReceiptHandle } of some) {
          const entry = queue.inflightMessages.get(ReceiptHandle);
          if (entry === undefined) continue;
          bytes += entry.message.body.length;
          received.push({ receiptHandle: ReceiptHandle, message: entry.message });
        }
        meter('sqs.requests', billedRequests(bytes));
        tallyMessages('Received', some.length);
      }
      return received;
    },
    delete: (messages) => {
      for (const { receiptHandle, message } of messages) {
        if (queue.deleteMessage(receiptHandle)) file.forget(message.messageId);
      }
      meter('sqs.requests', Math.ceil(messages.length / 10));
      tallyMessages('Deleted', messages.length);
    },
    changeVisibility: (receiptHandle, afterSeconds) => {
      if (!queue.inflightMessages.has(receiptHandle)) return false;
      queue.changeVisibility(receiptHandle, afterSeconds);
      for (const listener of listeners) listener();
      return true;
    },
    depth: () => ({
      visible: queue.messages.length,
      inFlight: queue.inflightMessages.size,
      delayed: queue.delayedMessages.length,
    }),
    nextDueMs: (now) => {
      let due = Number.POSITIVE_INFINITY;
      for (const message of queue.delayedMessages) due = Math.min(due, message.delayUntil ?? now);
      for (const entry of queue.inflightMessages.values()) due = Math.min(due, entry.visibilityDeadline);
      return due === Number.POSITIVE_INFINITY ? undefined : Math.max(0, due - now);
    },
    bodies: () => queue.messages.map((message) => message.body),
    onMessage: (listener) => listeners.push(listener),
  };
}

/** Counts messages as SQS does, which has metrics of messages and not of calls. */
const messageTally =
  (QueueName: string, tally: Tally = () => {}) =>
  (did: 'Sent' | 'Received' | 'Deleted', count: number): void =>
    tally({ namespace: 'AWS/SQS', name: `NumberOfMessages${did}`, dimensions: { QueueName } }, count);

/** Removes the messages that are older than the queue keeps any, and gives them. */
function dropExpired(queue: EmulatedQueue, retentionMs: number): QueuedMessage[] {
  const limit = Date.now() - retentionMs;
  const isExpired = ({ sentTimestamp }: QueuedMessage): boolean => sentTimestamp < limit;
  const [oldest] = queue.messages;
  if (oldest === undefined || !isExpired(oldest)) return [];
  const expired = queue.messages.filter(isExpired);
  queue.messages = queue.messages.filter((message) => !isExpired(message));
  return expired;
}
