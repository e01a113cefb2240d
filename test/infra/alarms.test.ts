import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionName } from '../../events/names.ts';
import { triggerList } from '../../events/triggers.ts';
import { runbooks, runbookUrl } from '../../infra/constructs/alarm.ts';
import type { Notice } from '../../shared/kernel/report.ts';
import { type LogCode, logMessages } from '../../shared/runtime/log.ts';
import { outputOf, synthesise, targetOf } from './synthesise.ts';

const { ofType } = synthesise();
const alarms = ofType('AWS::CloudWatch::Alarm');
const alarmed = new Set(alarms.map((alarm) => alarm.AlarmName as string));

/** Codes of lines that raise no alarm, each with the reason. */
const silentCodes: Readonly<Partial<Record<LogCode, string>>> = {
  STARTED: 'ordinary',
  COMPLETED: 'ordinary',
  REFUSED: 'a caller sent something wrong and got an answer that says so',
  FAILED: "the caller gets a 500, which the API's own metric counts",
  BUSY: "the caller gets a 503, which the API's own metric counts",
  CALLBACK_NOT_VERIFIED: "the partner gets a 503, which the API's own metric counts, and repeats its call",
  CALLBACK_IGNORED: 'the adapter knows these calls, and they say nothing',
  CALLBACK_KNOWN: 'partners repeat their calls',
  CALLBACK_NOT_QUEUED: "the partner gets a 503, which the API's own metric counts, and repeats its call",
  RETRY_WAIT_REFUSED: 'the failed message itself is counted',
  RETRY_WAIT_NOT_SET: 'the failed message itself is counted',
  ORDER_NOT_SENT: 'a later run sends it again; after three tries it is a supply risk, which operators get',
  RUN_SKIPPED: 'the run that is at work does the same',
  JOB_WAS_SILENT: 'the job has an alarm of its own while it is silent',
  NOTICE: 'a notice is counted by its own code',
  SETTLEMENT_NOT_READ: 'the run fails and is counted, and the next one reads the same days',
  NOT_ERASED: 'the run fails and is counted, or the order stays late and is reported',
  VISITS_NOT_KEPT:
    'the storefront got 503, no order depends on it, and a delivery stream that stands still has an alarm of its own',
  REFUSAL_NOT_KEPT: 'the shopper got the answer, and throttles of the table have alarms of their own',
  LAKE_TABLES_PROGRESS: 'ordinary',
  REPORT_MADE: 'ordinary',
  RUN_STEP: 'ordinary',
  REPORT_IMPOSSIBLE: 'an update has removed the report, so that nobody waits for it',
  RELAY_FAILED: 'the stream repeats the batch, and the relay falls behind if that does not help',
};
const noticeCodes = Object.keys({
  'partner-word-unrecognised': true,
  'callback-without-order': true,
  'amount-differs': true,
  'partner-refused': true,
} satisfies Record<Notice['code'], true>);

const filters = ofType('AWS::Logs::MetricFilter');
const codesIn = (field: string) =>
  filters.flatMap(({ FilterPattern }) =>
    [...String(FilterPattern).matchAll(new RegExp(`\\$\\.${field} = "([^"]+)"`, 'g'))].map(
      ([, code]) => code,
    ),
  );

