import type { BuildAppOptions } from 'fauxqs';
import type { Meter, Resource, Strike } from '../cloud-parts.ts';

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

/** One queue of the templates. The emulator runs it in this process. */
export interface LocalQueue {
  readonly arn: string;
  readonly name: string;
  /** Throws an Error when the message is larger than the queue's limit. */
  send(body: string): void;
  /** Puts back a message that was in the queue before a restart. It is not counted, and no fault happens to it. */
  restore(body: string): void;
  /** Takes at most this number of messages. A message that was received too often moves to the dead-letter queue. */
  receive(max: number): Received[];
  delete(messages: readonly Received[]): void;
  /**
   * Makes messages visible again after this time. If no time is given, they wait for the queue's visibility timeout.
   */
  release(messages: readonly Received[], afterMs: number): void;
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

/**
 * Creates the declared queues in the embedded SQS emulator. Visibility timeout, delay, retention and redrive are as
 * declared.
 *
 * This process uses the emulator's store directly and not over HTTP, so send, receive and delete take microseconds.
 * Faults are injected on sending: a message is sent twice, sent late, or sent after later messages.
 */
export async function createQueues(
  resources: readonly Resource[],
  options: { readonly meter: Meter; readonly strike: Strike },
): Promise<ReadonlyMap<string, LocalQueue>> {
  const Store = await loadStore();
  const store = new Store();
  const queues = new Map<string, LocalQueue>();
  for (const resource of resources.filter(({ type }) => type === 'AWS::SQS::Queue')) {
    const arn = resource.attributes.Arn ?? '';
    const name = resource.attributes.QueueName ?? '';
    const emulated = store.createQueue(name, resource.ref, arn, attributesOf(resource.properties));
    queues.set(arn, createQueue(emulated, { ...options, store, Store }));
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
  readonly strike: Strike;
  readonly store: SqsStore;
  readonly Store: StoreClass;
}

function createQueue(queue: EmulatedQueue, { meter, strike, store, Store }: QueueOptions): LocalQueue {
  const listeners: (() => void)[] = [];
  const delaySeconds = Number(queue.attributes.DelaySeconds ?? 0);
  const retentionMs = Number(queue.attributes.MessageRetentionPeriod) * 1000;
  const maxBytes = Number(queue.attributes.MaximumMessageSize);

  const enqueue = queue.enqueue.bind(queue);
  queue.enqueue = (message) => {
    enqueue(message);
    for (const listener of listeners) listener();
  };

  function put(body: string, extraSeconds: number): void {
    queue.enqueue(Store.createMessage(body, {}, delaySeconds + extraSeconds));
  }

  return {
    arn: queue.arn,
    name: queue.name,
    visibilityTimeoutMs: Number(queue.attributes.VisibilityTimeout) * 1000,
    send: (body) => {
      const bytes = Buffer.byteLength(body);
      if (bytes > maxBytes) throw new Error(`${queue.name}: a message of ${bytes} bytes is over ${maxBytes}`);
      meter('sqs.requests', Math.max(1, Math.ceil(bytes / bytesPerRequest)));
      put(body, strike('delay') ? 0.25 : strike('reorder') ? 0.05 : 0);
      if (strike('duplicate')) put(body, 0);
    },
    restore: (body) => put(body, 0),
    receive: (max) => {
      dropExpired(queue, retentionMs);
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
        meter('sqs.requests', Math.max(1, Math.ceil(bytes / bytesPerRequest)));
      }
      return received;
    },
    delete: (messages) => {
      for (const { receiptHandle } of messages) queue.deleteMessage(receiptHandle);
      meter('sqs.requests', Math.ceil(messages.length / 10));
    },
    release: (messages, afterMs) => {
      for (const { receiptHandle } of messages) queue.changeVisibility(receiptHandle, afterMs / 1000);
      for (const listener of listeners) listener();
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

function dropExpired(queue: EmulatedQueue, retentionMs: number): void {
  const oldest = queue.messages[0];
  const limit = Date.now() - retentionMs;
  if (oldest !== undefined && oldest.sentTimestamp < limit) {
    queue.messages = queue.messages.filter((message) => message.sentTimestamp >= limit);
  }
}
