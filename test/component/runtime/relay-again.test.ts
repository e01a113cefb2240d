import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factItem } from '../../../shared/aws/order/timeline-items.ts';
import type { Outlet, Refusal } from '../../../shared/aws/relay/refusal.ts';
import { keys } from '../../../shared/aws/table.ts';
import type { Sent } from '../../../shared/runtime/outgoing.ts';
import { writeFact } from '../../../shared/runtime/queue-message.ts';
import { relayAgain } from '../../../shared/runtime/relay-again.ts';
import { authorised, placed, started } from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';
import { gatherLog } from './log-lines.ts';

const lines = gatherLog();
let on: TableOnEngine;
beforeAll(async () => {
  on = await startTable();
});
afterAll(() => on.stop());

const [first, ...rest] = timelineOf([placed(), started(), authorised()]).facts;
if (first === undefined) throw new Error('a timeline has facts');
const facts = [first, ...rest] as const;
const step = { facts, journals: [], taxEntries: [] };
const key = keys.fact(orderId, 1);
const store = (item: object) =>
  on.table.client.send(new PutCommand({ TableName: on.table.name, Item: item }));

/** Relays the item with the key; gives what was sent. */
async function again(
  refusals: readonly Refusal[] = [],
  { publishesAllFacts = false }: { readonly publishesAllFacts?: boolean } = {},
): Promise<Sent[]> {
  const sent: Sent[] = [];
  const put: Outlet<Sent>['put'] = async (batch) => {
    sent.push(...batch);
    return [...refusals];
  };
  await relayAgain({ outlet: { put }, publishesAllFacts, table: on.table, clock: () => new Date() }, key);
  return sent;
}

describe('the key of facts that were not relayed', () => {
  test('relays them from the table, as they are there now', async () => {
    const item = factItem(step, () => true);
    await store({ ...item, ...key, facts: Buffer.from('not readable') });
    await expect(again()).rejects.toThrow();
    await store({ ...item, ...key });
    const [, , paid = first] = facts;
    const message = { consumer: '4-screening/on-payment-authorised', body: writeFact(paid) };
    expect(await again()).toEqual([message]);
    // Handled twice, it sends the same again: consumers find on the timeline that nothing is to be done.
    expect(await again()).toEqual([message]);
    const published = await again([], { publishesAllFacts: true });
    const events = facts.map(({ name }) => name);
    expect(published.map((each) => ('name' in each ? each.name : each))).toEqual([message, ...events]);
  });

  test('comes back while the queue refuses them', async () => {
    await store({ ...factItem(step, () => true), ...key });
    const refusal = { index: 0, reason: 'ThrottlingException', isFinal: false };
    await expect(again([refusal])).rejects.toThrow(`not taken: ${key.pk} ${key.sk}: ThrottlingException`);
  });

  test('whose item is gone sends nothing, and says so', async () => {
    await on.table.client.send(new DeleteCommand({ TableName: on.table.name, Key: key }));
    expect(await again()).toEqual([]);
    expect(lines()).toMatchObject([{ code: 'UNRELAYED_GONE', pk: key.pk, sk: key.sk }]);
  });
});
