import type { EventBridgeClient, PutEventsCommand, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { createBus } from '../../../shared/aws/relay/bus.ts';
import { keys } from '../../../shared/aws/table.ts';
import { relayNewItems } from '../../../shared/runtime/relay.ts';
import { stream } from '../../../shared/runtime/stream.ts';
import { details } from '../../builders/details.ts';
import { placed, scanned, started } from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { context } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

const lines = gatherLog();

/** An event bus that does not take the events that a test names, and keeps the calls that it was given. */
function fakeBus(refuses: (entry: PutEventsRequestEntry) => boolean = () => false) {
  const calls: PutEventsRequestEntry[][] = [];
  const client = {
    async send({ input: { Entries = [] } }: PutEventsCommand) {
      calls.push(Entries);
      const answers = Entries.map((entry) =>
        refuses(entry) ? { ErrorCode: 'ThrottlingException' } : { EventId: 'id' },
      );
      return { Entries: answers, FailedEntryCount: answers.filter(({ ErrorCode }) => ErrorCode).length };
    },
  };
  const bus = createBus('shop-bus', client as unknown as EventBridgeClient);
  return { bus, calls, entries: () => calls.flat() };
}

let sequence = 0;

/** A new item as the table's stream gives it. */
function record(item: Readonly<Record<string, string | number | object>>): DynamoDBRecord {
  sequence += 1;
  const image = Object.entries(item).map(([name, value]) => {
    if (typeof value === 'string') return [name, { S: value }];
    return [name, typeof value === 'number' ? { N: String(value) } : { M: {} }];
  });
  return {
    eventName: 'INSERT',
    dynamodb: { NewImage: Object.fromEntries(image), SequenceNumber: String(sequence) },
  };
}

const facts = timelineOf([placed(), started()]).facts;
const factRecords = () =>
  facts.map((fact) => record({ ...keys.fact(orderId, fact.sequence), fact: JSON.stringify(fact) }));
const callbackRecord = () =>
  record({
    ...keys.callback('carrier', 'easypost', 'evt_1'),
    ...{ kind: 'carrier', code: 'easypost', callbackId: 'evt_1', rawBody: 'c2VjcmV0', expiresAt: 1 },
  });

async function relay(bus: ReturnType<typeof fakeBus>['bus'], Records: DynamoDBRecord[]) {
  const handler = stream(() => ({ bus }), relayNewItems);
  const answer = await handler({ Records } as DynamoDBStreamEvent, context);
  return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

describe('new items of the table', () => {
  test('are sent to the bus in their order if they are facts or callbacks', async () => {
    const { bus, entries } = fakeBus();
    const others = [
      record({ ...keys.head(orderId), status: 'placed', version: 1 }),
      record({ ...keys.details(orderId), details: details() }),
      record({ ...keys.stock('TEA', 'pl-poznan'), available: 1 }),
      record({ ...keys.journal(orderId, 1), journal: '{}' }),
    ];
    const [first, second] = factRecords();
    if (first === undefined || second === undefined) throw new Error('two facts');
    expect(await relay(bus, [first, ...others, second, callbackRecord()])).toEqual([]);
    expect(entries()).toEqual([
      ...facts.map((fact) => ({
        ...{ EventBusName: 'shop-bus', Source: 'entrepot', DetailType: fact.name },
        Detail: JSON.stringify(fact),
      })),
      {
        ...{ EventBusName: 'shop-bus', Source: 'entrepot', DetailType: 'callback.received' },
        Detail: '{"kind":"carrier","code":"easypost","callbackId":"evt_1"}',
      },
    ]);
  });

  test('cause no call of the bus if none of them is an event', async () => {
    const { bus, calls } = fakeBus();
    expect(await relay(bus, [record({ ...keys.head(orderId) })])).toEqual([]);
    expect(calls).toEqual([]);
  });

  test('are delivered again from the first item that the bus refused', async () => {
    const records = [...factRecords(), callbackRecord(), ...factRecords()];
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

  test('fail together if the bus does not answer, so that the stream delivers all of them again', async () => {
    const { bus } = fakeBus(() => {
      throw new Error('no answer');
    });
    await expect(relay(bus, factRecords())).rejects.toThrow('no answer');
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
    expect(await bus.put(events)).toEqual([3, 11, 24]);
    expect(await bus.put([])).toEqual([]);
  });
});

test('an item that should hold a fact but does not gives an error', async () => {
  const { bus } = fakeBus();
  await expect(relay(bus, [record({ ...keys.fact(orderId, 1), fact: '{}' })])).rejects.toThrow(
    'holds no fact',
  );
});

test('the event of a scan has the carrier’s codes and no free text', async () => {
  const { bus, entries } = fakeBus();
  const fact = timelineOf([placed(), scanned()]).facts[1];
  await relay(bus, [record({ ...keys.fact(orderId, 2), fact: JSON.stringify(fact) })]);
  expect(Object.keys(JSON.parse(entries()[0]?.Detail ?? '').data).toSorted()).toEqual([
    ...['carrierStatus', 'parcelId', 'place', 'scanId', 'scannedAt', 'status'],
  ]);
});
