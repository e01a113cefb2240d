import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { receives } from '../../events/consumers.ts';
import { plainName } from '../../events/names.ts';
import { queueVariable } from '../../events/queues.ts';
import { type FunctionId, type Trigger, triggerList } from '../../events/triggers.ts';
import { compilePattern } from '../../infra/local/front/event-pattern.ts';
import { synthesise, targetOf } from './synthesise.ts';

const { ofType } = synthesise();
const functions = new Map(ofType('AWS::Lambda::Function').map((each) => [each.FunctionName as string, each]));
const functionOf = (id: FunctionId) => functions.get(`entrepot-local-${plainName(id)}`);

describe('functions', () => {
  it('are exactly one for each trigger', () => {
    const names = triggerList.map(([id]) => `entrepot-local-${plainName(id)}`);
    expect([...functions.keys()].sort()).toEqual(names.sort());
  });

  it('have a file for each trigger and a trigger for each file', () => {
    const files = globSync('functions/*/*.ts').map((file) => file.slice('functions/'.length, -'.ts'.length));
    expect(files.sort()).toEqual(triggerList.map(([id]) => id).sort());
  });

  it('have names without the number of the stage', () => {
    expect(plainName('3-payment/on-screening-released')).toBe('PaymentOnScreeningReleased');
    expect(plainName('operations/relay-facts')).toBe('OperationsRelayFacts');
    for (const name of functions.keys()) expect(name).not.toMatch(/-\d/);
    expect(Math.max(...[...functions.keys()].map((name) => name.length))).toBeLessThanOrEqual(54);
  });

  it.each(triggerList)('%s has its memory, time limit, log and settings', (id, trigger) => {
    const found = functionOf(id);
    expect(found).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: trigger.memoryMb ?? 256,
      Timeout: trigger.timeoutSeconds ?? 10,
    });
    const { Variables } = found?.Environment ?? {};
    const secrets = (trigger.secrets ?? []).map(
      (name) => `SECRET_${name.toUpperCase().replaceAll('-', '_')}`,
    );
    const settings = ['BUILD', 'BUS_NAME', 'SERVICE_NAME', 'STAGE', 'TABLE_NAME'];
    const stream = trigger.captures === true ? ['RECORD_STREAM'] : [];
    const lake = trigger.lake === undefined ? [] : ['LAKE_BUCKET'];
    const usage = trigger.counts === true ? ['API_ID', 'LOG_GROUP', 'STANDING'] : [];
    const named = [...settings, ...secrets, ...stream, ...lake, ...usage, ...settingsOf(trigger)];
    expect(Object.keys(Variables).sort()).toEqual(named.sort());
  });

  it('keep their logs for a limited time', () => {
    const groups = ofType('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(2);
    for (const group of groups) expect(group.RetentionInDays).toBe(7);
  });
});

/** The settings of the trigger itself: the queues that it calls, and the period of a job. */
function settingsOf(trigger: Trigger): string[] {
  const takers = (trigger.sends ?? []).flatMap((kind) =>
    triggerList.flatMap(([id, each]) => (receives(each, kind) ? [queueVariable(id)] : [])),
  );
  const sends = [...new Set(takers)];
  if (trigger.kind === 'queue') return ['QUEUE_OWN', ...sends];
  if (trigger.kind === 'stream') return ['QUEUE_UNRELAYED', ...sends];
  const addresses = ['RATES_ECB_DAILY', 'RATES_ECB_HISTORY', 'RATES_HMRC'];
  if (trigger.kind === 'schedule')
    return ['PERIOD_SECONDS', ...(trigger.fetchesRates === true ? addresses : []), ...sends];
  return trigger.kind === 'http' && trigger.callback !== undefined ? ['QUEUE_CALLBACKS', ...sends] : sends;
}

