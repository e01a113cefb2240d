import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { triggerList } from '../../events/triggers.ts';
import { runbooks, runbookUrl } from '../../infra/constructs/alarm.ts';
import { parks } from '../../infra/constructs/function-alarms.ts';
import { jobAlarms } from '../../infra/constructs/log-metrics.ts';
import { functionName } from '../../infra/constructs/names.ts';
import { logMessages } from '../../shared/runtime/log.ts';
import { synthesise } from './synthesise.ts';

const { ofType } = synthesise();
const alarms = ofType('AWS::CloudWatch::Alarm');
const alarmed = new Set(alarms.map((alarm) => alarm.AlarmName as string));

describe('alarms', () => {
  it.each(triggerList)('watch %s and the queues around it', (id, trigger) => {
    const name = functionName('local', id);
    expect(alarmed).toContain(`${name} Errors`);
    expect(alarmed).toContain(`${name} Throttles`);
    expect(alarmed.has(`${name} QueueAge`)).toBe(trigger.kind === 'bus');
    expect(alarmed.has(`${name} DeadLetters`)).toBe(parks(trigger));
  });

  it('watch every queue by its name', () => {
    const watched = alarms
      .filter((alarm) => alarm.Namespace === 'AWS/SQS')
      .map((alarm) => alarm.Dimensions[0].Value as string);
    expect(watched.sort()).toEqual(
      ofType('AWS::SQS::Queue')
        .map((queue) => queue.QueueName)
        .sort(),
    );
  });

  it('use metrics of our own that a filter counts under the same name', () => {
    const counted = new Set(
      ofType('AWS::Logs::MetricFilter').map(({ MetricTransformations: [to] }) => {
        return `${to.MetricNamespace} ${to.MetricName} ${(to.Dimensions ?? []).map((each: { Key: string }) => each.Key)}`;
      }),
    );
    const own = alarms.filter((alarm) => alarm.Namespace === 'Entrepot/local');
    expect(own.length).toBeGreaterThanOrEqual(6);
    for (const { Namespace, MetricName, Dimensions = [] } of own) {
      const keys = Dimensions.map((each: { Name: string }) => each.Name);
      expect(counted).toContain(`${Namespace} ${MetricName} ${keys}`);
    }
  });

  it('count lines in the logs of the functions that write these lines', () => {
    const groups = new Set(ofType('AWS::Logs::LogGroup').map((group) => group.LogGroupName));
    const logsOf = new Map<string, string[]>();
    for (const { FilterPattern, LogGroupName } of ofType('AWS::Logs::MetricFilter')) {
      const code = /^\{ \$\.code = "([A-Z_]+)" \}$/.exec(FilterPattern)?.[1] ?? FilterPattern;
      logsOf.set(code, [...(logsOf.get(code) ?? []), LogGroupName]);
      expect(Object.keys(logMessages)).toContain(code);
      expect(groups).toContain(LogGroupName);
    }
    const logsOfKind = (kind: string) =>
      triggerList.flatMap(([id, trigger]) =>
        trigger.kind === kind ? [`/aws/lambda/${functionName('local', id)}`] : [],
      );
    expect(logsOf.get('RELAY_FAILED')).toEqual(logsOfKind('stream'));
    const asking = jobAlarms(triggerList).map(({ functionId, code }) => ({
      code,
      log: `/aws/lambda/${functionName('local', functionId)}`,
    }));
    expect(asking.map(({ code }) => code)).toContain('OVERDUE');
    for (const [code, alike] of Map.groupBy(asking, (each) => each.code))
      expect(logsOf.get(code)).toEqual(alike.map(({ log }) => log));
    expect(logsOf.get('NOTICE')).toEqual(expect.arrayContaining(logsOfKind('bus')));
  });

  it('give the impact and the runbook, and notify somebody', () => {
    for (const { AlarmName, AlarmDescription, AlarmActions } of alarms) {
      expect(AlarmDescription, AlarmName).toMatch(/^.{20,} Runbook: docs\/runbooks\/[a-z-]+\.md$/);
      expect(AlarmActions, AlarmName).toHaveLength(1);
    }
  });

  it('send mail if the stage says so', () => {
    expect(ofType('AWS::SNS::Subscription')).toEqual([]);
    expect(synthesise('production').ofType('AWS::SNS::Subscription')).toMatchObject([
      { Protocol: 'email', Endpoint: 'alarms@example.com' },
    ]);
  });
});

describe('runbooks', () => {
  it('has a file for each runbook and an alarm for each file', () => {
    const files = readdirSync('docs/runbooks').map((file) => file.replace(/\.md$/, ''));
    expect(files.sort()).toEqual([...runbooks].sort());
    for (const runbook of runbooks) {
      const using = alarms.filter((alarm) => alarm.AlarmDescription.endsWith(`/${runbook}.md`));
      expect(using.length, runbook).toBeGreaterThan(0);
    }
  });

  it.each(runbooks)('%s has a description, an investigation and a resolution', (runbook) => {
    const text = readFileSync(runbookUrl(runbook), 'utf8');
    expect(text.match(/^## .*$/gm)).toEqual(['## Description', '## Investigation', '## Resolution']);
    for (const section of text.split(/^## .*$/m).slice(1)) expect(section.trim().length).toBeGreaterThan(80);
  });
});

describe('the dashboard', () => {
  it('has a row for each stage of the journey', () => {
    const [dashboard] = ofType('AWS::CloudWatch::Dashboard');
    const body = JSON.stringify(dashboard?.DashboardBody);
    const folders = new Set(triggerList.map(([id]) => id.replace(/^\d+-/, '').split('/')[0]));
    for (const folder of folders) expect(body).toContain(`## ${folder}`);
    expect(folders.size).toBeGreaterThanOrEqual(10);
  });
});
