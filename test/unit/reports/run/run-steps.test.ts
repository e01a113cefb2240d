import { describe, expect, it } from 'vitest';
import type { ReportQuestion, ReportRun } from '../../../../shared/reports/run/report-run.ts';
import { ask, begin, fail, finish, type Outcome } from '../../../../shared/reports/run/run-steps.ts';

const question: ReportQuestion = {
  ...{ report: 'sales', period: '2026-11-28', periodKind: 'day', timeZone: 'Europe/Berlin', currency: 'EUR' },
  parameters: {},
};
const at = (time: string) => `2026-11-29T${time}.000Z`;

function value<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(String(result.error));
  return result.value;
}

const attempt = (holder: string, time: string, until: string) => ({
  holder,
  now: at(time),
  until: at(until),
});
const report = (digest: string, status: 'running' | 'over' = 'over'): Outcome => ({
  kind: 'made',
  report: {
    ...{ status, digest, source: `source of ${digest}` },
    files: [{ form: 'json', key: `reports/${digest}`, bytes: 10, plainBytes: 20, sha256: digest }],
    changes: [{ table: 'summary', added: 0, removed: 0, changed: 1 }],
  },
});

/** A run from the question to the end of its first try. */
function madeRun(outcome = report('one')): ReportRun {
  const asked = value(ask(undefined, question, at('01:00:00')));
  const running = value(begin(asked, attempt('a', '01:00:10', '01:05:00')));
  return value(finish(running, 'a', outcome, at('01:00:12'))).run;
}

describe('asking for a report', () => {
  it('is needed once: another question within five minutes changes nothing', () => {
    const asked = value(ask(undefined, question, at('01:00:00')));
    expect(asked).toEqual({ question, state: 'asked', askedAt: at('01:00:00'), attempts: 0 });
    expect(ask(asked, question, at('01:04:59'))).toEqual({ ok: false, error: 'unchanged' });
    expect(ask(asked, question, at('01:05:00')).ok).toBe(true);
  });

  it('changes nothing while a try is at work, and asks again when its time is over', () => {
    const asked = value(ask(undefined, question, at('01:00:00')));
    const running = value(begin(asked, attempt('a', '01:00:10', '01:05:00')));
    expect(ask(running, question, at('01:04:59')).ok).toBe(false);
    expect(value(ask(running, question, at('01:05:00'))).state).toBe('asked');
  });

  it('keeps what was made readable, and forgets a failure', () => {
    const made = madeRun();
    expect(value(ask(made, question, at('02:00:00')))).toMatchObject({
      state: 'asked',
      made: { version: 1 },
    });
    const again = value(
      begin(value(ask(made, question, at('02:00:00'))), attempt('b', '02:00:01', '02:05:00')),
    );
    const failed = value(fail(again, 'b', 'TimeoutError', at('02:00:02')));
    expect(failed).toMatchObject({
      state: 'failed',
      failure: { reason: 'TimeoutError' },
      made: { version: 1 },
    });
    expect(value(ask(failed, question, at('02:00:03')))).not.toHaveProperty('failure');
  });
});

describe('a try', () => {
  const asked = value(ask(undefined, question, at('01:00:00')));

  it('has the run alone until its time is over', () => {
    const running = value(begin(asked, attempt('a', '01:00:10', '01:05:00')));
    expect(begin(running, attempt('b', '01:04:59', '01:10:00'))).toEqual({ ok: false, error: 'at-work' });
    const taken = value(begin(running, attempt('b', '01:05:00', '01:10:00')));
    expect(taken).toMatchObject({ attempts: 2, attempt: { holder: 'b' } });
    expect(finish(taken, 'a', report('one'), at('01:05:01'))).toEqual({ ok: false, error: 'lost' });
    expect(fail(taken, 'a', 'Error', at('01:05:01'))).toEqual({ ok: false, error: 'lost' });
  });

  it('is not begun for a message that comes after the end', () => {
    expect(begin(madeRun(), attempt('b', '01:10:00', '01:15:00'))).toEqual({
      ...{ ok: false, error: 'nothing-asked' },
    });
  });

  it('says how long it took, from its own beginning', () => {
    expect(madeRun().made).toMatchObject({ tookMs: 2_000, madeAt: at('01:00:12'), version: 1, changes: [] });
  });
});

describe('making a report again', () => {
  const again = (before: ReportRun, outcome: Outcome) => {
    const running = value(
      begin(value(ask(before, question, at('03:00:00'))), attempt('b', '03:00:01', '03:05:00')),
    );
    return value(finish(running, 'b', outcome, at('03:00:02')));
  };

  it('with the same content keeps version, files and time, and announces nothing', () => {
    const before = madeRun();
    for (const outcome of [report('one'), { kind: 'unchanged' } as const]) {
      const { run, ready } = again(before, outcome);
      expect(run.made).toEqual({ ...before.made, checkedAt: at('03:00:02') });
      expect(ready).toBeUndefined();
    }
  });

  it('with other figures restates it: one more version, and what changed', () => {
    const { run, ready } = again(madeRun(), report('two'));
    expect(run.made).toMatchObject({
      version: 2,
      digest: 'two',
      changes: [{ table: 'summary', changed: 1 }],
    });
    expect(ready).toEqual({ version: 2, isRestated: true });
  });

  it('after its period has ended is the first version, and no restatement', () => {
    const provisional = madeRun(report('early', 'running'));
    expect(provisional.made).toMatchObject({ version: 0, status: 'running' });
    const { run, ready } = again(provisional, report('final'));
    expect(run.made).toMatchObject({ version: 1, status: 'over', changes: [] });
    expect(ready).toEqual({ version: 1, isRestated: false });
  });
});
