import { describe, expect, it } from 'vitest';
import { type BusTrigger, type FunctionId, triggerList } from '../../events/triggers.ts';
import { patternOf } from '../../infra/constructs/bus-subscription.ts';
import { functionName, parkingName } from '../../infra/constructs/names.ts';
import { compilePattern } from '../../infra/local/front/event-pattern.ts';
import { synthesise, targetOf } from './synthesise.ts';

const { ofType } = synthesise();
const queues = ofType('AWS::SQS::Queue');
const rules = ofType('AWS::Events::Rule');
const sources = ofType('AWS::Lambda::EventSourceMapping');
const functions = ofType('AWS::Lambda::Function');
const roles = ofType('AWS::IAM::Role');
const queueNamed = (name: string) => queues.find((each) => each.QueueName === name);

const subscribers = triggerList.flatMap(([id, trigger]) =>
  trigger.kind === 'bus' ? [{ id, trigger: trigger as BusTrigger }] : [],
);

describe('subscriptions to the bus', () => {
  it.each(subscribers)(
    '$id has a queue, a source and, for what comes over the bus, a rule of its own, and parks what fails',
    ({ id, trigger }) => {
      const queue = queueNamed(functionName('local', id));
      const failed = queueNamed(parkingName('local', 'failed'));
      const undelivered = queueNamed(parkingName('local', 'undelivered'));
      expect(queue?.RedrivePolicy.maxReceiveCount).toBe(12);
      expect(targetOf(queue?.RedrivePolicy.deadLetterTargetArn)).toBe(failed?.logicalId);
      expect(queue?.VisibilityTimeout).toBe(6 * (trigger.timeoutSeconds ?? 10));
      for (const parking of [failed, undelivered])
        expect(parking?.MessageRetentionPeriod).toBe(14 * 24 * 3600);

      const ruleOfQueue = rules.filter((rule) => targetOf(rule.Targets[0].Arn) === queue?.logicalId);
      const pattern = patternOf(trigger);
      expect(ruleOfQueue.map(({ EventPattern }) => EventPattern)).toEqual(
        pattern === undefined ? [] : [pattern],
      );
      const parkings = ruleOfQueue.map(({ Targets: [target] }) => targetOf(target.DeadLetterConfig.Arn));
      expect(parkings).toEqual(pattern === undefined ? [] : [undelivered?.logicalId]);

      const source = sources.find((each) => targetOf(each.EventSourceArn) === queue?.logicalId);
      const handler = functions.find((each) => each.FunctionName === functionName('local', id));
      expect(targetOf(source?.FunctionName)).toBe(handler?.logicalId);
      expect(source).toMatchObject({
        BatchSize: 5,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 4 },
      });
    },
  );

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

  it('lets a hook send to the queue of the function that takes its calls, and to no other', () => {
    for (const [id, trigger] of triggerList) {
      if (trigger.kind !== 'http' || trigger.callback === undefined) continue;
      const taker = subscribers.find((each) => each.trigger.callback === trigger.callback);
      const queue = queueNamed(functionName('local', taker?.id ?? id));
      expect(queuesSentTo(id)).toEqual([queue?.logicalId]);
      const handler = functions.find((each) => each.FunctionName === functionName('local', id));
      expect(handler?.Environment.Variables.QUEUE_CALLBACKS).toEqual({ Ref: queue?.logicalId });
    }
  });

  it('lets the relays send keys to the function that publishes again, and positions to the parking queue', () => {
    const again = queueNamed(functionName('local', 'operations/on-unrelayed-item'))?.logicalId;
    for (const id of ['operations/relay-facts', 'stock/relay-stock-changes'] as const) {
      expect(queuesSentTo(id)).toEqual([again, queueNamed(parkingName('local', 'undelivered'))?.logicalId]);
    }
  });

  it('encrypts every queue and refuses plain connections', () => {
    for (const queue of queues) expect(queue.SqsManagedSseEnabled).toBe(true);
  });
});

/** The queues to which a function may send. */
function queuesSentTo(id: FunctionId): (string | undefined)[] {
  const handler = functions.find((each) => each.FunctionName === functionName('local', id));
  const role = roles.find((each) => each.logicalId === targetOf(handler?.Role));
  const policies: { PolicyDocument: { Statement: { Action: unknown; Resource: unknown }[] } }[] =
    role?.Policies ?? [];
  return policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Action }) => Action === 'sqs:SendMessage')
    .flatMap(({ Resource }) => (Array.isArray(Resource) ? Resource : [Resource]).map(targetOf));
}

describe('the pattern of a rule', () => {
  const bus = { kind: 'bus', does: 'something' } as const;

  it('names the facts', () => {
    expect(patternOf({ ...bus, facts: ['parcel.booked'] })).toEqual({
      source: ['entrepot'],
      'detail-type': ['parcel.booked'],
    });
  });

  it('names the values in the data of a fact of which only some are wanted', () => {
    const byOperator = { name: 'screening.released', where: { by: ['operator'] } } as const;
    const chosen = { 'detail-type': ['screening.released'], detail: { data: { by: ['operator'] } } };
    expect(patternOf({ ...bus, facts: [byOperator] })).toEqual({ source: ['entrepot'], ...chosen });
    expect(patternOf({ ...bus, facts: [byOperator, 'parcel.booked'], work: ['clearance'] })).toEqual({
      source: ['entrepot'],
      $or: [
        { 'detail-type': ['parcel.booked'] },
        chosen,
        { 'detail-type': ['work.due'], detail: { step: ['clearance'] } },
      ],
    });
  });

  it('starts booking, clearance and dispatch when a person releases the order, and not when the rules do', () => {
    const started = (by: 'operator' | 'rules') =>
      subscribers.flatMap(({ id, trigger }) => {
        const pattern = patternOf(trigger);
        if (pattern === undefined) return [];
        const event = { source: 'entrepot', 'detail-type': 'screening.released', detail: { data: { by } } };
        return compilePattern(pattern)(event) ? [id] : [];
      });
    expect(started('rules')).toEqual(['3-payment/on-screening-released']);
    expect(started('operator')).toEqual([
      '3-payment/on-screening-released',
      '5-shipping/on-payment-captured',
      '6-customs/on-parcel-booked',
      '7-warehouse/on-parcel-cleared',
    ]);
  });

  it('chooses between facts and steps of late work; calls do not come over the bus', () => {
    expect(patternOf({ ...bus, facts: ['parcel.booked'], callback: 'customs', work: ['clearance'] })).toEqual(
      {
        source: ['entrepot'],
        $or: [
          { 'detail-type': ['parcel.booked'] },
          { 'detail-type': ['work.due'], detail: { step: ['clearance'] } },
        ],
      },
    );
    expect(patternOf({ ...bus, callback: 'customs' })).toBeUndefined();
  });
});
