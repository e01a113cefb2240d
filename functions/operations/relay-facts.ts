import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { createBus } from '../../shared/aws/bus.ts';
import { busEventOf } from '../../shared/aws/outbox.ts';
import { log } from '../../shared/runtime/log.ts';
import { once } from '../../shared/runtime/once.ts';
import { readSettings } from '../../shared/runtime/settings.ts';

const world = once(() => ({ bus: createBus(readSettings().busName) }));

/** The table's stream to the bus: what the bus does not take is relayed again from the first one refused. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async (event) => {
  const outgoing = event.Records.flatMap((record) => {
    const busEvent = busEventOf(imageOf(record));
    return busEvent === undefined ? [] : [{ record, busEvent }];
  });
  const failed = await world().bus.put(outgoing.map(({ busEvent }) => busEvent));
  const first =
    failed.length === 0 ? undefined : outgoing[Math.min(...failed)]?.record.dynamodb?.SequenceNumber;
  if (first === undefined) return { batchItemFailures: [] };
  log.warn('RELAY_FAILED', { count: failed.length });
  return { batchItemFailures: [{ itemIdentifier: first }] };
});

function imageOf(record: DynamoDBRecord): Record<string, string> {
  const image = record.dynamodb?.NewImage ?? {};
  return Object.fromEntries(
    Object.entries(image).flatMap(([name, { S }]) => (S === undefined ? [] : [[name, S]])),
  );
}
