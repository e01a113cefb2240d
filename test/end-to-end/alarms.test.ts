import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { triggerList } from '../../events/triggers.ts';
import type { AlarmState } from '../../infra/local/watching/watch.ts';
import { alarmFaults } from './alarm-faults.ts';
import { type AlarmedBackend, plainName, runAlarmedBackend } from './alarmed-backend.ts';

let at: AlarmedBackend;
beforeAll(async () => {
  at = await runAlarmedBackend();
});
afterAll(() => at?.stop());

/** What the templates declare of this type. */
const declared = (type: string) =>
  at.running.backend.cloud.resources
    .filter((resource) => resource.type === type)
    .map(({ properties }) => properties);

/** The codes and notices that the metric filters of the templates count. */
function countedWords(): string[] {
  const patterns = declared('AWS::Logs::MetricFilter').map(({ FilterPattern }) => String(FilterPattern));
  return patterns.flatMap((pattern) =>
    [...pattern.matchAll(/\$\.(?:code|notice) = "([^"]+)"/g)].map(([, word = '']) => word),
  );
}

describe('alarms', () => {
  test('each has a fault in this file that makes it ring', () => {
    const names = declared('AWS::CloudWatch::Alarm').map(({ AlarmName }) => String(AlarmName));
    const made = new Set(
      alarmFaults.flatMap(({ alarm, also = [] }) => [alarm, ...also]).map((name) => `entrepot-local-${name}`),
    );
    expect([...made].toSorted()).toEqual(names.toSorted());
  });

  test('each code and notice that they count is logged by a fault in this file', () => {
    const made = new Set(alarmFaults.flatMap(({ logs = [] }) => logs));
    expect([...made].toSorted()).toEqual(countedWords().toSorted());
  });

  test('are all off at first', () => {
    expect(at.running.backend.cloud.alarms().filter(({ isRaised }) => isRaised)).toEqual([]);
  });

  test.each(alarmFaults)('$alarm rings when $what', async ({ alarm, also = [], logs = [], make }) => {
    const alarms = [alarm, ...also];
    const before = {
      values: alarms.map((name) => at.alarm(name).value),
      logged: logs.map((word) => at.logged(word)),
    };
    await make(at);
    for (const [place, name] of alarms.entries()) {
      // The log is written, and messages are handled, a moment after the fault.
      for (let tries = 0; tries < 300 && !at.alarm(name).isRaised; tries += 1) await wait(100);
      expect(at.alarm(name).isRaised, name).toBe(true);
      // The alarm of a job rings because there is no data.
      if (name.endsWith(' Silent')) expect(at.alarm(name).value).toBeUndefined();
      else
        await expect
          .poll(() => at.alarm(name).value, { timeout: 30_000, message: name })
          .not.toBe(before.values[place]);
    }
    for (const [place, word] of logs.entries())
      await expect
        .poll(() => at.logged(word), { timeout: 30_000, message: word })
        .toBeGreaterThan(before.logged[place] ?? 0);
  });

  test('of a job end when it has run', async () => {
    for (const [id, { kind }] of triggerList) {
      if (kind !== 'schedule') continue;
      const name = plainName(id);
      await at.running.backend.cloud.runSchedule(`entrepot-local-${name}`);
      expect(at.alarm(`${name} Silent`)).toMatchObject({ value: expect.any(Number), isRaised: false });
    }
  });

  test('are shown on the machine', async () => {
    const { url, cloud } = at.running.backend;
    const { alarms } = (await (await fetch(`${url}/_local/alarms`)).json()) as { alarms: AlarmState[] };
    expect(alarms.length).toBe(cloud.alarms().length);
    expect(alarms[0]?.description).toContain('Runbook: docs/runbooks/');
  });
});
