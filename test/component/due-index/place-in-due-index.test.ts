import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine, type TableEngine } from '../../../infra/local/table/start-engine.ts';
import type { Table } from '../../../shared/aws/clients.ts';
import { headAttributes } from '../../../shared/aws/order/timeline-items.ts';
import { createTimelineStore } from '../../../shared/aws/order/timeline-store.ts';
import { keys } from '../../../shared/aws/table.ts';
import { hourMs, later, minuteMs } from '../../../shared/kernel/time.ts';
import { headOf } from '../../../shared/order/index.ts';
import type { Decided, Project } from '../../../shared/timeline/index.ts';
import {
  authorised,
  captured,
  placed,
  refundRequested,
  scanned,
  started,
  untilDispatched,
} from '../../builders/facts.ts';
import { countingIds, idOf } from '../../builders/ids.ts';
import { timelineOf } from '../../builders/timeline.ts';
import { project } from '../../fakes/project.ts';

let engine: TableEngine;
let dataDir: string;
let table: Table;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'due-index-'));
  engine = await startEngine(dataDir, () => undefined);
  const client = new DynamoDBClient({
    endpoint: `http://${engine.host}:${engine.port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  table = { client: DynamoDBDocumentClient.from(client), name: 'Records' };
  await client.send(
    new CreateTableCommand({
      TableName: table.name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
});

afterAll(async () => {
  table.client.destroy();
  await engine.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The place of an order with these facts in the due index after more are appended. `place` is its place before. */
async function placeAfter(before: readonly Decided[], added: readonly Decided[], place: string | undefined) {
  const timeline = timelineOf(before);
  const { orderId, facts } = timeline;
  const head = { ...headOf(facts), dueAt: place };
  const item = { ...keys.head(orderId), ...headAttributes(orderId, head) };
  await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
  // Every test uses the same order, without the facts of earlier tests.
  const Key = keys.fact(orderId, facts.length + 1);
  await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
  const store = createTimelineStore({ table, project: withoutStock, newId: countingIds() });
  await store.append({ timeline, facts: added, cause: { by: 'journey' }, now });
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: keys.head(orderId), ConsistentRead: true }),
  );
  return Item?.dueShard === undefined ? undefined : Item.dueAt;
}

/** These tests are about the head only, so no stock was received. */
const withoutStock: Project = (before, added) => ({ ...project(before, added), stock: [] });

const now = '2026-11-23T11:00:00.000Z';
const longAgo = '2026-11-23T10:01:00.000Z';
const fact = (name: string, data: object) => ({ name, data }) as Decided;
const cancelled = fact('order.cancelled', { reason: 'asked-for' });
const expired = fact('order.expired', {});
const arrived = fact('parcel.delivered', { parcelId: idOf('parcel', 1), deliveredAt: longAgo });
const delivered = [...untilDispatched(), arrived, fact('order.delivered', {})];
const held = fact('order.held', { reason: 'booking-refused', parcelId: idOf('parcel', 1) });
const screened = fact('screening.released', { findings: [], by: 'rules' });
const releasedByPerson = fact('screening.released', { findings: [], by: 'operator' });
const paid = [placed(), started(), authorised(), screened, captured()];

test('an open order keeps its place in the due index, and the sweeper moves it', async () => {
  const scan = fact('parcel.scanned', scanned().data);
  expect(await placeAfter(untilDispatched(), [scan], longAgo)).toBe(longAgo);
});

test('an order that was late for an hour is due within minutes after its next fact', async () => {
  const inAnHour = later(now, 59 * minuteMs);
  expect(await placeAfter([placed(), started()], [authorised()], inAnHour)).toBe(later(now, 2 * minuteMs));
});

test('an order that has ended leaves the index', async () => {
  expect(await placeAfter([placed()], [expired], longAgo)).toBeUndefined();
});

test('an ended order comes back if money is owed again', async () => {
  expect(await placeAfter([placed(), expired], [started()], undefined)).toBe(later(now, 5 * minuteMs));
  expect(await placeAfter(delivered, [refundRequested()], undefined)).toBe(later(now, 5 * minuteMs));
});

test('an order that waited a day for a person is due within minutes after its release or its stop', async () => {
  const inADay = later(now, 23 * hourMs);
  expect(await placeAfter([...paid, held], [releasedByPerson], inADay)).toBe(later(now, 5 * minuteMs));
  expect(await placeAfter([...paid, held], [cancelled], inADay)).toBe(later(now, 5 * minuteMs));
});
