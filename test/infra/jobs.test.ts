import { describe, expect, it } from 'vitest';
import { every, jobs } from '../../events/jobs.ts';
import { functionName } from '../../events/names.ts';
import { type TriggerEntry, triggerList } from '../../events/triggers.ts';
import { functionsPage } from '../../infra/cli/pages/functions-page.ts';
import { parkingName } from '../../infra/constructs/names.ts';
import { triggersWithToy } from '../fixtures/toys/job/jobs.ts';
import { synthesise, targetOf } from './synthesise.ts';

const JOB = 'operations/every-6-hours-check-rates';
const name = functionName('local', JOB);
const without = synthesise('local');
const withToy = synthesise('local', { triggers: triggersWithToy });

/** What the toy's entry adds to the template. */
const added = Object.keys(withToy.resources).filter((logicalId) => !(logicalId in without.resources));

describe('a job that consists of one file and one entry', () => {
  it('is started by its own schedule, whose role may start only this function', () => {
    const schedules = withToy.ofType('AWS::Scheduler::Schedule').filter((each) => each.Name === name);
    expect(schedules).toMatchObject([
      { ScheduleExpression: 'rate(6 hours)', ScheduleExpressionTimezone: 'UTC' },
    ]);
    expect(every('6 hours', { does: '', impact: '' }).periodSeconds).toBe(6 * 3600);
    const Target = schedules[0]?.Target;
    const target = withToy.resources[targetOf(Target.Arn) ?? ''];
    expect(target).toMatchObject({ Type: 'AWS::Lambda::Function', Properties: { FunctionName: name } });
    const role = withToy.resources[targetOf(Target.RoleArn) ?? ''];
    const policies = JSON.stringify(role?.Properties.Policies);
    expect(policies).toContain('lambda:InvokeFunction');
    expect(policies).toContain(targetOf(Target.Arn));
  });

  it('may do on the table what the entry names, write its own lease, and nothing else', () => {
    const roles = withToy
      .ofType('AWS::IAM::Role')
      .filter(({ Description }) => String(Description).startsWith(`${JOB}: `));
    const actions = [...JSON.stringify(roles).matchAll(/dynamodb:(?!Leading)\w+/g)].map(([action]) => action);
    expect(new Set(actions)).toEqual(
      new Set(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:UpdateItem']),
    );
    expect(JSON.stringify(roles)).toContain(`"dynamodb:LeadingKeys":["JOB#${name}"]`);
  });

  it('parks starts that fail, and has an alarm with the text of its entry', () => {
    const schedule = withToy.ofType('AWS::Scheduler::Schedule').find((each) => each.Name === name);
    const parking = withToy.resources[targetOf(schedule?.Target.DeadLetterConfig.Arn) ?? ''];
    expect(parking?.Properties.QueueName).toBe(parkingName('local', 'undelivered'));
    const alarms = withToy
      .ofType('AWS::CloudWatch::Alarm')
      .filter(({ AlarmName }) => String(AlarmName).startsWith(`${name} `));
    expect(alarms).toMatchObject([
      // Eighteen hours are three periods of the job.
      { AlarmName: `${name} Silent`, Period: 18 * 3_600, Threshold: 1, TreatMissingData: 'breaching' },
    ]);
    expect(alarms[0]?.AlarmDescription).toMatch(/^Nobody learns that rates are old\./);
  });

  it('is in the row of its stage on the dashboard, and on the page of all functions', () => {
    const context = { dashboard: 'true' };
    const shown = synthesise('sandbox', { triggers: triggersWithToy, context });
    expect(JSON.stringify(shown.ofType('AWS::CloudWatch::Dashboard'))).toContain(
      functionName('sandbox', JOB),
    );
    expect(functionsPage(triggersWithToy)).toContain(
      `| \`${JOB}\` | the clock: rate(6 hours) | says how old the exchange rates are |`,
    );
  });

  it('changes nothing else but the number of alarms that are billed', () => {
    const changed = Object.entries(without.resources).filter(
      ([logicalId, resource]) => JSON.stringify(withToy.resources[logicalId]) !== JSON.stringify(resource),
    );
    expect(changed.map(([, { Properties }]) => Properties.FunctionName)).toEqual([
      functionName('local', 'operations/every-day-close-books'),
    ]);
    const alarms = ({ resources }: typeof without) =>
      [...JSON.stringify(resources).matchAll(/\\"alarms\\":(\d+)/g)].map(([, count]) => Number(count));
    expect(alarms(withToy)).toEqual(alarms(without).map((count) => count + 1));
    expect(added.map((logicalId) => withToy.resources[logicalId]?.Type).toSorted()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::IAM::Role',
      'AWS::IAM::Role',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::Function',
      'AWS::Scheduler::Schedule',
    ]);
  });
});

