import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { TakingUnits, UnitsOfStorefronts } from '../../catalogue/index.ts';
import { dayMs, later } from '../../kernel/time.ts';
import { TooManyWriters } from '../../kernel/too-many-writers.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { expiresAt, type Key, keys } from '../table.ts';
import { type Item, LOOK_AGAIN_MS, lookedAtOf, MAX_ATTEMPTS } from './group-item.ts';
import { writeAnew } from './write-anew.ts';

/** Longer than any method of payment takes: after this time without an order nothing can wait unpaid. */
const KEPT_MS = 30 * dayMs;

/**
 * The units in the table: one small item for each SKU of a storefront, with their sum. An order adds to it by one
 * update that compares the sum, without a read. The sum is never too low, and it is too high once orders have ended. So
 * a refused update decides nothing: the units are counted again from the orders, and the sum is written anew under the
 * condition that nobody else wrote it since the update was refused.
 */
export function createUnitsOfStorefronts(table: Table): UnitsOfStorefronts {
  return {
    async take(taking) {
      const key = keys.unpaidUnits(taking.storefrontId, taking.sku);
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const found = await addIfRoom(table, key, taking);
        if (found === undefined) return true;
        if (wasLookedAt(found, taking)) return false;
        const others = await taking.recount();
        const hasRoom = others === 0 || others + taking.units <= taking.most;
        const sum = hasRoom ? others + taking.units : others;
        if (await rewrite(table, key, { found, sum, taking })) return hasRoom;
        await backOff(attempt);
      }
      throw new TooManyWriters('the unpaid units of a SKU');
    },
  };
}

/** A sum is not counted again for a moment: a flood of refused orders costs no reads of orders. */
function wasLookedAt(found: Item, { now }: TakingUnits): boolean {
  const lookedAt = lookedAtOf(found);
  return lookedAt !== undefined && lookedAt > later(now, -LOOK_AGAIN_MS);
}

/** Adds the units if there is room. Otherwise gives the item as it is. */
async function addIfRoom(
  table: Table,
  key: Key,
  { units, most, now }: TakingUnits,
): Promise<Item | undefined> {
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { ...key },
        UpdateExpression: 'SET expiresAt = :expiresAt ADD units :units, version :one',
        ConditionExpression: 'attribute_not_exists(units) OR units = :none OR units <= :room',
        ExpressionAttributeValues: {
          ':units': units,
          ':none': 0,
          ':room': most - units,
          ':one': 1,
          ':expiresAt': expiresAt(later(now, KEPT_MS)),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException && error.Item !== undefined) return error.Item;
    throw error;
  }
}

interface Recounted {
  readonly found: Item;
  readonly sum: number;
  readonly taking: TakingUnits;
}

/** Writes the sum anew. False if another wrote it in between. */
const rewrite = (table: Table, key: Key, { found, sum, taking: { now } }: Recounted): Promise<boolean> =>
  writeAnew(table, key, found, { units: sum, lookedAt: now, expiresAt: expiresAt(later(now, KEPT_MS)) });
