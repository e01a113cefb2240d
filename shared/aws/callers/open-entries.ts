import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  type Entering,
  type EntryGroup,
  type GroupLimits,
  type OpenEntries,
  type OpenEntry,
  partsOf,
  type ReachedLimit,
  reachedLimit,
  sumsOf,
  talliesOf,
} from '../../catalogue/index.ts';
import { defined } from '../../kernel/defined.ts';
import { dayMs, type Instant, later } from '../../kernel/time.ts';
import { TooManyWriters } from '../../kernel/too-many-writers.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { readKeys } from '../read-keys.ts';
import { expiresAt, type Key, keys } from '../table.ts';
import {
  entriesIn,
  entriesOfRead,
  type Item,
  LOOK_AGAIN_MS,
  lookedAtOf,
  MAX_ATTEMPTS,
  nameOfEntry,
  nameOfSum,
  toRow,
} from './group-item.ts';
import { writeAnew } from './write-anew.ts';

/** An entry is dropped without a look at its order when it should have ended this long ago. */
const KEPT_MS = dayMs;
/** An item lives at least this long: the longest time of a method of payment, so that no later entry shortens it. */
const MIN_LIFE_MS = 8 * dayMs;
/** With this number of entries those that have ended are looked for, so that the item stays small. */
const CROWDED = 10;

/**
 * Open entries in the table: one item a group, with an attribute for each entry and one for each sum. An entry is added
 * by one update that compares the sums, without a read. What has ended stays in its item until there is no room, and is
 * taken out then by a look at the orders: so the end of an order needs no write here, can't be lost, and can't be
 * counted twice. That second write is made under the condition that nobody else wrote the item in between.
 */
export function createOpenEntries(table: Table): OpenEntries {
  return {
    async enter(entering) {
      const key = keyOf(entering);
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const found = await addIfRoom(table, key, entering);
        if (found === undefined) return undefined;
        const decided = await decide(found, entering);
        const { reached, isLooked } = decided;
        if (reached !== undefined && !isLooked) return reached;
        if (await rewrite(table, key, { found, decided, entering })) return reached;
        await backOff(attempt);
      }
      throw new TooManyWriters('the group of open entries');
    },
    leave: (entering) => takeBack(table, keyOf(entering), entering),
    async ofStorefront({ storefrontId, kind }, limits) {
      const { parts } = partsOf(limits);
      const ofParts = Array.from({ length: parts }, (_, part) =>
        keys.openEntries(storefrontId, kind, nameOfPart(parts, part)),
      );
      return (await readKeys(table, ofParts, { consistent: true })).flatMap(entriesOfRead);
    },
  };
}

function keyOf({ group, limits }: Pick<Entering, 'group' | 'limits'>): Key {
  const { storefrontId, kind, by, hash } = group;
  const name = by === 'client' ? partOf(group, limits) : `E-${hash}`;
  return keys.openEntries(storefrontId, kind, name);
}

/** The clients of a storefront are spread over the parts of its limit. */
function partOf({ hash }: EntryGroup, limits: GroupLimits): string {
  const { parts } = partsOf(limits);
  return nameOfPart(parts, Buffer.from(hash, 'base64url').readUInt32BE(0) % parts);
}

const nameOfPart = (parts: number, part: number) => `C-${parts}-${part}`;

const recently = (now: Instant): Instant => later(now, -LOOK_AGAIN_MS);

/**
 * Adds the entry if each of its sums has room and no look is due. Otherwise gives the item as it is: a sum may be too
 * high because of entries that have ended, or the entry may be there already.
 */
