import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { TradeRulesImported } from '../../../events/trade-rules.ts';
import type { TariffStore } from '../../duties/tariff-import/tariff-store.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { keys } from '../table.ts';
import { transact } from '../transaction.ts';
import { tariffKeys } from './tariff-keys.ts';
import { createTariffReader } from './tariff-reader.ts';

/** An item holds 400 kB. */
const PART_BYTES = 350_000;

/**
 * The editions of tariffs that a deployment imported: their files in parts, and one item with the list of them, which
 * changes together with the event of the import. Earlier editions stay, for quotes of earlier dates.
 */
export function createTariffStore(table: Table, clock: () => Date): TariffStore {
  const { forget, ...reader } = createTariffReader(table, clock);
  return {
    ...reader,
    async add({ name, bytes, ...edition }, given) {
      const parts = Math.ceil(bytes.length / PART_BYTES);
      for (let part = 0; part < parts; part += 1) {
        const own = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
        await table.client.send(
          new PutCommand({ TableName: table.name, Item: { ...tariffKeys.part(name, part), file: own } }),
        );
      }
      const stored = { ...tariffKeys.edition(name), parts, edition: JSON.stringify(edition) };
      await table.client.send(new PutCommand({ TableName: table.name, Item: stored }));
      forget();
      return makeCurrent(table, given);
    },
  };
}

async function makeCurrent(
  table: Table,
  { list, previous, reported }: Parameters<TariffStore['add']>[1],
): Promise<'stored' | 'moved-on'> {
  const { version, editions } = list;
  const items = [
    {
      Put: {
        TableName: table.name,
        Item: { ...tariffKeys.current, version, editions: JSON.stringify(editions) },
        ...(previous === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'version = :previous',
              ExpressionAttributeValues: { ':previous': previous },
            }),
      },
    },
    {
      Put: {
        TableName: table.name,
        Item: {
          ...keys.rulesReport(reported.version),
          event: TradeRulesImported.name,
          reported: JSON.stringify(reported),
        },
      },
    },
  ];
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const { outcome } = await transact(table, items);
    if (outcome === 'written') return 'stored';
    if (outcome === 'condition') return 'moved-on';
    await backOff(attempt);
  }
  throw new Error('editions of tariffs are imported by too many at once');
}
