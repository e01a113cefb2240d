import { afterAll, beforeAll, expect, it } from 'vitest';
import { functionName } from '../../../events/names.ts';
import { holdLease } from '../../../infra/cli/lake/hold-lease.ts';
import { createLease } from '../../../shared/aws/lease.ts';
import { later, minuteMs, toInstant } from '../../../shared/kernel/time.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';

let on: TableOnEngine;
beforeAll(async () => {
  on = await startTable();
});
afterAll(() => on.stop());

const JOB = 'entrepot-sandbox-ReportsEveryHourCompactLake';
const lines: string[] = [];
const say = (line: string) => void lines.push(line);
const now = () => toInstant(new Date());

it('the lease of a command is that of the function', () => {
  expect(functionName('sandbox', 'reports/every-hour-compact-lake')).toBe(JOB);
});

it('a command waits for a run that is at work, and no run begins before the command ends', async () => {
  const lease = createLease(on.table, JOB);
  await lease.take('run-1', now(), later(now(), minuteMs));
  let isHeld = false;
  const holding = holdLease(lease, { say, everyMs: 20 }).then((held) => {
    isHeld = true;
    return held;
  });
  await expect.poll(() => lines).toEqual(['another run makes the tables: waiting for its end']);
  expect(isHeld).toBe(false);
  await lease.giveBack('run-1', now());
  const held = await holding;
  expect(held.isOver()).toBe(false);
  expect(await lease.take('run-2', now(), later(now(), minuteMs))).toBeUndefined();
  await held.release();
  expect(await lease.take('run-2', now(), later(now(), minuteMs))).toBeDefined();
  await lease.giveBack('run-2');
});

it('a command extends its lease while it works, and gives up waiting in the end', async () => {
  const lease = createLease(on.table, JOB);
  const held = await holdLease(lease, { say, holdMs: 400 });
  const refused = holdLease(lease, { say, everyMs: 50, patienceMs: 1_200 });
  await expect(refused).rejects.toThrow('another run makes the tables and does not end');
  expect(held.isOver()).toBe(false);
  await held.release();
});

it('a command that can not extend its lease has no right to write any more', async () => {
  const real = createLease(on.table, JOB);
  let isBroken = false;
  const lease: typeof real = {
    ...real,
    take: async (...of) => {
      if (isBroken) throw new Error('no connection');
      return real.take(...of);
    },
  };
  const held = await holdLease(lease, { say, holdMs: 200 });
  isBroken = true;
  await expect.poll(held.isOver).toBe(true);
  await held.release();
});
