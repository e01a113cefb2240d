import type { EventBridgeClient, PutEventsCommand, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/all-events.ts';
import { withoutPersonal } from '../../../events/personal-fields.ts';
import { publishedFacts } from '../../../shared/aws/order/published-facts.ts';
import { factItem } from '../../../shared/aws/order/timeline-items.ts';
import { pack } from '../../../shared/aws/pack.ts';
import { type ConsumerMessage, createConsumerQueues } from '../../../shared/aws/queue/consumer-queues.ts';
import { createBus } from '../../../shared/aws/relay/bus.ts';
import type { Outlet } from '../../../shared/aws/relay/refusal.ts';
import { keys } from '../../../shared/aws/table.ts';
import { createOutlet } from '../../../shared/runtime/outgoing.ts';
import { readQueueMessage, writeFact } from '../../../shared/runtime/queue-message.ts';
import { relayNewItems } from '../../../shared/runtime/relay.ts';
import { stream } from '../../../shared/runtime/stream.ts';
import { details } from '../../builders/details.ts';
import {
  booked,
  cancelled,
  captured,
  otherParcelId,
  placed,
  scanned,
  started,
} from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { context } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

const lines = gatherLog();

/** An event bus that refuses the events that a test names, and records all calls. */
function fakeBus(
  refuses: (entry: PutEventsRequestEntry) => boolean = () => false,
  ErrorCode = 'ThrottlingException',
) {
  const calls: PutEventsRequestEntry[][] = [];
  const client = {
    async send({ input: { Entries = [] } }: PutEventsCommand) {
      calls.push(Entries);
      const answers = Entries.map((entry) => (refuses(entry) ? { ErrorCode } : { EventId: 'id' }));
      return { Entries: answers, FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length };
    },
  };
  const bus = createBus('shop-bus', client as unknown as EventBridgeClient);
  return { bus, calls, entries: () => calls.flat() };
}

/** A bus that refuses a whole call because of its size, as the service does. It records the accepted events. */
function limitedBus(maxBytes = 256 * 1024) {
  const taken: PutEventsRequestEntry[] = [];
  const client = {
    async send({ input: { Entries = [] } }: PutEventsCommand) {
      const bytes = Entries.reduce((sum, { Detail = '' }) => sum + Buffer.byteLength(Detail), 0);
      if (bytes > maxBytes) throw Object.assign(new Error('too large'), { name: 'ValidationException' });
      taken.push(...Entries);
      return { Entries: Entries.map(() => ({ EventId: 'id' })), FailedEntryCount: 0 };
    },
  };
  return { bus: createBus('shop-bus', client as unknown as EventBridgeClient), accepted: () => taken };
}

const isReport = ({ DetailType }: PutEventsRequestEntry): boolean => DetailType === 'trade_rules.imported';

let sequence = 0;

/** A new item as the table's stream gives it. */
function record(item: Readonly<Record<string, unknown>>): DynamoDBRecord {
  sequence += 1;
  const image = Object.entries(item).map(([name, value]) => {
    if (typeof value === 'string') return [name, { S: value }];
    if (value instanceof Uint8Array) return [name, { B: Buffer.from(value).toString('base64') }];
    return [name, typeof value === 'number' ? { N: String(value) } : { M: {} }];
  });
  return {
    eventName: 'INSERT',
    dynamodb: { NewImage: Object.fromEntries(image), SequenceNumber: String(sequence) },
  };
}

const facts = timelineOf([placed(), started()]).facts;
const scan = timelineOf([placed(), scanned()]).facts[1] as Fact;
const factRecords = () =>
  facts.map((fact) => record(factItem({ facts: [fact], journals: [], taxEntries: [] }, () => true)));
const reportRecord = () =>
  record({
    ...keys.rulesReport('v1'),
    ...{ event: 'trade_rules.imported', reported: '{"version":"v1"}', expiresAt: 1 },
  });
/** An item that should contain a fact and does not. */
const poison = () =>
  record({
    ...factItem({ facts: [scan], journals: [], taxEntries: [] }, () => true),
    ...keys.fact(orderId, 9),
    outbox: 'payment.captured',
  });

/** The keys that were handed over, and whether the queue accepts keys. */
let handedOver: unknown[] = [];
let isQueueDown = false;
beforeEach(() => {
  handedOver = [];
  isQueueDown = false;
});
const unrelayed = {
  send: async (body: string) => {
    if (isQueueDown) throw new Error('the queue does not answer');
    const message = readQueueMessage(body);
    handedOver.push(message.kind === 'unrelayed' ? message.key : message);
  },
};

/** Queues that refuse the messages that a test names, and record the calls by the queue's URL. */
function fakeQueues(refuses: (body: string, url: string) => boolean = () => false) {
  const calls: { readonly url: string; readonly bodies: string[] }[] = [];
  const client = {
    async send({ input: { QueueUrl: url = '', Entries = [] } }: SendMessageBatchCommand) {
      calls.push({ url, bodies: Entries.map(({ MessageBody = '' }) => MessageBody) });
      const refused = Entries.filter(({ MessageBody = '' }) => refuses(MessageBody, url));
      return { Failed: refused.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })) };
    },
  };
  const queues = createConsumerQueues((consumer) => `url of ${consumer}`, client as unknown as SQSClient);
  return { queues, calls };
}