async function addIfRoom(
  table: Table,
  key: Key,
  { group, entry, limits, now }: Entering,
): Promise<Item | undefined> {
  const tallies = talliesOf(group, entry, limits);
  const names: Record<string, string> = { '#entry': nameOfEntry(entry) };
  const values: Record<string, unknown> = { ':one': 1 };
  for (const [index, { name, adds, most }] of tallies.entries()) {
    names[`#sum${index}`] = nameOfSum(name);
    values[`:adds${index}`] = adds;
    values[`:room${index}`] = most - adds;
  }
  const sums = tallies.map((_, index) => `#sum${index} :adds${index}`);
  const hasRoom = tallies.map(
    (_, index) => `(attribute_not_exists(#sum${index}) OR #sum${index} <= :room${index})`,
  );
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { ...key },
        UpdateExpression: `SET #entry = :row, expiresAt = :expiresAt ADD version :one, entries :one, ${sums.join(', ')}`,
        ConditionExpression: [
          'attribute_not_exists(#entry)',
          '(attribute_not_exists(entries) OR entries < :crowded OR lookedAt > :recently)',
          '(attribute_not_exists(expiresAt) OR expiresAt <= :expiresAt)',
          ...hasRoom,
        ].join(' AND '),
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: {
          ...values,
          ':row': toRow(entry),
          ':expiresAt': expiryOf([entry], now),
          ':crowded': CROWDED,
          ':recently': recently(now),
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

/** Removes the entry and its part of each sum, if it is still the one of this request. */
async function takeBack(
  table: Table,
  key: Key,
  { group, entry, limits }: Pick<Entering, 'group' | 'entry' | 'limits'>,
): Promise<void> {
  const tallies = talliesOf(group, entry, limits);
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { ...key },
        UpdateExpression: `REMOVE #entry ADD version :one, entries :less, ${tallies.map((_, index) => `#sum${index} :less${index}`).join(', ')}`,
        ConditionExpression: '#entry = :row',
        ExpressionAttributeNames: {
          '#entry': nameOfEntry(entry),
          ...Object.fromEntries(tallies.map(({ name }, index) => [`#sum${index}`, nameOfSum(name)])),
        },
        ExpressionAttributeValues: {
          ':row': toRow(entry),
          ':one': 1,
          ':less': -1,
          ...Object.fromEntries(tallies.map(({ adds }, index) => [`:less${index}`, -adds])),
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/** TTL of the item. */
const expiryOf = (entries: readonly OpenEntry[], now: Instant): number =>
  Math.max(
    expiresAt(later(now, MIN_LIFE_MS)),
    ...entries.map(({ until }) => expiresAt(later(until, KEPT_MS))),
  );

interface Decided {
  readonly entries: readonly OpenEntry[];
  readonly reached: ReachedLimit | undefined;
  /** Whether it was looked which entries have ended. */
  readonly isLooked: boolean;
}

async function decide(found: Item, entering: Entering): Promise<Decided> {
  const { entry, now, stillOpen } = entering;
  const lookedAt = lookedAtOf(found);
  const known = entriesIn(found).filter(({ id, until }) => id !== entry.id && later(until, KEPT_MS) > now);
  const isLooked =
    (known.length >= CROWDED || reachedLimit(known, entering) !== undefined) &&
    (lookedAt === undefined || lookedAt <= recently(now));
  const open = isLooked ? await stillOpen(known) : known;
  const reached = reachedLimit(open, entering);
  const isKnown = entriesIn(found).some(({ id }) => id === entry.id);
  return {
    entries: reached === undefined ? [...open, isKnown ? shared(entry) : entry] : open,
    reached,
    isLooked,
  };
}

/** Two requests entered it: none of them may take it back, since the other one's order may be placed. */
const shared = ({ request: _, ...entry }: OpenEntry): OpenEntry => entry;

/** Writes the item anew, with the entries that are left and their sums. False if another wrote it in between. */
async function rewrite(
  table: Table,
  key: Key,
  {
    found,
    decided: { entries, isLooked },
    entering: { group, limits, now },
  }: { readonly found: Item; readonly decided: Decided; readonly entering: Entering },
): Promise<boolean> {
  return writeAnew(table, key, found, {
    ...itemOf(group, entries, limits),
    ...defined({ lookedAt: isLooked ? now : lookedAtOf(found) }),
    expiresAt: expiryOf(entries, now),
  });
}

const itemOf = (group: EntryGroup, entries: readonly OpenEntry[], limits: GroupLimits) => ({
  entries: entries.length,
  ...Object.fromEntries(entries.map((entry) => [nameOfEntry(entry), toRow(entry)])),
  ...Object.fromEntries([...sumsOf(group, entries, limits)].map(([name, sum]) => [nameOfSum(name), sum])),
});
