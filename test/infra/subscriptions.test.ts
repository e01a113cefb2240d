import { describe, expect, it } from 'vitest';
import { type BusTrigger, triggerList } from '../../events/triggers.ts';
import { patternOf } from '../../infra/constructs/bus-subscription.ts';
import { functionName, parkingName } from '../../infra/constructs/names.ts';
import { synthesise, targetOf } from './synthesise.ts';

const { ofType } = synthesise();
const queues = ofType('AWS::SQS::Queue');
const rules = ofType('AWS::Events::Rule');
const sources = ofType('AWS::Lambda::EventSourceMapping');
const functions = ofType('AWS::Lambda::Function');
const queueNamed = (name: string) => queues.find((each) => each.QueueName === name);

const subscribers = triggerList.flatMap(([id, trigger]) =>
  trigger.kind === 'bus' ? [{ id, trigger: trigger as BusTrigger }] : [],
);

describe('subscriptions to the bus', () => {
  it.each(subscribers)('$id has its own queue, rule and source, and parks what fails', ({ id, trigger }) => {
    const queue = queueNamed(functionName('local', id));
    const failed = queueNamed(parkingName('local', 'failed'));
    const undelivered = queueNamed(parkingName('local', 'undelivered'));
    expect(queue?.RedrivePolicy.maxReceiveCount).toBe(5);
    expect(targetOf(queue?.RedrivePolicy.deadLetterTargetArn)).toBe(failed?.logicalId);
    expect(queue?.VisibilityTimeout).toBe(6 * (trigger.timeoutSeconds ?? 10));
    for (const parking of [failed, undelivered]) expect(parking?.MessageRetentionPeriod).toBe(14 * 24 * 3600);

    const ruleOfQueue = rules.filter((rule) => targetOf(rule.Targets[0].Arn) === queue?.logicalId);
    expect(ruleOfQueue).toHaveLength(1);
    expect(ruleOfQueue[0]?.EventPattern).toEqual(patternOf(trigger));
    expect(targetOf(ruleOfQueue[0]?.Targets[0].DeadLetterConfig.Arn)).toBe(undelivered?.logicalId);

    const source = sources.find((each) => targetOf(each.EventSourceArn) === queue?.logicalId);
    const handler = functions.find((each) => each.FunctionName === functionName('local', id));
    expect(targetOf(source?.FunctionName)).toBe(handler?.logicalId);
    expect(source).toMatchObject({
      BatchSize: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 4 },
    });
  });

  it('let a rule send only to its own queue, and every rule of the bus park events', () => {
    const policies = ofType('AWS::SQS::QueuePolicy');
    for (const rule of rules) {
      const open = policies.filter((policy) =>
        policy.PolicyDocument.Statement.some(
          (statement: { Condition?: { ArnEquals?: Record<string, unknown> } }) =>
            targetOf(statement.Condition?.ArnEquals?.['aws:SourceArn']) === rule.logicalId,
        ),
      );
      expect(open).toHaveLength(1);
    }
    const parking = policies.filter((policy) => JSON.stringify(policy).includes('RulesMayPark'));
    expect(parking).toHaveLength(1);
    expect(JSON.stringify(parking)).toMatch(/:rule\/.*\/\*/);
  });

  it('encrypt every queue and refuse unencrypted connections', () => {
    for (const queue of queues) expect(queue.SqsManagedSseEnabled).toBe(true);
  });
});

describe('the pattern of a rule', () => {
  const bus = { kind: 'bus', does: 'something' } as const;

  it('names the facts', () => {
    expect(patternOf({ ...bus, facts: ['parcel.booked'] })).toEqual({
      source: ['entrepot'],
      'detail-type': ['parcel.booked'],
    });
  });

  it('selects facts, a kind of callback, or steps of late work', () => {
    expect(patternOf({ ...bus, facts: ['parcel.booked'], callback: 'customs', work: ['clearance'] })).toEqual(
      {
        source: ['entrepot'],
        $or: [
          { 'detail-type': ['parcel.booked'] },
          { 'detail-type': ['callback.received'], detail: { kind: ['customs'] } },
          { 'detail-type': ['work.due'], detail: { step: ['clearance'] } },
        ],
      },
    );
  });
});
