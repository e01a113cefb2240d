import { createServer, type Server } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { holdFreePort } from '../../../infra/local/find-free-port.ts';

function listening(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

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

test('its owner gets the port, although another thread starts programs meanwhile', async () => {
  // Each program has a copy of the sockets of this process until it runs.
  const starting = new Worker(
    `const { spawn } = require('node:child_process');
     const start = () => spawn('/bin/true', { stdio: 'ignore' }).on('exit', () => setImmediate(start));
     start();`,
    { eval: true },
  );
  try {
    for (let time = 0; time < 200; time += 1) {
      const held = await holdFreePort();
      await setTimeout(Math.random() * 3);
      const server = await held.use(() => listening(held.port));
      await new Promise((closed) => server.close(closed));
    }
  } finally {
    await starting.terminate();
  }
});
