import { expect, test } from 'vitest';
import type { Sent } from '../../../shared/runtime/outgoing.ts';
import { relayChanges } from '../../../shared/runtime/relay-changes.ts';
import type { NewItem } from '../../../shared/runtime/stream.ts';

const itemOf = (sequenceNumber: string, attributes: Record<string, string>): NewItem => ({
  ...{ sequenceNumber, attributes, raw: {}, at: '2026-11-29T10:00:00.000Z' },
});
// An import of rules is an event of the bus, whatever is in it.
const report = itemOf('1', { pk: 'RULES#2', sk: 'REPORT', event: 'trade-rules.imported', reported: '{}' });
const stock = itemOf('2', { pk: 'STOCK#TEA', sk: 'WAREHOUSE#a', changedBy: 'hand', available: '4' });
const late = itemOf('3', { pk: 'RULES#3', sk: 'REPORT', event: 'trade-rules.imported', reported: '{}' });

const position = { name: 'stock.changed', detail: '{"sku":"TEA"}' };

/** Relays the items where the bus refuses what `isRefused` says, and the table answers by `stockEvents`. */
async function run(
  items: readonly NewItem[],
  isRefused: (sent: Sent) => boolean,
  stockEvents: (
    changed: readonly { readonly item: NewItem }[],
  ) => Promise<{ item: NewItem; busEvent: typeof position }[]>,
) {
  const sent: string[] = [];
  const handedOver: string[] = [];
  const first = await relayChanges(items, {
    outlet: {
      put: async (all) => {
        sent.push(...all.flatMap((each) => ('name' in each && !isRefused(each) ? [each.name] : [])));
        return all.flatMap((each, index) =>
          isRefused(each) ? [{ index, reason: 'ThrottlingException', isFinal: false }] : [],
        );
      },
    },
    unrelayed: { send: async (key) => void handedOver.push(key) },
    publishesAllFacts: false,
    stockEvents,
  });
  return { first: first?.sequenceNumber, sent, handedOver: handedOver.map((key) => JSON.parse(key)) };
}

const answers = async (changed: readonly { readonly item: NewItem }[]) =>
  changed.map(({ item }) => ({ item, busEvent: position }));

test('facts are sent before changes of stock', async () => {
  expect(await run([stock, report], () => false, answers)).toEqual({
    ...{ first: undefined, sent: ['trade-rules.imported', 'stock.changed'], handedOver: [] },
  });
});

test('facts go on where the stock can not be read, and its key is relayed later', async () => {
  const { first, sent, handedOver } = await run(
    [stock, report],
    () => false,
    async () => {
      throw new Error('the table does not answer');
    },
  );
  expect([first, sent]).toEqual([undefined, ['trade-rules.imported']]);
  expect(handedOver).toMatchObject([{ unrelayed: { pk: 'STOCK#TEA', sk: 'WAREHOUSE#a' } }]);
});

test('the stream goes on from the first item that failed, of facts and of stock', async () => {
  const isReport = (sent: Sent) => 'name' in sent && sent.name === 'trade-rules.imported';
  expect((await run([report, stock, late], isReport, answers)).first).toBe('1');
  expect((await run([report, stock, late], (sent) => !isReport(sent), answers)).first).toBe('2');
  expect((await run([stock, late], () => true, answers)).first).toBe('2');
});
