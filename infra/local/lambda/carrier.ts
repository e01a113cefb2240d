import type { ThreadServices } from './thread-services.ts';
import type { ThreadReport, ThreadRequest } from './worker.ts';

/** Why a thread has ended. */
export interface ThreadLoss {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** What carries the code of functions: a thread of this process, or a process of its own with such a thread. */
export interface Carrier {
  send(request: ThreadRequest): void;
  /** Ends it at once, whatever it does. Resolves when it has ended. */
  end(): Promise<void>;
  /** The part of the last moments in which the thread computed, from 0 to 1. */
  utilisation(): number;
}

export interface CarrierOptions {
  readonly name: string;
  /** The memory for the objects of JavaScript. What native code takes is not limited by it. */
  readonly memoryMb: number;
  /** Answers the calls of the functions. */
  readonly services: Pick<ThreadServices, 'answer'>;
  readonly report: (report: ThreadReport) => void;
  /** Is called when it has ended, also by {@link Carrier.end}, and perhaps more than once. */
  readonly lost: (loss: ThreadLoss) => void;
}

/** Starts a carrier. */
export type StartCarrier = (options: CarrierOptions) => Carrier;
