import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Carrier, CarrierOptions } from './carrier.ts';
import type { FromProcess, ToProcess } from './process-host.ts';

const HOST = fileURLToPath(new URL('./process-host.ts', import.meta.url));
/** The main thread passes messages on, and its thread computes alone. */
const SMALL_MAIN_THREAD = ['--max-semi-space-size=1', '--v8-pool-size=1'];
/** How much of what native code writes before it ends is kept for the error's message. */
const LAST_WORDS = 500;

/**
 * Starts a process of its own with one thread. What its native code takes of the memory returns to the machine when it
 * ends, and a fault of native code ends no other function. The process does not get the environment of this one. It
 * ends with this process, however this one ends: it waits at a channel that the system then closes.
 */
export function startProcessCarrier({ name, memoryMb, services, report, lost }: CarrierOptions): Carrier {
  const child = fork(HOST, [name, String(memoryMb)], {
    // Threads that share two areas of the memory leave fewer gaps in it (glibc only).
    env: { TZ: 'UTC', MALLOC_ARENA_MAX: '2' },
    execArgv: ['--disable-warning=ExperimentalWarning', ...SMALL_MAIN_THREAD],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Ctrl-C of the terminal goes to a process group. This process stops the other one itself, after its work.
    detached: true,
  });
  const ended = Promise.withResolvers<void>();
  let lastWords = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-LAST_WORDS);
  });
  const lose = (why: string): void => {
    const errorMessage = [`the process of the function ${why}`, lastWords.trim()].filter(Boolean).join(': ');
    lost({ errorType: 'Runtime.ExitError', errorMessage });
    ended.resolve();
  };
  // The end of a process that is known here already is reported by `close`, after what it said before.
  const send = (message: ToProcess) => child.send(message, () => undefined);
  child.on('message', (message: FromProcess) => {
    const [kind, given] = message;
    if (kind === 'report') report(given);
    else if (kind === 'lost') lost(given);
    else void services.answer(given).then((answer) => send(['answer', given[0], answer]));
  });
  child.on('error', ({ message }) => lose(`cannot be started: ${message}`));
  child.on('close', (code, signal) =>
    lose(signal === null ? `exited with code ${code}` : `ended by ${signal}`),
  );
  return {
    send: (request) => void send(['request', request]),
    end: () => {
      child.kill('SIGKILL');
      return ended.promise;
    },
    // It shares no processor time with the threads of this process, so it never counts as busy.
    utilisation: () => 0,
  };
}
