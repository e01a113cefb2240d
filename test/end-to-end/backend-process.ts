import { type ChildProcess, spawn } from 'node:child_process';
import type { Partners } from '../../infra/sandbox/start-partners.ts';
import { patiently } from './shopper.ts';

/** A start takes some seconds, or a minute if the machine has much else to do. */
const STARTED_WITHIN_MS = 120_000;

/** The backend in a separate process, so that it can be killed like a machine that loses its power. */
export class BackendProcess {
  readonly url: string;
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;
  #output = '';

  constructor(options: { port: number; dataDir: string; assemblyDir: string }) {
    this.url = `http://127.0.0.1:${options.port}`;
    this.#args = [
      '--disable-warning=ExperimentalWarning',
      'infra/cli/entrepot.ts',
      'start',
      ...['--port', String(options.port), '--data', options.dataDir, '--assembly', options.assemblyDir],
      ...['--no-demo', '--quiet'],
    ];
  }

  /** Starts it and waits until it answers. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, this.#args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#output = '';
    child.stdout?.on('data', (chunk) => {
      this.#output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      this.#output += chunk;
    });
    const ready = patiently(async () => {
      if (child.exitCode !== null) throw new Error(`the backend ended: ${this.#output}`);
      if (!this.#output.includes('Ctrl-C stops the backend')) throw new Error('not yet');
    }, STARTED_WITHIN_MS);
    await ready;
  }

  /** The publishable key and the partners' addresses, read from the output. */
  printed(): { storefrontKey: string; stripeUrl: string; partnerUrls: Partners['urls'] } {
    const storefrontKey = /x-entrepot-key: (\S+?)'/.exec(this.#output)?.[1];
    const sandboxes = this.#output.matchAll(/^Sandbox\s+(http\S+)\s+replaces (\w+)/gm);
    const urls = Object.fromEntries([...sandboxes].map(([, url, name]) => [name, url]));
    if (storefrontKey === undefined || urls.stripe === undefined)
      throw new Error(`not printed: ${this.#output}`);
    return { storefrontKey, stripeUrl: urls.stripe, partnerUrls: urls };
  }

  /** Sends SIGKILL, so that nothing is flushed or closed. Resolves after the process has ended. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}
