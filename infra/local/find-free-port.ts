import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * The first port that is tried. It lies below the ports that systems use for outgoing connections (from 32,768 on
 * Linux). Any connection could take one of those before this process listens, or between a stop and the next start.
 */
const FIRST = 10_000;
const LAST = 32_000;
const MAX_TRIES = 100;

/** Finds a free port on this machine's own address. Throws an Error when every port is taken. */
export async function findFreePort(): Promise<number> {
  for (let time = 0; time < MAX_TRIES; time += 1) {
    const port = randomInt(FIRST, LAST);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port found between ${FIRST} and ${LAST}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
