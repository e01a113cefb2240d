import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type {
  ImportedEditions,
  StoredEdition,
  TariffStore,
} from '../../duties/tariff-import/tariff-store.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Table } from '../clients.ts';
import { fresh } from '../fresh.ts';
import { readAll } from '../read-all.ts';
import { tariffKeys } from './tariff-keys.ts';

type TariffReader = Omit<TariffStore, 'add'> & { readonly forget: () => void };

/** Reads the editions of tariffs that a deployment imported. `forget` makes the next reading a new one. */
export function createTariffReader(table: Table, clock: () => Date): TariffReader {
  const list = fresh(clock, () => readList(table));
  return {
    current: () => list.get(),
    forget: () => list.forget(),
    read: (name) => readFile(table, name),
    edition: (name) => readEdition(table, name),
  };
}

async function readList(table: Table): Promise<ImportedEditions | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { ...tariffKeys.current } }),
  );
  if (Item === undefined) return undefined;
  return { version: String(Item.version), editions: JSON.parse(String(Item.editions)) };
}

async function readEdition(table: Table, name: string): Promise<StoredEdition | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { ...tariffKeys.edition(name) } }),
  );
  return Item === undefined ? undefined : (JSON.parse(String(Item.edition)) as StoredEdition);
}

async function readFile(table: Table, name: string): Promise<Uint8Array> {
  const { pk } = tariffKeys.edition(name);
  const items = await readAll(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
  });
  const wanted = items.find(({ sk }) => sk === tariffKeys.edition(name).sk)?.parts;
  const parts = items.flatMap(({ file }) => (file instanceof Uint8Array ? [file] : []));
  invariant(parts.length === wanted, 'the file of an edition is stored whole', { name, wanted });
  return Buffer.concat(parts);
}
