import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makePrivate } from '../../private-file.ts';
import type { Log } from '../cloud-parts.ts';
import { findFreePort } from '../find-free-port.ts';
import { type ItemStore, openItemStore } from './item-store.ts';
import { openStreamStore, type StreamStore } from './stream-store.ts';

/** A running table engine. */
export interface TableEngine {
  readonly host: string;
  readonly port: number;
  /** The engine's stream records; undefined when another process started the engine. */
  readonly streamStore?: StreamStore;
  /** The engine's items; undefined when another process started the engine. */
  readonly itemStore?: ItemStore;
  stop(): Promise<void>;
}

/**
 * Starts the native DynamoDB emulator on its file in the data folder. If `AWS_ENDPOINT_URL_DYNAMODB` is set, uses the
 * engine at that address instead. Throws an Error when there is neither.
 */
export async function startEngine(dataDir: string, log: Log): Promise<TableEngine> {
  const given = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  if (given !== undefined && given !== '') {
    const url = new URL(given);
    if (url.protocol !== 'http:')
      throw new Error(`AWS_ENDPOINT_URL_DYNAMODB must be an http address: ${given}`);
    return { host: url.hostname, port: Number(url.port || 80), stop: async () => undefined };
  }
  const binary = findBinary();
  const pidFile = join(dataDir, 'table-engine.pid');
  await stopStale(pidFile, binary);

  const host = '127.0.0.1';
  const port = await findFreePort();
  const file = join(dataDir, 'table.db');
  makePrivate(file);
  const args = ['--host', host, '--port', String(port), '--db-path', file];
  const engine = spawn(binary, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    // The engine works on one request at a time. A second thread would only pass requests on to the first.
    env: { TOKIO_WORKER_THREADS: '1' },
    detached: true,
  });
  // The engine has its own process group, so Ctrl-C of the terminal does not reach it. Otherwise the engine would end
  // before the parts that use it.
  const { pid } = engine;
  if (pid === undefined) throw new Error(`the table engine ${binary} cannot be started`);
  writeFileSync(pidFile, String(pid));
  // The watchdog reads from a pipe and then stops the engine. The system closes the pipe when this process ends, in
  // any way. So no engine stays running, even after a SIGKILL.
  const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill "$0"', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  let stopping = false;
  let failure = '';
  engine.stderr.on('data', (chunk: Buffer) => {
    failure = (failure + chunk.toString()).slice(-2000);
  });
  const ended = new Promise<void>((resolve) => {
    engine.on('exit', (code, signal) => {
      watchdog.kill('SIGKILL');
      if (!stopping) {
        log({
          level: 'error',
          source: 'table',
          message: `the engine ended (${code ?? signal})`,
          detail: failure,
        });
      }
      resolve();
    });
  });
  await answering(
    host,
    port,
    () => engine.exitCode !== null,
    () => failure,
  );
  const streamStore = openStreamStore(file);
  const itemStore = openItemStore(file);
  return {
    host,
    port,
    streamStore,
    itemStore,
    stop: async () => {
      stopping = true;
      streamStore.close();
      itemStore.close();
      engine.kill('SIGTERM');
      const hard = setTimeout(() => engine.kill('SIGKILL'), 2000);
      await ended;
      clearTimeout(hard);
    },
  };
}

function findBinary(): string {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/dynoxide`);
  } catch {
    throw new Error(
      `No table engine for this machine: the package ${name} is not installed. ` +
        'Run any DynamoDB endpoint and name it in AWS_ENDPOINT_URL_DYNAMODB.',
    );
  }
}

// If two engines used one file, one would not see the other's writes in time.
async function stopStale(pidFile: string, binary: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  for (let attempt = 0; attempt < 200 && isEngine(pid, binary); attempt += 1) {
    process.kill(pid, attempt < 100 ? 'SIGTERM' : 'SIGKILL');
    await sleep(10);
  }
}

function isEngine(pid: number, binary: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return readlinkSync(`/proc/${pid}/exe`) === binary;
  } catch {
    return false;
  }
}

async function answering(host: string, port: number, ended: () => boolean, why: () => string): Promise<void> {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    if (ended()) break;
    if (await canConnect(host, port)) return;
    await sleep(5);
  }
  throw new Error(`the table engine does not answer on port ${port}: ${why()}`);
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