interface Receivers {
  readonly queues?: Outlet<ConsumerMessage>;
  readonly publishesAllFacts?: boolean;
}

async function relay(
  bus: ReturnType<typeof fakeBus>['bus'],
  Records: DynamoDBRecord[],
  { queues = fakeQueues().queues, publishesAllFacts = true }: Receivers = {},
) {
  const outlet = createOutlet(queues, bus);
  const handler = stream(() => ({ outlet, publishesAllFacts, unrelayed }), relayNewItems);
  const answer = await handler({ Records } as DynamoDBStreamEvent, context);
  return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

describe('new items of the table', () => {
  test('are sent to the bus in their order if they are facts or reports', async () => {
    const { bus, entries } = fakeBus();
    const others = [
      record({ ...keys.head(orderId), details: pack(details()) }),
      record({ ...keys.stock('TEA', 'pl-poznan'), available: 1 }),
      record(factItem({ facts: [scan], journals: [], taxEntries: [] }, publishedFacts({ all: false }))),
      record({ ...keys.callback('carrier', 'easypost', 'evt_1'), code: 'easypost' }),
    ];
    const [first, second] = factRecords();
    if (first === undefined || second === undefined) throw new Error('two facts');
    expect(await relay(bus, [first, ...others, second, reportRecord()])).toEqual([]);
    expect(entries()).toEqual([
      ...withoutPersonal(facts).facts.map((fact) => ({
        ...{ EventBusName: 'shop-bus', Source: 'entrepot', DetailType: fact.name },
        Detail: JSON.stringify(fact),
      })),
      {
        ...{ EventBusName: 'shop-bus', Source: 'entrepot', DetailType: 'trade_rules.imported' },
        Detail: '{"version":"v1"}',
      },
    ]);
  });

  test('are events without the fields that describe the consignee', async () => {
    const { bus, entries } = fakeBus();
    const whole = timelineOf([placed(), booked(), scanned({ place: { city: 'Köpenick', country: 'DE' } })]);
    const records = whole.facts.map((fact) =>
      record(factItem({ facts: [fact], journals: [], taxEntries: [] }, () => true)),
    );

    await relay(bus, records);

    const sent = JSON.stringify(entries());
    expect(JSON.stringify(whole.facts)).toMatch(/10115.*labels\.test.*Köpenick/);
    for (const text of ['10115', 'labels.test', 'Köpenick']) expect(sent).not.toContain(text);
  });

  test('cause no call of the bus if none of them is an event', async () => {
    const { bus, calls } = fakeBus();
    expect(await relay(bus, [record({ ...keys.head(orderId) })])).toEqual([]);
    expect(calls).toEqual([]);
  });

  test('are delivered again from the first item that the bus refused', async () => {
    const records = [...factRecords(), reportRecord(), ...factRecords()];
    const { bus } = fakeBus(({ DetailType }) => DetailType !== 'order.placed');
    expect(await relay(bus, records)).toEqual([records[1]?.dynamodb?.SequenceNumber]);
    expect(lines()).toMatchObject([{ code: 'RELAY_FAILED', count: 3 }]);
  });

  test('are counted among all items, not among events only', async () => {
    const head = record({ ...keys.head(orderId) });
    const [first, second] = factRecords();
    if (first === undefined || second === undefined) throw new Error('two facts');
    const { bus } = fakeBus(({ DetailType }) => DetailType === 'payment.started');
    expect(await relay(bus, [head, first, head, second])).toEqual([second.dynamodb?.SequenceNumber]);
  });

  test('are delivered again from the first item if the bus does not answer, and no key is handed over', async () => {
    const records = [poison(), ...factRecords()];
    const { bus } = fakeBus(() => {
      throw new Error('no answer');
    });
    expect(await relay(bus, records)).toEqual([records[1]?.dynamodb?.SequenceNumber]);
    expect(handedOver).toEqual([keys.fact(orderId, 9)]);
    expect(lines().filter(({ code }) => code === 'RELAY_FAILED')).toHaveLength(1);
  });
});

describe('a fact that functions wait for', () => {
  const step = (...made: Parameters<typeof timelineOf>[0]) => {
    const [first, ...rest] = timelineOf([placed(), ...made]).facts.slice(1);
    if (first === undefined) throw new Error('a step has facts');
    return [first, ...rest] as const;
  };
  const stepRecord = (of: ReturnType<typeof step>) =>
    record(factItem({ facts: of, journals: [], taxEntries: [] }, publishedFacts({ all: false })));

  test('is named in one message to the queue of each, and is not on the bus', async () => {
    const { bus, calls: ofBus } = fakeBus();
    const { queues, calls } = fakeQueues();
    const [stop] = step(cancelled());
    expect(await relay(bus, [stepRecord([stop])], { queues, publishesAllFacts: false })).toEqual([]);
    const consumers = [
      '3-payment/on-order-stopped',
      '5-shipping/on-order-cancelled',
      '6-customs/on-order-cancelled',
    ];
    expect(calls).toEqual(consumers.map((each) => ({ url: `url of ${each}`, bodies: [writeFact(stop)] })));
    expect(ofBus).toEqual([]);
  });

  test('is also on the bus where a deployment publishes all facts', async () => {
    const { bus, entries } = fakeBus();
    const { queues, calls } = fakeQueues();
    await relay(bus, [stepRecord(step(captured()))], { queues });
    expect([calls.length, entries().map(({ DetailType }) => DetailType)]).toEqual([1, ['payment.captured']]);
  });

  test('is not sent a second time for another fact of its step', async () => {
    const { bus } = fakeBus();
    const { queues, calls } = fakeQueues();
    const both = step(booked(), booked({ parcelId: otherParcelId }));
    await relay(bus, [stepRecord(both)], { queues, publishesAllFacts: false });
    expect(calls).toEqual([{ url: 'url of 6-customs/on-parcel-booked', bodies: [writeFact(both[0])] }]);
  });

  test('goes with up to ten others in one call to a queue', async () => {
    const { bus } = fakeBus();
    const { queues, calls } = fakeQueues();
    const records = Array.from({ length: 23 }, () => stepRecord(step(captured())));
    await relay(bus, records, { queues, publishesAllFacts: false });
    expect(calls.map(({ bodies }) => bodies.length)).toEqual([10, 10, 3]);
  });

  test('is delivered again with all that follow, if one of its queues does not take it', async () => {
    const { bus } = fakeBus();
    const { queues } = fakeQueues((_body, url) => url.includes('6-customs'));
    const records = [
      stepRecord(step(captured())),
      stepRecord(step(cancelled())),
      stepRecord(step(captured())),
    ];
    expect(await relay(bus, records, { queues, publishesAllFacts: false })).toEqual([
      records[1]?.dynamodb?.SequenceNumber,
    ]);
    expect(handedOver).toEqual([]);
    expect(lines()).toMatchObject([{ code: 'RELAY_FAILED', count: 1, reason: 'InternalError' }]);
  });

  test('is delivered again if a queue does not answer', async () => {
    const { bus } = fakeBus();
    const { queues } = fakeQueues(() => {
      throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
    });
    const records = [stepRecord(step(captured()))];
    expect(await relay(bus, records, { queues, publishesAllFacts: false })).toEqual([
      records[0]?.dynamodb?.SequenceNumber,
    ]);
    expect(lines()).toMatchObject([{ code: 'RELAY_FAILED', reason: 'TimeoutError' }]);
  });
});

describe('an item that can never be relayed', () => {
  test.each([
    ['can not be read', poison, () => false],
    ['has an event that the bus refuses', () => reportRecord(), isReport],
  ])('because it %s stops no other: its key is handed over', async (_what, make, refuses) => {
    const bad = make();
    const { bus, entries } = fakeBus(refuses, 'MalformedDetail');
    const [first, second] = factRecords();
    if (first === undefined || second === undefined) throw new Error('two facts');
    expect(await relay(bus, [first, bad, second])).toEqual([]);
    const { pk, sk } = bad.dynamodb?.NewImage ?? {};
    expect(handedOver).toEqual([{ pk: pk?.S, sk: sk?.S }]);
    expect(entries().filter((entry) => !isReport(entry))).toHaveLength(2);
    expect(lines().find(({ code }) => code === 'NOT_RELAYED')).toMatchObject({ pk: pk?.S, sk: sk?.S });
  });

  test('does not stop the items after it, if it is too large for one call', async () => {
    const large = record({ ...keys.rulesReport('v2'), event: 'large', reported: `"${'x'.repeat(300_000)}"` });
    const { bus, accepted } = limitedBus();
    expect(await relay(bus, [...factRecords(), large, ...factRecords()])).toEqual([]);
    expect(handedOver).toEqual([keys.rulesReport('v2')]);
    expect(accepted()).toHaveLength(4);
  });

  test('is delivered again with all items after it, if its key can’t be handed over', async () => {
    isQueueDown = true;
    const [first, second] = factRecords();
    if (first === undefined || second === undefined) throw new Error('two facts');
    const bad = poison();
    const { bus } = fakeBus();
    expect(await relay(bus, [first, bad, second])).toEqual([bad.dynamodb?.SequenceNumber]);
    expect(lines().map(({ code }) => code)).toContain('NOT_HANDED_OVER');
  });

  test('waits for the next delivery if an item before it has to be delivered again', async () => {
    const { bus } = fakeBus(({ DetailType }) => DetailType === 'order.placed');
    const [first, second] = factRecords();
    if (first === undefined || second === undefined) throw new Error('two facts');
    expect(await relay(bus, [first, poison(), second])).toEqual([first.dynamodb?.SequenceNumber]);
    expect(handedOver).toEqual([]);
  });
});

describe('the bus', () => {
  const event = (bytes: number) => ({ name: 'order.placed', detail: 'x'.repeat(bytes) });

  test('receives at most ten events a call', async () => {
    const { bus, calls } = fakeBus();
    expect(await bus.put(Array.from({ length: 25 }, () => event(10)))).toEqual([]);
    expect(calls.map(({ length }) => length)).toEqual([10, 10, 5]);
  });

  test('receives at most the allowed number of bytes a call', async () => {
    const { bus, calls } = fakeBus();
    await bus.put([event(100_000), event(100_000), event(100_000), event(200_000), event(10)]);
    expect(calls.map(({ length }) => length)).toEqual([2, 1, 2]);
    const sizes = calls.map((call) => call.reduce((all, { Detail = '' }) => all + Detail.length, 0));
    expect(Math.max(...sizes)).toBeLessThan(256 * 1024);
  });

  test('counts bytes, not characters', async () => {
    const { bus, calls } = fakeBus();
    const wide = { name: 'order.placed', detail: '線'.repeat(50_000) };
    await bus.put([wide, wide]);
    expect(calls.map(({ length }) => length)).toEqual([1, 1]);
  });

  test('reports the refused events over all calls', async () => {
    const refused = new Set(['n-3', 'n-11', 'n-24']);
    const { bus } = fakeBus(({ Detail }) => refused.has(Detail ?? ''));
    const events = Array.from({ length: 25 }, (_, index) => ({ name: 'x', detail: `n-${index}` }));
    expect((await bus.put(events)).map(({ index }) => index)).toEqual([3, 11, 24]);
    expect(await bus.put([])).toEqual([]);
  });

  test.each([
    ...['ThrottlingException', 'InternalFailure', 'InternalException', 'ServiceUnavailable'].map((code) => [
      code,
      false,
    ]),
    ...['MalformedDetail', 'InvalidArgument', 'NotAuthorizedForSourceException'].map((code) => [code, true]),
  ] as [string, boolean][])('tells what passes from what does not: %s', async (code, isFinal) => {
    const { bus } = fakeBus(() => true, code);
    expect(await bus.put([event(10)])).toEqual([{ index: 0, reason: code, isFinal }]);
  });

  test('gets no further call in the same batch after it failed', async () => {
    let calls = 0;
    const { bus } = fakeBus(() => {
      calls += 1;
      throw new Error('no answer');
    });
    const refusals = await bus.put(Array.from({ length: 25 }, () => event(10)));
    expect(refusals.map(({ index, isFinal }) => [index, isFinal])).toEqual(
      Array.from({ length: 25 }, (_, index) => [index, false]),
    );
    expect(calls).toBe(1);
  });

  test('gets each event separately after a call was refused for its size', async () => {
    const { bus, accepted } = limitedBus(1_000);
    const events = [event(400), event(2_000), event(400)];
    expect(await bus.put(events)).toEqual([{ index: 1, reason: 'ValidationException', isFinal: true }]);
    expect(accepted().map(({ Detail = '' }) => Detail.length)).toEqual([400, 400]);
  });
});

test('the event of a scan has the carrier’s codes and no free text', async () => {
  const { bus, entries } = fakeBus();
  await relay(bus, [record(factItem({ facts: [scan], journals: [], taxEntries: [] }, () => true))]);
  expect(Object.keys(JSON.parse(entries()[0]?.Detail ?? '').data).toSorted()).toEqual([
    ...['carrierStatus', 'parcelId', 'place', 'scanId', 'scannedAt', 'status'],
  ]);
});
