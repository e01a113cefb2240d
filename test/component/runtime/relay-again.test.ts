import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factItem } from '../../../shared/aws/order/timeline-items.ts';
import type { Bus, BusEvent, Refusal } from '../../../shared/aws/relay/bus.ts';
import { keys } from '../../../shared/aws/table.ts';
import { relayAgain } from '../../../shared/runtime/relay-again.ts';
import { placed, started } from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';
import { gatherLog } from './log-lines.ts';

const lines = gatherLog();
let on: TableOnEngine;
beforeAll(async () => {
  on = await startTable();
});
afterAll(() => on.stop());

const [first, ...rest] = timelineOf([placed(), started()]).facts;
if (first === undefined) throw new Error('a timeline has facts');
const facts = [first, ...rest] as const;
const step = { facts, journals: [], taxEntries: [] };
const key = keys.fact(orderId, 1);
const store = (item: object) =>
  on.table.client.send(new PutCommand({ TableName: on.table.name, Item: item }));

/** Publishes the item with the key; gives what the bus was given. */
async function publishAgain(refusals: readonly Refusal[] = []): Promise<BusEvent[]> {
  const events: BusEvent[] = [];
  const put: Bus['put'] = async (batch) => {
    events.push(...batch);
    return [...refusals];
  };
  await relayAgain({ bus: { put }, table: on.table, clock: () => new Date() }, key);
  return events;
}

describe('the key of facts that were not published', () => {
  test('publishes them from the table, as they are there now', async () => {
    const item = factItem(step, () => true);
    await store({ ...item, ...key, facts: Buffer.from('not readable') });
    await expect(publishAgain()).rejects.toThrow();
    await store({ ...item, ...key });
    const events = await publishAgain();
    expect(events.map(({ name }) => name)).toEqual(['order.placed', 'payment.started']);
    expect(events.map(({ detail }) => JSON.parse(detail))).toEqual(JSON.parse(JSON.stringify(facts)));
    // Handled twice, it publishes the same facts again: consumers know them by their ids.
    expect(await publishAgain()).toEqual(events);
  });

  test('comes back while the bus refuses them', async () => {
    await store({ ...factItem(step, () => true), ...key });
    const refusal = { index: 0, reason: 'ThrottlingException', isFinal: false };
    await expect(publishAgain([refusal])).rejects.toThrow(
      `the bus refuses ${key.pk} ${key.sk}: ThrottlingException`,
    );
  });

  test('whose item is gone publishes nothing, and says so', async () => {
    await on.table.client.send(new DeleteCommand({ TableName: on.table.name, Key: key }));
    expect(await publishAgain()).toEqual([]);
    expect(lines()).toMatchObject([{ code: 'UNRELAYED_GONE', pk: key.pk, sk: key.sk }]);
  });
});
