import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort } from '../../../infra/local/find-free-port.ts';

/** A backend that runs in a process of its own, as `npm start` runs it. */
export interface BackendProcess {
  readonly processId: number;
  readonly url: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** The launcher of `npm start` is plain JavaScript without types. */
interface Launcher {
  memorySettings(words: readonly string[]): {
    readonly flags: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  };
}
const LAUNCHER = new URL('../../../infra/cli/launcher/memory.mjs', import.meta.url).href;

const START_WITHIN_MS = 180_000;

/** Starts the backend with an empty data folder. Throws an Error with its output if it ends before it is ready. */
export async function startBackendProcess(folder: string): Promise<BackendProcess> {
  const port = await findFreePort();
  const dataDir = join(folder, 'data');
  const words = ['start', '--no-demo', '--port', String(port), '--data', dataDir];
  const { memorySettings } = (await import(LAUNCHER)) as Launcher;
  const { flags, env } = memorySettings(words);
  const program = ['--disable-warning=ExperimentalWarning', 'infra/cli/entrepot.ts'];
  const child = spawn(process.execPath, [...flags, ...program, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, ...process.env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  for (
    const end = Date.now() + START_WITHIN_MS;
    !output.includes('Ctrl-C stops the backend');
    await wait(100)
  )
    if (child.exitCode !== null || Date.now() > end) {
      child.kill('SIGTERM');
      throw new Error(`the backend did not start: ${output}`);
    }
  return {
    processId: child.pid ?? 0,
    url: `http://127.0.0.1:${port}`,
    dataDir,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
