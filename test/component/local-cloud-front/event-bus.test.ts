import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../infra/local/cloud-parts.ts';
import { createEventBus } from '../../../infra/local/front/event-bus.ts';
import {
  account,
  bus,
  busArn,
  failure,
  frontParts,
  functionArn,
  jumpingClock,
  lambda,
  queue,
  queueArn,
  region,
  resource,
  rule,
  ruleArn,
} from './front-parts.ts';

const start = '2026-03-01T10:00:00.250Z';
const entry = {
  Source: 'entrepot',
  DetailType: 'order.placed',
  Detail: '{"orderId":"ord_1","lines":[{"sku":"A"},{"sku":"B"}]}',
  EventBusName: 'shop',
};

function startBus(resources: readonly Resource[], options: Parameters<typeof frontParts>[1] = {}) {
  const parts = frontParts([bus(), queue('orders'), queue('dead'), lambda('notify'), ...resources], options);
  const clock = jumpingClock(start);
  return { parts, clock, events: createEventBus(parts, clock) };
}

const toOrders = (input: Record<string, unknown> = {}): Record<string, unknown> => ({
  EventPattern: { source: ['entrepot'] },
  Targets: [{ Id: 'one', Arn: queueArn('orders'), ...input }],
});

describe('the putEvents call', () => {
  it('delivers the whole envelope to the targets of matching rules', async () => {
    const { parts, events } = startBus([
      rule('placed', { ...toOrders(), EventPattern: { 'detail-type': ['order.placed'] } }),
      rule('paid', { ...toOrders(), EventPattern: { 'detail-type': ['order.paid'] } }),
      rule('off', { ...toOrders(), State: 'DISABLED' }),
      rule('elsewhere', { ...toOrders(), EventBusName: 'default' }),
    ]);
    const { FailedEntryCount, Entries } = events.putEvents([{ ...entry, Resources: ['arn:x'] }]);
    await events.settled();
    expect(FailedEntryCount).toBe(0);
    expect(parts.sent).toHaveLength(1);
    expect(parts.sent[0]?.queueArn).toBe(queueArn('orders'));
    expect(JSON.parse(parts.sent[0]?.body ?? '')).toEqual({
      version: '0',
      id: (Entries[0] as { EventId: string }).EventId,
      'detail-type': 'order.placed',
      source: 'entrepot',
      account,
      time: '2026-03-01T10:00:00Z',
      region,
      resources: ['arn:x'],
      detail: { orderId: 'ord_1', lines: [{ sku: 'A' }, { sku: 'B' }] },
    });
  });

  it('accepts the bus by name or ARN, and takes the time from the entry', async () => {
    const { parts, events } = startBus([rule('all', { ...toOrders(), EventBusName: busArn })]);
    events.putEvents([
      { ...entry, EventBusName: busArn, Time: 1_700_000_000 },
      { ...entry, EventBusName: 'default' },
    ]);
    await events.settled();
    expect(parts.sent.map(({ body }) => JSON.parse(body).time)).toEqual(['2023-11-14T22:13:20Z']);
  });

  it('gives the reason for each refused entry, and delivers the others', async () => {
    const { parts, events } = startBus([rule('all', toOrders())]);
    const { FailedEntryCount, Entries } = events.putEvents([
      { ...entry, Source: '' },
      { ...entry, Detail: '{"a":' },
      { ...entry, Detail: '[1]' },
      { ...entry, Source: 'aws.ec2' },
      entry,
    ]);
    await events.settled();
    expect(FailedEntryCount).toBe(4);
    expect(Entries.map((result) => ('ErrorCode' in result ? result.ErrorCode : 'ok'))).toEqual([
      'InvalidArgument',
      'MalformedDetail',
      'MalformedDetail',
      'NotAuthorizedForSourceException',
      'ok',
    ]);
    expect(parts.sent).toHaveLength(1);
  });

  it('accepts an entry for an unknown bus, as the service does, and writes that to the log', () => {
    const { parts, events } = startBus([]);
    expect(events.putEvents([{ ...entry, EventBusName: 'nowhere' }]).FailedEntryCount).toBe(0);
    expect(parts.logged).toEqual([expect.stringContaining('nowhere does not exist')]);
  });

  it('refuses more than ten entries, no entries, and more than 256 KB in total', () => {
    const { events } = startBus([]);
    const big = { ...entry, Detail: JSON.stringify({ text: 'x'.repeat(140 * 1024) }) };
    expect(() => events.putEvents([])).toThrow(/length/);
    expect(() => events.putEvents(Array.from({ length: 11 }, () => entry))).toThrow(/length/);
    expect(() => events.putEvents([big, big])).toThrow(/over the limit/);
    expect(events.putEvents([big]).FailedEntryCount).toBe(0);
  });

  it('can be faulty on purpose: throttled entries, repeated deliveries', async () => {
    const throttled = startBus([rule('all', toOrders())], { strike: (fault) => fault === 'throttle' });
    expect(throttled.events.putEvents([entry]).Entries).toEqual([
      { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' },
    ]);
    const doubled = startBus([rule('all', toOrders())], { strike: (fault) => fault === 'duplicate' });
    doubled.events.putEvents([entry]);
    await doubled.events.settled();
    expect(doubled.parts.sent).toHaveLength(2);
  });
});

describe('the data that a target receives', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a constant', { Input: '{"run":true}' }, '{"run":true}'],
    ['a part of the event', { InputPath: '$.detail.lines[1]' }, '{"sku":"B"}'],
    [
      'a JSON template',
      {
        InputTransformer: {
          InputPathsMap: {
            id: '$.detail.orderId',
            lines: '$.detail.lines',
            skus: '$.detail.lines[*].sku',
            no: '$.x',
          },
          InputTemplate: '{"id":<id>,"text":"order <id> of <lines>","skus":<skus>,"no":<no>,"none":"<no>"}',
        },
      },
      '{"id":"ord_1","text":"order ord_1 of [{\\"sku\\":\\"A\\"},{\\"sku\\":\\"B\\"}]","skus":["A","B"],"no":"","none":""}',
    ],
    [
      'predefined variables',
      { InputTransformer: { InputTemplate: '"<aws.events.rule-name> <aws.events.rule-arn>"' } },
      `"all ${ruleArn('all')}"`,
    ],
  ])('%s', async (_name, input, expected) => {
    const { parts, events } = startBus([rule('all', toOrders(input))]);
    events.putEvents([entry]);
    await events.settled();
    expect(parts.sent[0]?.body).toBe(expected);
  });

  it('is the event itself for a function', async () => {
    const { parts, events } = startBus([rule('all', toOrders({ Arn: functionArn('notify') }))]);
    events.putEvents([entry]);
    await events.settled();
    expect(parts.invoked).toEqual([
      { functionArn: functionArn('notify'), event: expect.objectContaining({ source: 'entrepot' }) },
    ]);
  });
});

