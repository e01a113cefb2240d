import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { usageOf } from '../../bench/load/usage.ts';

describe('the usage of a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-usage-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.runIf(existsSync('/proc/self/task'))('has parts that add up to the whole', () => {
    const { cpuMs, parts } = usageOf(process.pid, folder);
    const { main = 0, functions = 0, helpers = 0, engine = 0 } = parts ?? {};
    expect(main + functions + helpers + engine).toBeCloseTo(cpuMs);
    expect(functions).toBe(0);
    // Tests run in threads of the process that are not functions.
    expect(helpers).toBeGreaterThan(0);
  });

  it('grows with the work that is done', () => {
    const before = usageOf(process.pid, folder).cpuMs;
    const spent = process.cpuUsage();
    while (process.cpuUsage(spent).user < 60_000);
    if (existsSync('/proc/self/task'))
      expect(usageOf(process.pid, folder).cpuMs).toBeGreaterThanOrEqual(before + 50);
  });
});
