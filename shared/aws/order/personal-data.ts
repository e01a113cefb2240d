import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { quoteIdOf } from '../../kernel/ids.ts';
import type { PersonalData } from '../../privacy/index.ts';
import { inBatches } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { callsKey, FACT_PREFIX, type Key, keys, LISTS_INDEX, personKey } from '../table.ts';

/** The attributes of an order's items that hold personal data, or the hash by which a person is found. */
const OF_FACTS = ['call', 'personal', 'fingerprint', 'listKey', 'listSort'] as const;
const OF_HEAD = ['details'] as const;
/** Of the quote, whose number the order has: its destination. It expires some days later. */
const OF_QUOTE = ['quote'] as const;
/** Those of a call that is an item of its own. What it is known by stays until it expires. */
const OF_CALL = ['rawBody', 'listKey', 'listSort'] as const;

const UPDATES_AT_ONCE = 10;

/** The personal data of orders in the table. */
export function createPersonalData(table: Table): PersonalData {
  const remove = async ({ pk, sk }: Key, attributes: readonly string[]): Promise<void> => {
    try {
      await table.client.send(removal({ pk, sk }, attributes));
    } catch (error) {
      // It expired in the meantime.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
  const removal = ({ pk, sk }: Key, attributes: readonly string[]) =>
    new UpdateCommand({
      TableName: table.name,
      Key: { pk, sk },
      UpdateExpression: `REMOVE ${attributes.map((_, index) => `#a${index}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(attributes.map((name, index) => [`#a${index}`, name])),
      // An update makes an item that does not exist.
      ConditionExpression: 'attribute_exists(pk)',
    });
  const found = async (orderId: string) => [
    ...(await itemsOf(table, orderId)),
    ...(await callsOf(table, orderId)),
    ...(await quoteOf(table, orderId)),
  ];

  return {
    async clear(orderId) {
      await inBatches(await found(orderId), UPDATES_AT_ONCE, ({ key, attributes }) =>
        remove(key, attributes),
      );
    },

    async isStored(orderId) {
      return (await found(orderId)).length > 0;
    },

    async ordersOf(personHash, max) {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: LISTS_INDEX,
          KeyConditionExpression: 'listKey = :person',
          ExpressionAttributeValues: { ':person': personKey(personHash) },
          ScanIndexForward: false,
          Limit: max,
        }),
      );
      return Items.map(({ pk }) => String(pk).slice('ORDER#'.length));
    },
  };
}

interface Stored {
  readonly key: Key;
  /** Those that the item has. */
  readonly attributes: readonly string[];
}

/** The head and the items of facts that hold personal data. */
async function itemsOf(table: Table, orderId: string): Promise<Stored[]> {
  const items = await readAll(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': keys.orderPartition(orderId) },
    ConsistentRead: true,
  });
  const head = keys.head(orderId).sk;
  return items.flatMap((item) => {
    const wanted: readonly string[] =
      item.sk === head ? OF_HEAD : String(item.sk).startsWith(FACT_PREFIX) ? OF_FACTS : [];
    const attributes = wanted.filter((name) => name in item);
    return attributes.length === 0 ? [] : [{ key: keyOf(item), attributes }];
  });
}

/** The order's calls that are items of their own and have their bodies. */
async function callsOf(table: Table, orderId: string): Promise<Stored[]> {
  const calls = await readAll(table, {
    IndexName: LISTS_INDEX,
    KeyConditionExpression: 'listKey = :calls',
    ExpressionAttributeValues: { ':calls': callsKey(orderId) },
  });
  return calls.map((item) => ({ key: keyOf(item), attributes: OF_CALL }));
}

/** The quote, if it has not expired yet. */
async function quoteOf(table: Table, orderId: string): Promise<Stored[]> {
  const key = keys.quote(quoteIdOf(orderId));
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key }));
  return Item !== undefined && 'quote' in Item ? [{ key, attributes: OF_QUOTE }] : [];
}

const keyOf = ({ pk, sk }: Record<string, unknown>): Key => ({ pk: String(pk), sk: String(sk) });
