import { PartnerUnavailable } from '../../shared/partners/send.ts';
import { NotYet } from '../../shared/timeline/index.ts';

/** How often a message is tried before it is parked, as the queues of the deployment do. */
const MAX_RECEIVES = 5;

interface Message {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** Messages of our queues: one that failed is delivered again, and parked with an alarm after a number of tries. */
export interface MessageQueue {
  deliver(message: Message): Promise<void>;
  /** Delivers one of the messages that failed again. */
  redeliver(choice: number): Promise<void>;
  /** Messages that failed and will be delivered again. */
  readonly failed: readonly Message[];
  /** The names of messages that were tried too often: an alarm has rung. */
  readonly parked: readonly string[];
  /** How many facts the order had when a message of that name was received last. */
  seenBy(name: string): number;
}

/** Failures that a repeat may end. */
export const isTemporary = (error: unknown) => error instanceof NotYet || error instanceof PartnerUnavailable;

export function createMessageQueue(countFacts: () => number): MessageQueue {
  const seen = new Map<string, number>();
  const failed: (Message & { readonly receives: number })[] = [];
  const parked: string[] = [];
  const receive = async (message: Message, receives: number): Promise<void> => {
    seen.set(message.name, countFacts());
    try {
      await message.run();
    } catch (error) {
      if (!isTemporary(error)) throw error;
      if (receives >= MAX_RECEIVES) parked.push(message.name);
      else failed.push({ ...message, receives });
    }
  };
  return {
    failed,
    parked,
    seenBy: (name) => seen.get(name) ?? 0,
    deliver: (message) => receive(message, 1),
    async redeliver(choice) {
      const [message] = failed.splice(choice % Math.max(failed.length, 1), 1);
      if (message !== undefined) await receive(message, message.receives + 1);
    },
  };
}