describe('the relay', () => {
  /** The mapping of the table's stream to the function of that name. */
  const streamOf = (name: string) => {
    const mappings = ofType('AWS::Lambda::EventSourceMapping').filter((each) => each.StartingPosition);
    // AWS advises at most two for each shard.
    expect(mappings).toHaveLength(2);
    return mappings.find((each) => JSON.stringify(each.FunctionName).includes(name));
  };

  it('gets new facts, reports of imported rules and changes of stock only, and repeats them for as long as the stream keeps them', () => {
    const source = streamOf('OperationsRelayFacts');
    expect(source).toMatchObject({
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 23 * 3600,
    });
    // There is no limit to the attempts, so an outage of queues does not lose a record.
    expect(source).not.toHaveProperty('MaximumRetryAttempts');
    const patterns = source?.FilterCriteria.Filters.map((filter: { Pattern: string }) =>
      JSON.parse(filter.Pattern),
    );
    expect(patterns.slice(0, 2)).toEqual([
      { eventName: ['INSERT'], dynamodb: { NewImage: { outbox: { S: [{ exists: true }] } } } },
      { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: 'REPORT' }] } } } },
    ]);
    expect(source?.DestinationConfig.OnFailure.Destination).toBeDefined();
  });

  it('of stock receives movements by hand, and SKUs that ran out or are back, but no other orders', () => {
    const source = streamOf('OperationsRelayFacts');
    const filters = source?.FilterCriteria.Filters as { Pattern: string }[];
    expect(filters.length).toBeLessThanOrEqual(5);
    const matchers = filters.map(({ Pattern }) => compilePattern(JSON.parse(Pattern)));
    const passes = (changedBy: string, before: string, after: string, pk = 'STOCK#TEA') =>
      matchers.some((matches) =>
        matches({
          ...{ eventName: 'MODIFY' },
          dynamodb: {
            Keys: { pk: { S: pk }, sk: { S: 'WAREHOUSE#a' } },
            NewImage: {
              changedBy: { S: changedBy },
              available: { N: after },
              availableBefore: { N: before },
            },
          },
        }),
      );
    expect(passes('hand', '5', '4')).toBe(true);
    expect(passes('order', '2', '0', 'STOCK#TEA#3')).toBe(true);
    expect(passes('order', '0', '2')).toBe(true);
    expect([passes('order', '2', '1'), passes('order', '0', '0'), passes('buckets', '0', '2')]).toEqual([
      ...[false, false, false],
    ]);
    expect(passes('hand', '5', '4', 'SELLER')).toBe(false);
  });
});

describe('schedules', () => {
  it('start each scheduled function by its expression, with a queue for missed starts', () => {
    const scheduled = triggerList.flatMap(([id, trigger]) =>
      trigger.kind === 'schedule' ? [{ id, trigger }] : [],
    );
    const schedules = ofType('AWS::Scheduler::Schedule');
    expect(schedules).toHaveLength(scheduled.length);
    for (const { id, trigger } of scheduled) {
      const found = schedules.find((each) => each.Name === `entrepot-local-${plainName(id)}`);
      expect(found).toMatchObject({
        // On one machine the tables of the lake are made more often.
        ScheduleExpression: 'minutesOf' in trigger ? 'rate(2 minutes)' : trigger.expression,
        ScheduleExpressionTimezone: trigger.timeZone,
      });
      expect(found?.Target.DeadLetterConfig.Arn).toBeDefined();
      expect(found?.Target.RetryPolicy.MaximumRetryAttempts).toBeGreaterThan(0);
    }
  });

  it('runs a failed start no second time, and parks it', () => {
    const configs = ofType('AWS::Lambda::EventInvokeConfig');
    const name = 'entrepot-local-OperationsEveryMinuteSweepDueWork';
    const config = configs.find((each) => targetOf(each.FunctionName) === functions.get(name)?.logicalId);
    expect(config).toMatchObject({
      ...{ Qualifier: '$LATEST', MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
    });
    const parking = ofType('AWS::SQS::Queue').find(
      ({ QueueName }) => QueueName === 'entrepot-local-parked-undelivered',
    );
    expect(targetOf(config?.DestinationConfig.OnFailure.Destination)).toBe(parking?.logicalId);
    expect(configs).toHaveLength(triggerList.filter(([, { kind }]) => kind === 'schedule').length);
  });
});
