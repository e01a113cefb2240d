import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  clientLimit,
  type Entering,
  type EntryGroup,
  type GroupLimits,
  type OpenEntries,
  type OpenEntry,
  partsOf,
  type ReachedLimit,
  shopperLimit,
} from '../../catalogue/index.ts';
import { defined } from '../../kernel/defined.ts';
import { dayMs, type Instant, later } from '../../kernel/time.ts';
import { TooManyWriters } from '../../kernel/too-many-writers.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { expiresAt, type Key, keys } from '../table.ts';

const MAX_ATTEMPTS = 10;
/** An entry is dropped without a look at its order when it should have ended this long ago. */
const KEPT_MS = dayMs;
/** With this number of entries those that have ended are looked for, so that the item stays small. */
const CROWDED = 10;
/** A group is not looked at again for this long: a flood of refused orders costs no reads of orders. */
const LOOK_AGAIN_MS = 5_000;

/** The entries of a group, as they are stored. */
interface Stored {
  readonly entries: readonly OpenEntry[];
  /** Grows with each write: the condition of the next one. */
  readonly version: number;
  /** When it was looked last which entries have ended. */
  readonly lookedAt: Instant | undefined;
}

/**
 * Open entries in the table: one item a group, written under the condition that nobody else wrote it. What has ended
 * stays in its item until there is no room, and is taken out then by a look at the orders: so the end of an order needs
 * no write here, can't be lost, and can't be counted twice.
 */
export function createOpenEntries(table: Table): OpenEntries {
  return {
    async enter(entering) {
      const key = keyOf(entering);
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        // A write checks the version, so that an old read only costs another attempt.
        const stored = await read(table, key, { consistent: attempt > 0 });
        const decided = await decide(stored, entering);
        const { reached, isLooked } = decided;
        if (reached !== undefined && !isLooked) return reached;
        if (await write(table, key, { stored, decided, now: entering.now })) return reached;
        await backOff(attempt);
      }
      throw new TooManyWriters('the group of open entries');
    },
  };
}

function keyOf({ group, limits }: Entering): Key {
  const { storefrontId, kind, by, hash } = group;
  const name = by === 'client' ? partOf(group, limits) : `E-${hash}`;
  return keys.openEntries(storefrontId, kind, name);
}

/** The clients of a storefront are spread over the parts of its limit. */
function partOf({ hash }: EntryGroup, limits: GroupLimits): string {
  const { parts } = partsOf(limits);
  return `C-${parts}-${Buffer.from(hash, 'base64url').readUInt32BE(0) % parts}`;
}

interface Decided {
  readonly entries: readonly OpenEntry[];
  readonly reached: ReachedLimit | undefined;
  /** Whether it was looked which entries have ended. */
  readonly isLooked: boolean;
}

async function decide(stored: Stored, entering: Entering): Promise<Decided> {
  const { entry, now, stillOpen } = entering;
  const { lookedAt } = stored;
  const known = stored.entries.filter(({ id, until }) => id !== entry.id && later(until, KEPT_MS) > now);
  const isLooked =
    (known.length >= CROWDED || limitOf(known, entering) !== undefined) &&
    (lookedAt === undefined || later(lookedAt, LOOK_AGAIN_MS) <= now);
  const open = isLooked ? await stillOpen(known) : known;
  const reached = limitOf(open, entering);
  return { entries: reached === undefined ? [...open, entry] : open, reached, isLooked };
}

const limitOf = (entries: readonly OpenEntry[], { group, entry, limits }: Entering) =>
  group.by === 'client' ? clientLimit(entries, entry, limits) : shopperLimit(entries, limits);

async function read(
  table: Table,
  key: Key,
  { consistent }: { readonly consistent: boolean },
): Promise<Stored> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { ...key }, ConsistentRead: consistent }),
  );
  if (Item === undefined) return { entries: [], version: 0, lookedAt: undefined };
  const rows = JSON.parse(String(Item.entries)) as Row[];
  return {
    entries: rows.map(fromRow),
    version: Number(Item.version),
    lookedAt: Item.lookedAt === undefined ? undefined : String(Item.lookedAt),
  };
}

async function write(
  table: Table,
  key: Key,
  {
    stored: { version, lookedAt: before },
    decided: { entries, isLooked },
    now,
  }: { readonly stored: Stored; readonly decided: Decided; readonly now: Instant },
): Promise<boolean> {
  const lookedAt = isLooked ? now : before;
  const [latest = now] = [now, ...entries.map(({ until }) => until)].toSorted().toReversed();
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {
          ...key,
          entries: JSON.stringify(entries.map(toRow)),
          version: version + 1,
          ...defined({ lookedAt }),
          expiresAt: expiresAt(later(latest, KEPT_MS)),
        },
        ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : 'version = :version',
        ...(version === 0 ? {} : { ExpressionAttributeValues: { ':version': version } }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** An entry without the names of its fields, and with its times in minutes. */
type Row = readonly [
  id: string,
  client: string,
  address: string,
  units: number,
  since: number,
  until: number,
];

const MINUTE_MS = 60_000;
const instant = (minutes: number): Instant => new Date(minutes * MINUTE_MS).toISOString();

const toRow = ({ id, client, address, units, since, until }: OpenEntry): Row => [
  id,
  client,
  address,
  units,
  Math.floor(Date.parse(since) / MINUTE_MS),
  Math.ceil(Date.parse(until) / MINUTE_MS),
];

const fromRow = ([id, client, address, units, since, until]: Row): OpenEntry => ({
  ...{ id, client, address, units },
  since: instant(since),
  until: instant(until),
});
