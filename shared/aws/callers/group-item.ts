import type { OpenEntry } from '../../catalogue/index.ts';
import type { Instant } from '../../kernel/time.ts';

/** The item of a group as the engine gives it with a refused write: each value with its type. */
export type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

const ENTRY = '@';
const SUM = '#';

/** The attribute of an entry. */
export const nameOfEntry = ({ id }: Pick<OpenEntry, 'id'>): string => `${ENTRY}${id}`;

/** The attribute of a sum. */
export const nameOfSum = (name: string): string => `${SUM}${name}`;

/** Grows with each write. */
export const versionOf = ({ version }: Item): number => Number(version?.N);

/** When it was looked last which entries have ended; undefined before the first look. */
export const lookedAtOf = ({ lookedAt }: Item): Instant | undefined => lookedAt?.S;

/** The entries of the group. */
export const entriesIn = (item: Item): readonly OpenEntry[] =>
  Object.entries(item).flatMap(([name, { S = '' }]) =>
    name.startsWith(ENTRY) ? [fromRow(name.slice(ENTRY.length), S)] : [],
  );

const MINUTE_MS = 60_000;
const BASE = 36;
const instant = (minutes: string): Instant =>
  new Date(Number.parseInt(minutes, BASE) * MINUTE_MS).toISOString();
const minutes = (at: Instant, round: (value: number) => number) =>
  round(Date.parse(at) / MINUTE_MS).toString(BASE);

/** An entry without its id and field names, and with times in minutes: an item of ten takes one unit. */
export const toRow = ({ client, address, units, goods = [], since, until }: OpenEntry): string =>
  [
    ...[client, address, units, minutes(since, Math.floor), minutes(until, Math.ceil)],
    ...goods.map((each) => `${each.sku}:${each.units}`),
  ].join(' ');

function fromRow(id: string, row: string): OpenEntry {
  const [client = '', address = '', units, since = '', until = '', ...rest] = row.split(' ');
  const goods = rest.map((each) => {
    const [sku = '', ofSku] = each.split(':');
    return { sku, units: Number(ofSku), most: 0 };
  });
  return { id, client, address, units: Number(units), goods, since: instant(since), until: instant(until) };
}
