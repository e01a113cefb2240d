import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { findFreePort } from '../../infra/local/find-free-port.ts';
import { synthesise } from '../../infra/local/synthesise.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'entrepot-start-'));
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Start {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function start(dataDir: string, port: number, ...more: readonly string[]): Start {
  const args = ['infra/cli/entrepot.ts', 'start', '--data', dataDir, '--port', String(port), ...more];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { child, output: () => output, ended };
}

async function until(condition: () => boolean, { child, output }: Start): Promise<void> {
  for (let waitedMs = 0; !condition(); waitedMs += 20) {
    if (child.exitCode !== null || waitedMs > 150_000) throw new Error(output());
    await wait(20);
  }
}

interface Running {
  readonly pid: number;
  readonly args: string;
}

/** The processes that this one has started, and that still run. */
async function childrenOf(parent: number | undefined): Promise<Running[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,stat=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, ppid, state = '', args = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return Number(ppid) === parent && !state.startsWith('Z') ? [{ pid: Number(pid), args }] : [];
  });
}

const isRunning = (pid: number): boolean => existsSync(`/proc/${pid}/exe`);
const holdsDuckdb = (pid: number): boolean => readFileSync(`/proc/${pid}/maps`, 'utf8').includes('duckdb');

/** Runs the job that makes the tables of the lake, and gives the process in which it ran. */
async function processOfLake({ child }: Start, port: number): Promise<Running> {
  const answered = await fetch(`http://127.0.0.1:${port}/_local/jobs/ReportsEveryHourCompactLake`, {
    method: 'POST',
    headers: { 'x-entrepot-local': 'test' },
  });
  expect(answered.status).toBe(200);
  const children = await childrenOf(child.pid);
  const found = children.filter(({ args }) => args.includes('process-host.ts'));
  expect(found).toHaveLength(1);
  return found[0] as Running;
}

/** Whether the table engine of this data folder still runs. */
function hasEngine(dataDir: string): boolean {
  const file = join(dataDir, 'table-engine.pid');
  if (!existsSync(file)) return false;
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

describe('entrepot start', () => {
  it('ends cleanly if it is stopped at any time', async () => {
    await synthesise();
    const dataDir = join(folder, 'stopped');
    const port = await findFreePort();
    const moments = [
      ['before its modules are loaded', () => true],
      ['while it starts', (text: string) => text.includes('no source changed')],
      ['while the sample shop is stored', (text: string) => text.includes('the backend is running')],
      ['while it requests prices', (text: string) => text.includes('the sample shop is')],
      ['in the middle of the order', (text: string) => text.includes('  ordered ')],
    ] as const;
    for (const [when, isNow] of moments) {
      const begun = start(dataDir, port);
      // Before the modules are loaded, the program does not handle signals, and the system ends it.
      await until(
        () => existsSync(dataDir) || when === 'before its modules are loaded' || begun.output() !== '',
        begun,
      );
      await until(() => isNow(begun.output()), begun);
      begun.child.kill('SIGINT');
      const code = await begun.ended;
      expect([when, code]).toEqual([when, when === 'before its modules are loaded' ? null : 130]);
      expect(begun.output(), when).not.toMatch(/\n\s+at |not open|ECONN/);
      if (code === 130)
        expect(begun.output()).toMatch(/\nstopping; .*\nstopped before the start was complete; .*\n$/);
      expect(existsSync(join(dataDir, 'lock')), when).toBe(false);
      expect(hasEngine(dataDir), when).toBe(false);
    }
  }, 600_000);

  it('prints commands that work unchanged, and starts quickly again', async () => {
    const dataDir = join(folder, 'used');
    const port = await findFreePort();
    const first = start(dataDir, port, '--no-demo');
    await until(() => first.output().includes('Ctrl-C stops the backend'), first);
    const commands = first
      .output()
      .split('\n')
      .filter((line) => /^ {2}(curl|QUOTE=|SECRET=)/.test(line));
    expect(commands).toHaveLength(5);
    const shell = async (script: string) => JSON.parse((await run('/bin/sh', ['-c', script])).stdout);
    const [toGermany = '', toUnitedStates = '', ...paying] = commands;
    expect(await shell(toGermany)).toMatchObject({
      totals: { total: { currency: 'EUR' } },
      blockedLines: [],
    });
    expect(await shell(toUnitedStates)).toMatchObject({
      totals: { total: { currency: 'USD' } },
      blockedLines: [],
    });
    expect(await shell(paying.join('\n'))).toMatchObject({
      object: 'payment_intent',
      status: 'requires_capture',
    });
    const [, token = ''] = /^ {2}npx entrepot (token.*)$/m.exec(first.output()) ?? [];
    const printed = await run(process.execPath, ['infra/cli/entrepot.ts', ...token.split(' ')]);
    expect(printed.stdout.trim().split('.')).toHaveLength(3);
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(first.output()).toMatch(/\nstopping; .*\nthe backend is stopped; its data is kept\n$/);

    const second = start(dataDir, port, '--no-demo');
    await until(() => second.output().includes('Ctrl-C stops the backend'), second);
    expect(second.output()).toContain('no source changed');
    expect(second.output()).toContain('an earlier start stored the sample shop');
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  }, 600_000);

  it.skipIf(!existsSync('/proc/self/maps'))(
    'has DuckDB in a process of its own, which is gone with it: stopped or killed',
    async () => {
      const dataDir = join(folder, 'lake');
      const port = await findFreePort();
      for (const signal of ['SIGINT', 'SIGKILL'] as const) {
        const begun = start(dataDir, port);
        await until(() => begun.output().includes('Ctrl-C stops the backend'), begun);
        expect((await childrenOf(begun.child.pid)).map(({ args }) => args).join()).not.toContain('esbuild');
        // It is loaded when facts of the sample order have come to the lake, some seconds later.
        let lake = await processOfLake(begun, port);
        for (let tries = 0; !holdsDuckdb(lake.pid) && tries < 30; tries += 1) {
          await wait(1_000);
          lake = await processOfLake(begun, port);
        }
        expect(holdsDuckdb(lake.pid)).toBe(true);
        expect(holdsDuckdb(begun.child.pid ?? 0)).toBe(false);
        begun.child.kill(signal);
        expect(await begun.ended).toBe(signal === 'SIGINT' ? 0 : null);
        for (let waitedMs = 0; isRunning(lake.pid) && waitedMs < 10_000; waitedMs += 20) await wait(20);
        expect(isRunning(lake.pid)).toBe(false);
      }
    },
    600_000,
  );

  it('stores nothing with --empty, at the first start and later', async () => {
    const dataDir = join(folder, 'empty');
    const port = await findFreePort();
    for (const options of [['--empty'], []]) {
      const begun = start(dataDir, port, ...options);
      await until(() => begun.output().includes('Ctrl-C stops the backend'), begun);
      expect(begun.output()).toContain('The shop is empty.');
      expect(begun.output()).not.toContain('sample shop is stored');
      begun.child.kill('SIGINT');
      expect(await begun.ended).toBe(0);
    }
    expect(JSON.parse(readFileSync(join(dataDir, 'sample-shop.json'), 'utf8'))).toEqual({
      kind: 'empty',
      stored: [],
    });
  }, 600_000);
});
