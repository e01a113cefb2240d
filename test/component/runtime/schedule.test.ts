import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLease } from '../../../shared/aws/lease.ts';
import { keys } from '../../../shared/aws/table.ts';
import type { JobDeps } from '../../../shared/runtime/deps/job.ts';
import { schedule } from '../../../shared/runtime/schedule.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';
import { context } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

const lines = gatherLog();
const codes = () => lines().map(({ code }) => code);

let on: TableOnEngine;
beforeAll(async () => {
  on = await startTable();
});
afterAll(() => on.stop());

const START_MS = Date.parse('2026-11-29T10:00:00.000Z');

/** A job on the table, at a time that the test sets. A run may take ten seconds, and the period is a minute. */
function jobOf(name: string, run: () => Promise<Record<string, number>>) {
  let nowMs = START_MS;
  const deps: JobDeps = {
    clock: () => new Date(nowMs),
    periodSeconds: 60,
    lease: (job) => createLease(on.table, job),
  };
  const handler = schedule(
    () => undefined,
    run,
    () => deps,
  );
  let runs = 0;
  return {
    start: () => {
      runs += 1;
      return handler({}, { ...context, functionName: name, awsRequestId: `run-${runs}` });
    },
    pass: (seconds: number) => {
      nowMs += seconds * 1000;
    },
    item: () => on.item(keys.jobLease(name)),
  };
}

/** A run that waits until it is finished. */
function held() {
  let finish = (): void => undefined;
  let begun = 0;
  let started = (): void => undefined;
  const isStarted = new Promise<void>((resolve) => {
    started = resolve;
  });
  const run = async () => {
    started();
    begun += 1;
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return { done: 1 };
  };
  /** Resolves when this number of runs has begun. */
  const isAtWork = (runs: number) => expect.poll(() => begun, { timeout: 10_000 }).toBe(runs);
  return { run, isStarted, isAtWork, finish: () => finish() };
}

describe('a job', () => {
  test('does nothing if it is started during its run, and runs again afterwards', async () => {
    const { run, isStarted, isAtWork, finish } = held();
    const job = jobOf('overlap', run);
    const first = job.start();
    await isStarted;
    expect(await job.start()).toEqual({ skipped: true });
    expect(codes()).toEqual(['RUN_SKIPPED']);
    finish();
    expect(await first).toEqual({ done: 1 });
    const third = job.start();
    await isAtWork(2);
    finish();
    expect(await third).toEqual({ done: 1 });
  });

  test('runs once if it is started ten times at once', async () => {
    let running = 0;
    let most = 0;
    const job = jobOf('many', async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 200));
      running -= 1;
      return { done: 1 };
    });
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => job.start()));
    expect(most).toBe(1);
    expect(outcomes.filter((outcome) => 'done' in outcome)).toHaveLength(1);
  });

  test('rejects if it fails, and the next run is possible', async () => {
    let isBroken = true;
    const job = jobOf('failing', async () => {
      if (isBroken) throw new Error('the table does not answer');
      return { done: 1 };
    });
    await expect(job.start()).rejects.toThrow('the table does not answer');
    expect((await job.item())?.completedAt).toBeUndefined();
    isBroken = false;
    expect(await job.start()).toEqual({ done: 1 });
  });

  test('waits after a crash until the timeout of the crashed run, and no longer', async () => {
    const { run, isStarted, isAtWork, finish } = held();
    const job = jobOf('crashed', run);
    const crashed = job.start();
    await isStarted;
    // Ten seconds until the timeout, and five seconds for differences between clocks.
    job.pass(14);
    expect(await job.start()).toEqual({ skipped: true });
    job.pass(1);
    const next = job.start();
    // The first run no longer has the lease, so its end does not release the lease of the second run.
    await expect.poll(async () => (await job.item())?.holder, { timeout: 10_000 }).toBe('run-3');
    await isAtWork(2);
    finish();
    await next;
    void crashed;
  });

  test('reports at its next run that it was silent for three periods', async () => {
    const job = jobOf('silent', async () => ({ done: 1 }));
    await job.start();
    job.pass(180);
    await job.start();
    expect(codes()).not.toContain('JOB_WAS_SILENT');
    job.pass(181);
    await job.start();
    expect(lines().find(({ code }) => code === 'JOB_WAS_SILENT')).toMatchObject({
      completedAt: '2026-11-29T10:03:00.000Z',
    });
  });
});