describe('failing deliveries', () => {
  it('are repeated until the queue takes the event', async () => {
    let failures = 2;
    const { parts, clock, events } = startBus([rule('all', toOrders())], {
      sendToQueue: async () => {
        failures -= 1;
        if (failures >= 0) throw new Error('not now');
      },
    });
    events.putEvents([entry]);
    await events.settled();
    expect(parts.sent).toHaveLength(1);
    expect(clock.slept).toEqual([1000, 2000]);
  });

  it('end in the dead-letter queue when the retry policy ends', async () => {
    const policy = {
      DeadLetterConfig: { Arn: queueArn('dead') },
      RetryPolicy: { MaximumRetryAttempts: 1 },
    };
    const { parts, clock, events } = startBus([rule('all', toOrders(policy))], {
      sendToQueue: async (arn) => {
        if (arn === queueArn('orders')) throw new Error('not now');
      },
    });
    events.putEvents([entry]);
    await events.settled();
    expect(clock.slept).toEqual([1000]);
    expect(parts.sent.map((sent) => sent.queueArn)).toEqual([queueArn('dead')]);
    expect(parts.logged[0]).toMatch(/could not be reached: not now; the event is parked/);
  });

  it('are repeated twice for a function, and then go to the function’s own dead-letter queue', async () => {
    const failing = lambda('failing', { DeadLetterConfig: { TargetArn: queueArn('dead') } });
    const target = { Arn: functionArn('failing'), DeadLetterConfig: { Arn: queueArn('orders') } };
    const { parts, clock, events } = startBus([failing, rule('all', toOrders(target))], {
      answer: () => failure('TypeError'),
    });
    events.putEvents([entry]);
    await events.settled();
    expect(parts.invoked).toHaveLength(3);
    expect(clock.slept).toEqual([60_000, 120_000]);
    expect(parts.sent.map((sent) => sent.queueArn)).toEqual([queueArn('dead')]);
  });
});

describe('createEventBus refuses', () => {
  it.each<[string, Resource, RegExp]>([
    [
      'an unknown kind of target',
      rule('all', toOrders({ Arn: 'arn:aws:sns:x:y:z' })),
      /Ruleall.*arn:aws:sns/,
    ],
    [
      'a queue that is not in the templates',
      rule('all', toOrders({ Arn: queueArn('gone') })),
      /Ruleall.*gone/,
    ],
    ['a target option', rule('all', toOrders({ EcsParameters: {} })), /Ruleall[\s\S]*EcsParameters/],
    ['an unknown operator', rule('all', { EventPattern: { source: [{ like: 'x' }] } }), /Ruleall.*like/],
    ['an unknown bus', rule('all', { ...toOrders(), EventBusName: 'other' }), /Ruleall.*other/],
    ['a rule without trigger', rule('all', {}), /Ruleall.*neither/],
    [
      'an undefined variable',
      rule('all', toOrders({ InputTransformer: { InputTemplate: '"<who>"' } })),
      /Ruleall.*<who>/,
    ],
  ])('%s', (_name, broken, message) => {
    expect(() => startBus([broken])).toThrow(message);
  });

  it('no template because of an archive', () => {
    expect(() =>
      startBus([resource('AWS::Events::Archive', 'Archive', { SourceArn: busArn })]),
    ).not.toThrow();
  });
});
