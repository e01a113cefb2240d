import type { Tally } from './watching/hourly-sums.ts';
import type { Observe } from './watching/metrics.ts';

/** One resource of the synthesised templates. Its properties are resolved: they hold no intrinsic function. */
export interface Resource {
  readonly logicalId: string;
  readonly stack: string;
  readonly type: string;
  readonly properties: Record<string, unknown>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The value that `Ref` gives. */
  readonly ref: string;
  /** The values that `Fn::GetAtt` gives, by attribute name. */
  readonly attributes: Record<string, string>;
}

/** The result of one invocation of a function. */
export interface InvokeResult {
  readonly payload: unknown;
  /** Present when the function threw, timed out or was throttled. */
  readonly error?: { readonly errorType: string; readonly errorMessage: string };
  readonly durationMs: number;
}

/** Invokes the function with this ARN; never rejects. */
export type Invoke = (functionArn: string, event: unknown) => Promise<InvokeResult>;

/** Sends one message to the queue with this ARN. */
export type SendToQueue = (queueArn: string, body: string) => Promise<void>;

/** A queue as functions call it. */
export interface CalledQueue {
  readonly maxBytes: number;
  /**
   * Puts a message in the queue and gives its id. One that is kept is on disk before this returns. Throws an Error when
   * the message is larger than the queue takes.
   */
  send(body: string, options?: SendOptions): string;
  /** Makes a message that was handed out visible again after this time; false when it is not handed out any more. */
  changeVisibility(receiptHandle: string, afterSeconds: number): boolean;
}

export interface SendOptions {
  /** Whether the message survives a stop. False if absent. */
  readonly isKept?: boolean;
  /** Whether the message is a billed request of its own; the messages of a batch are not. True if absent. */
  readonly isBilled?: boolean;
}

/** The queue with this URL; undefined when there is none. */
export type QueueByUrl = (url: string) => CalledQueue | undefined;

/** Counts billable units: meter('events.put', 3). */
export type Meter = (unit: string, count: number) => void;

/** Takes one line of the local cloud's own log. */
export type Log = (line: {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly source: string;
  readonly message: string;
  readonly detail?: unknown;
}) => void;

/** Whether an injected fault happens at this point. A seeded generator decides. */
export type Strike = (
  fault: 'duplicate' | 'delay' | 'reorder' | 'drop' | 'throttle' | 'conflict' | 'timeout' | 'kill',
) => boolean;

/** The means that the core passes to each part of the front. */
export interface Parts {
  /** Adds a value to a metric that alarms read. */
  readonly observe: Observe;
  readonly resources: readonly Resource[];
  readonly invoke: Invoke;
  readonly sendToQueue: SendToQueue;
  readonly queueByUrl: QueueByUrl;
  readonly meter: Meter;
  /** Counts what the metrics say that the bill follows from. */
  readonly tally: Tally;
  readonly log: Log;
  readonly strike: Strike;
  readonly dataDir: string;
  readonly port: number;
}
