import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The first port that is tried. It lies below the ports that systems use for outgoing connections (from 32,768 on
 * Linux). Any connection could take one of those before this process listens, or between a stop and the next start.
 */
const FIRST = 10_000;
const LAST = 32_000;
const MAX_TRIES = 100;

/** A port that no other process can take until it is released. */
export interface HeldPort {
  readonly port: number;
  /** Releases the port. Does nothing the second time. */
  release(): Promise<void>;
  /** Releases the port for its owner, who listens on it. Rejects as `listen` does. */
  use<Listening>(listen: () => Promise<Listening>): Promise<Listening>;
}

/**
 * How long a released port may still be taken, in milliseconds. A program that another thread starts has a copy of the
 * sockets of this process until it runs.
 */
const STILL_TAKEN_MS = 5_000;

/** Finds a free port on this machine's own address. Throws an Error when every port is taken. */
export async function findFreePort(): Promise<number> {
  const { port, release } = await holdFreePort();
  await release();
  return port;
}

/**
 * Takes a free port on this machine's own address and holds it, so that others who look for one find another. Whoever
 * connects meanwhile is disconnected. Throws an Error when every port is taken.
 */
export async function holdFreePort(): Promise<HeldPort> {
  for (let time = 0; time < MAX_TRIES; time += 1) {
    const held = await hold(randomInt(FIRST, LAST));
    if (held !== undefined) return held;
  }
  throw new Error(`no free port found between ${FIRST} and ${LAST}`);
}

/** Undefined when the port is taken. */
function hold(port: number): Promise<HeldPort | undefined> {
  return new Promise((resolve) => {
    const holder = createServer((socket) => socket.destroy());
    holder.on('error', () => resolve(undefined));
    const release = () => new Promise<void>((done) => holder.close(() => done()));
    holder.listen(port, '127.0.0.1', () =>
      resolve({ port, release, use: (listen) => release().then(() => onceFree(listen)) }),
    );
  });
}

/** Listens on a port that may still be taken for a moment after its last owner closed it. Rejects as `listen` does. */
export async function onceFree<Listening>(listen: () => Promise<Listening>): Promise<Listening> {
  for (const end = performance.now() + STILL_TAKEN_MS; ; await sleep(5)) {
    try {
      return await listen();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || performance.now() > end) throw error;
    }
  }
}