describe('the log lines that a job counts', () => {
  it('are counted in the log of the job that names them, and in no other', () => {
    const patterns = withToy
      .ofType('AWS::Logs::MetricFilter')
      .flatMap(({ FilterPattern }) => (FilterPattern.includes('OVERDUE') ? [FilterPattern] : []));
    expect(patterns).toEqual([
      '{ ($.service = "OperationsEveryMinuteSweepDueWork") && ($.code = "OVERDUE") }',
    ]);
  });

  it('raise the alarm that the job names', () => {
    const alarm = withToy
      .ofType('AWS::CloudWatch::Alarm')
      .find(({ MetricName }) => MetricName === 'OverdueOrders');
    expect(alarm).toMatchObject({ AlarmName: 'entrepot-local-OverdueOrders', Threshold: 1 });
    expect(alarm?.AlarmDescription).toMatch(/Runbook: docs\/runbooks\/overdue-orders\.md$/);
  });
});

describe('the job that fetches exchange rates', () => {
  const ID = 'setup/every-hour-fetch-rates';
  const addresses = {
    RATES_ECB_DAILY: 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml',
    RATES_ECB_HISTORY: 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml',
    RATES_HMRC:
      'https://www.trade-tariff.service.gov.uk/uk/api/exchange_rates/files/monthly_xml_{year}-{month}.xml',
  };
  const inStage = (stage: 'local' | 'sandbox', context: Record<string, string> = {}) => {
    const app = stage === 'local' ? without : synthesise(stage, { context });
    const own = functionName(stage, ID);
    const find = (type: string, field: string) =>
      app.ofType(type).find((each) => String(each[field]).startsWith(own));
    return {
      state: find('AWS::Scheduler::Schedule', 'Name')?.State ?? 'ENABLED',
      variables: find('AWS::Lambda::Function', 'FunctionName')?.Environment.Variables,
      isSilenceWatched: find('AWS::CloudWatch::Alarm', 'AlarmName') !== undefined,
    };
  };

  it('is started by the clock in a deployed stage, with the published addresses', () => {
    const { state, variables, isSilenceWatched } = inStage('sandbox');
    expect([state, isSilenceWatched]).toEqual(['ENABLED', true]);
    expect(variables).toMatchObject(addresses);
  });

  it('is started by hand on one machine', () => {
    expect(inStage('local')).toMatchObject({
      state: 'DISABLED',
      isSilenceWatched: false,
      variables: addresses,
    });
  });

  it('asks nobody where the stage says so, and still warns before imported rates expire', () => {
    const off = inStage('sandbox', { fetchRates: 'false' });
    expect(off).toMatchObject({ state: 'ENABLED', isSilenceWatched: true });
    expect(Object.keys(off.variables).filter((name) => name.startsWith('RATES_'))).toEqual([]);
  });

  it('asks at other addresses, or leaves a publisher out', () => {
    const { variables } = inStage('sandbox', {
      ratesHmrc: 'none',
      ratesEcbDaily: 'https://rates.test/d.xml',
    });
    expect(variables.RATES_ECB_DAILY).toBe('https://rates.test/d.xml');
    expect(variables).not.toHaveProperty('RATES_HMRC');
    expect(() => inStage('sandbox', { ratesHmrc: 'http://rates.test' })).toThrow(
      'the context value ratesHmrc cannot be "http://rates.test',
    );
  });

  it('raises an alarm for rates that expire, and counts files that it could not fetch', () => {
    const names = ['RatesExpireSoon', 'RatesNotFetched'];
    const alarms = without
      .ofType('AWS::CloudWatch::Alarm')
      .filter(({ MetricName }) => names.includes(MetricName));
    expect(alarms).toMatchObject([{ MetricName: 'RatesExpireSoon', Threshold: 1, Period: 3_600 }]);
    const metrics = without
      .ofType('AWS::Logs::MetricFilter')
      .map(({ MetricTransformations: [{ MetricName }] }) => MetricName);
    expect(metrics).toEqual(expect.arrayContaining(names));
  });
});

describe('the registry of jobs', () => {
  const job = { does: 'nothing', impact: 'Nobody notices.', table: [] };

  it.each(['1 minute', '1 hour', '1 day', '2 minutes', '10 hours', '31 days'] as const)(
    'takes %s',
    (rate) => {
      expect(every(rate, job).expression).toBe(`rate(${rate})`);
    },
  );

  it.each(['1 minutes', '0 hours', '1.5 days', '-5 minutes', '1e1 hours'] as const)('refuses %s', (rate) => {
    expect(() => every(rate, job)).toThrow(`${rate} is no rate`);
  });

  it('agrees with the file names: `every-5-minutes-` runs every 5 minutes', () => {
    const named = Object.entries(jobs).map(([id, { expression }]) => {
      const rate = /^rate\((\d+) (\w+)\)$/.exec(expression)?.slice(1).join('-').replace(/^1-/, '');
      return [id, id.split('/')[1]?.startsWith(`every-${rate}-`)];
    });
    expect(named.filter(([, agrees]) => agrees !== true)).toEqual([]);
  });

  it('is part of the table of triggers', () => {
    const scheduled = triggerList.filter(([, { kind }]: TriggerEntry) => kind === 'schedule');
    expect(scheduled.map(([id]) => id).toSorted()).toEqual(Object.keys(jobs).toSorted());
  });
});
