import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { usageOf, watchMemory } from '../../bench/load/usage.ts';

describe('the usage of a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-usage-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.runIf(existsSync('/proc/self/task'))('has parts that add up to the whole', () => {
    const { cpuMs, parts } = usageOf(process.pid, folder);
    const { main = 0, functions = 0, helpers = 0, engine = 0, lake = 0 } = parts ?? {};
    expect(main + functions + helpers + engine + lake).toBeCloseTo(cpuMs);
    expect(functions).toBe(0);
    // Tests run in threads of the process that are not functions.
    expect(helpers).toBeGreaterThan(0);
  });

  it('has the processor time of a child that has ended', async () => {
    const before = usageOf(process.pid, folder).cpuMs;
    await once(spawn(process.execPath, ['-e', 'while (process.cpuUsage().user < 200_000);']), 'exit');
    if (existsSync('/proc/self/task'))
      expect(usageOf(process.pid, folder).cpuMs).toBeGreaterThanOrEqual(before + 200);
  });

  it('has the most memory that the process and its children held together', async () => {
    const alone = await watchMemory(process.pid)();
    expect(alone).toBeGreaterThan(20);
    const fills = "const held = Buffer.alloc(300e6, 1); process.send('full'); setTimeout(() => held, 60_000)";
    const child = spawn(process.execPath, ['-e', fills], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    await once(child, 'message');
    const most = await watchMemory(process.pid)();
    child.kill();
    await once(child, 'exit');
    // 300 million bytes are 286 megabytes.
    expect(most).toBeGreaterThan(alone + 200);
  });

  it('grows with the work that is done', () => {
    const before = usageOf(process.pid, folder).cpuMs;
    const spent = process.cpuUsage();
    while (process.cpuUsage(spent).user < 60_000);
    if (existsSync('/proc/self/task'))
      expect(usageOf(process.pid, folder).cpuMs).toBeGreaterThanOrEqual(before + 50);
  });
});
