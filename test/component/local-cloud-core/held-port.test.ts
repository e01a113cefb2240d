import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { holdFreePort } from '../../../infra/local/find-free-port.ts';

/** The error code of listening on this port; `listens` when it is free. */
function listenOn(port: number): Promise<string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? error.message));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve('listens')));
  });
}

test('nobody else takes a port that is held, until it is released', async () => {
  const held = await holdFreePort();
  expect(await listenOn(held.port)).toBe('EADDRINUSE');
  await held.release();
  expect(await listenOn(held.port)).toBe('listens');
  await held.release();
});

test('a port is released while somebody tries to talk to it', async () => {
  const held = await holdFreePort();
  await expect(fetch(`http://127.0.0.1:${held.port}`)).rejects.toThrow();
  await held.release();
  expect(await listenOn(held.port)).toBe('listens');
});
