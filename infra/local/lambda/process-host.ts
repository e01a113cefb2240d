/**
 * The main program of a process that carries functions (`process-carrier.ts`): it starts one thread, and passes on what
 * goes between the thread and the process that started this one.
 */
import type { ThreadLoss } from './carrier.ts';
import { startThreadCarrier } from './thread-carrier.ts';
import type { ThreadCall } from './thread-http-handler.ts';
import type { ServiceAnswer } from './thread-services.ts';
import type { ThreadReport, ThreadRequest } from './worker.ts';

/** What the process is sent. An answer without a body is that of a connection that breaks. */
export type ToProcess =
  | readonly [kind: 'request', request: ThreadRequest]
  | readonly [kind: 'answer', id: number, answer: ServiceAnswer | undefined];

/** What the process sends. */
export type FromProcess =
  | readonly [kind: 'report', report: ThreadReport]
  | readonly [kind: 'call', call: ThreadCall]
  | readonly [kind: 'lost', loss: ThreadLoss];

/**
 * The memory for short-lived objects. With the 32 MB of other threads, and as much for the main thread, 2,000 orders
 * become tables with 23 to 60 MB more at most, for up to a tenth less processor time.
 */
const YOUNG_MB = 16;

const [name = '', memoryMb = ''] = process.argv.slice(2);
const waiting = new Map<number, (answer: ServiceAnswer | undefined) => void>();

const send = (message: FromProcess, sent?: () => void) => process.send?.(message, undefined, undefined, sent);

const thread = startThreadCarrier({
  name,
  memoryMb: Number(memoryMb),
  youngMb: YOUNG_MB,
  services: {
    answer: (call) =>
      new Promise((resolve) => {
        waiting.set(call[0], resolve);
        send(['call', call]);
      }),
  },
  report: (report) => send(['report', report]),
  lost: (loss) => send(['lost', loss], () => process.exit(1)),
});

process.on('message', (message: ToProcess) => {
  if (message[0] === 'request') return thread.send(message[1]);
  const [, id, answer] = message;
  waiting.get(id)?.(answer);
  waiting.delete(id);
});

// Nobody waits for the work of this process any more. Leaving in the usual way would wait for native code.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
