import { describe, expect, it } from 'vitest';
import { functionName } from '../../events/names.ts';
import { queueVariable } from '../../events/queues.ts';
import { type FunctionId, type QueueTrigger, triggerList } from '../../events/triggers.ts';
import { parkingName } from '../../infra/constructs/names.ts';
import { synthesise } from './synthesise.ts';

const { ofType, targetOf } = synthesise();
const queues = ofType('AWS::SQS::Queue');
const sources = ofType('AWS::Lambda::EventSourceMapping');
const functions = ofType('AWS::Lambda::Function');
const roles = ofType('AWS::IAM::Role');
const queueNamed = (name: string) => queues.find((each) => each.QueueName === name);

const subscribers = triggerList.flatMap(([id, trigger]) =>
  trigger.kind === 'queue' ? [{ id, trigger: trigger as QueueTrigger }] : [],
);

describe('functions behind queues', () => {
  it.each(subscribers)('$id has a queue and a source of its own, and parks what fails', ({ id, trigger }) => {
    const queue = queueNamed(functionName('local', id));
    const failed = queueNamed(parkingName('local', 'failed'));
    expect(queue?.RedrivePolicy.maxReceiveCount).toBe(12);
    expect(targetOf(queue?.RedrivePolicy.deadLetterTargetArn)).toBe(failed?.logicalId);
    expect(queue?.VisibilityTimeout).toBe(6 * (trigger.timeoutSeconds ?? 10));
    for (const parked of ['failed', 'undelivered'] as const)
      expect(queueNamed(parkingName('local', parked))?.MessageRetentionPeriod).toBe(14 * 24 * 3600);

    const source = sources.find((each) => targetOf(each.EventSourceArn) === queue?.logicalId);
    const handler = functions.find((each) => each.FunctionName === functionName('local', id));
    expect(targetOf(source?.FunctionName)).toBe(handler?.logicalId);
    expect(source).toMatchObject({
      BatchSize: trigger.batchSize ?? 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 4 },
    });
  });

  it('get nothing over the bus: its subscribers are other systems', () => {
    expect(ofType('AWS::Events::Rule')).toEqual([]);
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

  const queueOf = (id: string) => queueNamed(functionName('local', id as FunctionId))?.logicalId;
  const receivers = (kind: 'facts' | 'work') =>
    subscribers.flatMap(({ id, trigger }) => (trigger[kind] === undefined ? [] : [queueOf(id)]));

  it('let the relays send facts to those that wait for some, keys to the one that relays again, and positions to the parking queue', () => {
    const [again, parking] = [
      queueOf('operations/on-unrelayed-item'),
      queueNamed(parkingName('local', 'undelivered'))?.logicalId,
    ];
    expect(new Set(queuesSentTo('operations/relay-facts'))).toEqual(
      new Set([...receivers('facts'), again, parking]),
    );
    expect(new Set(queuesSentTo('operations/on-unrelayed-item'))).toEqual(new Set(receivers('facts')));
  });

  it('let the sweep send late work to those that own a step', () => {
    const parking = queueNamed(parkingName('local', 'undelivered'))?.logicalId;
    const sweep = queuesSentTo('operations/every-minute-sweep-due-work');
    expect(new Set(sweep)).toEqual(new Set([...receivers('work'), parking]));
  });

  it('let a sender know the address of each queue to which it may send', () => {
    for (const [id, trigger] of triggerList) {
      const handler = functions.find((each) => each.FunctionName === functionName('local', id));
      for (const kind of trigger.sends ?? [])
        for (const receiver of subscribers.filter((each) => each.trigger[kind] !== undefined))
          expect(handler?.Environment.Variables[queueVariable(receiver.id)]).toEqual({
            Ref: queueOf(receiver.id),
          });
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