describe('alarms', () => {
  it('are few: one for each kind of fault over all functions, and one for each job', () => {
    // On one machine somebody starts the job that fetches rates by hand.
    const jobs = triggerList.filter(([, trigger]) => trigger.kind === 'schedule' && !trigger.fetchesRates);
    expect(alarms.length).toBeGreaterThanOrEqual(12);
    expect(alarms.length).toBeLessThanOrEqual(32);
    for (const [id] of jobs) expect(alarmed).toContain(`${functionName('local', id)} Silent`);
  });

  it('watch both parking queues, and no other queue is without a consumer', () => {
    const watched = alarms
      .filter(({ MetricName }) => MetricName === 'ApproximateNumberOfMessagesVisible')
      .map(({ Dimensions: [{ Value }] }) => Value);
    const sources = new Set(
      ofType('AWS::Lambda::EventSourceMapping').map(({ EventSourceArn }) => targetOf(EventSourceArn)),
    );
    const unconsumed = ofType('AWS::SQS::Queue').filter(({ logicalId }) => !sources.has(logicalId));
    expect(watched.toSorted()).toEqual(unconsumed.map(({ QueueName }) => QueueName).toSorted());
    expect(watched).toHaveLength(2);
  });

  it('read one metric each: a figure of several costs as much as several alarms, and says less', () => {
    for (const { AlarmName, MetricName, Metrics } of alarms) {
      expect(MetricName, AlarmName).toEqual(expect.any(String));
      expect(Metrics, AlarmName).toBeUndefined();
    }
  });

  /** A run that fails tries again, and another alarm rings a day before rates expire. */
  const READ_BY_NO_ALARM = ['RatesNotFetched'];

  it('use metrics of our own that exactly one filter counts without a dimension', () => {
    const counted = filters.map(({ MetricTransformations: [to] }) => {
      expect(to.Dimensions).toBeUndefined();
      return `${to.MetricNamespace} ${to.MetricName}`;
    });
    const own = alarms.filter((alarm) => alarm.Namespace === 'Entrepot/local');
    const read = own.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`);
    const unread = READ_BY_NO_ALARM.map((name) => `Entrepot/local ${name}`);
    expect([...read, ...unread].toSorted()).toEqual(counted.toSorted());
  });

  it('count every code of the log, except those that a reason excuses', () => {
    const counted = new Set(codesIn('code'));
    const codes = Object.keys(logMessages);
    for (const code of counted) expect(codes).toContain(code);
    const uncounted = codes.filter((code) => !counted.has(code));
    expect(uncounted.toSorted()).toEqual(Object.keys(silentCodes).toSorted());
  });

  it('count every notice', () => {
    expect(codesIn('notice').toSorted()).toEqual(noticeCodes.toSorted());
  });

  it('count lines in the log that all functions write', () => {
    const [log, ...others] = ofType('AWS::Logs::LogGroup').filter(({ LogGroupName }) =>
      String(LogGroupName).startsWith('/aws/lambda/'),
    );
    expect(others).toEqual([]);
    for (const { LogGroupName } of filters) expect(outputOf(LogGroupName)).toContain(log?.logicalId);
    for (const { LoggingConfig } of ofType('AWS::Lambda::Function')) {
      expect(LoggingConfig).toMatchObject({ LogFormat: 'JSON', SystemLogLevel: 'WARN' });
      expect(outputOf(LoggingConfig.LogGroup)).toContain(log?.logicalId);
    }
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
      { Protocol: 'email', Endpoint: 'alarms@shop.test' },
    ]);
  });
});

/** The routes. A word in the place of a parameter matches, as `/hold` does for `/{decision}`. */
const routes = triggerList.flatMap(([, each]) =>
  each.kind === 'http' ? [new RegExp(`^${each.method} ${each.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)] : [],
);

describe('runbooks', () => {
  const files = readdirSync('docs/runbooks').map((file) => file.replace(/\.md$/, ''));

  it('has a file for each runbook, and an alarm or a link from a runbook for each file', () => {
    const texts = runbooks.map((runbook) => readFileSync(runbookUrl(runbook), 'utf8')).join('\n');
    const linked = files.filter((file) => texts.includes(`(${file}.md)`));
    expect(files.toSorted()).toEqual([...new Set([...runbooks, ...linked])].sort());
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

  it.each(files)('%s names only lines, routes, queues and runbooks that exist', (file) => {
    const text = readFileSync(runbookUrl(file), 'utf8');
    const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);
    expect(named(/\bcode = "([^"]+)"/g).filter((code) => !Object.hasOwn(logMessages, code))).toEqual([]);
    expect(named(/\bnotice = "([^"]+)"/g).filter((code) => !noticeCodes.includes(code))).toEqual([]);
    // A code without quotes would find nothing.
    expect(named(/\b((?:code|notice) = [^"]\S*)/g)).toEqual([]);
    const asked = named(/`([A-Z]+ \/v1[^?`]*)[^`]*`/g);
    expect(asked.filter((route) => !routes.some((matches) => matches.test(route)))).toEqual([]);
    // Production adds a part of the stack's id to what it keeps, so that only queues have the same name in all stages.
    const names = ofType('AWS::SQS::Queue').map(({ QueueName }) => String(QueueName));
    const placed = named(
      /(?<![\w-])((?:\/aws\/\w+\/|entrepot\/)?entrepot-<stage>(?!-stateful`)[\w-]*|entrepot\/<stage>[\w/-]*)/g,
    );
    expect(placed.filter((name) => !names.includes(name.replace('<stage>', 'local')))).toEqual([]);
    expect(named(/\(([a-z-]+)\.md\)/g).filter((name) => !files.includes(name))).toEqual([]);
  });
});

describe('the dashboard', () => {
  it('exists only where the stage asks for it', () => {
    expect(ofType('AWS::CloudWatch::Dashboard')).toEqual([]);
  });

  it('has a row for each stage of the journey', () => {
    const asking = synthesise('sandbox', { context: { dashboard: 'true' } });
    const [dashboard] = asking.ofType('AWS::CloudWatch::Dashboard');
    const body = JSON.stringify(dashboard?.DashboardBody);
    const folders = new Set(triggerList.map(([id]) => id.replace(/^\d+-/, '').split('/')[0]));
    for (const folder of folders) expect(body).toContain(`## ${folder}`);
    expect(folders.size).toBeGreaterThanOrEqual(10);
  });
});
