import type { OpenEntry } from '../../catalogue/index.ts';
import { defined } from '../../kernel/defined.ts';
import type { Instant } from '../../kernel/time.ts';

/** The tries of a write that others' writes may refuse. */
export const MAX_ATTEMPTS = 10;
/** An item is not looked at again for this long: a flood of refused orders costs no reads of orders. */
export const LOOK_AGAIN_MS = 5_000;

/** The item of a group as the engine gives it with a refused write: each value with its type. */
export type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

const ENTRY = '@';
const SUM = '#';
const REQUEST = '~';

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

/** The entries of an item that was read, and not refused. */
export const entriesOfRead = (item: Readonly<Record<string, unknown>>): readonly OpenEntry[] =>
  Object.entries(item).flatMap(([name, row]) =>
    name.startsWith(ENTRY) && typeof row === 'string' ? [fromRow(name.slice(ENTRY.length), row)] : [],
  );

const MINUTE_MS = 60_000;
const BASE = 36;
const instant = (minutes: string): Instant =>
  new Date(Number.parseInt(minutes, BASE) * MINUTE_MS).toISOString();
const minutes = (at: Instant, round: (value: number) => number) =>
  round(Date.parse(at) / MINUTE_MS).toString(BASE);

/** An entry without its id and field names, and with times in minutes: an item of ten takes one unit. */
export const toRow = ({ client, address, units, goods = [], request, since, until }: OpenEntry): string =>
  [
    ...[client, address, units, minutes(since, Math.floor), minutes(until, Math.ceil)],
    ...(request === undefined ? [] : [`${REQUEST}${request}`]),
    ...goods.map((each) => `${each.sku}:${each.units}`),
  ].join(' ');

function fromRow(id: string, row: string): OpenEntry {
  const [client = '', address = '', units, since = '', until = '', ...rest] = row.split(' ');
  const request = rest.find((each) => each.startsWith(REQUEST))?.slice(REQUEST.length);
  const named = rest.filter((each) => !each.startsWith(REQUEST));
  const goods = named.map((each) => {
    const [sku = '', ofSku] = each.split(':');
    return { sku, units: Number(ofSku), most: 0 };
  });
  const times = { since: instant(since), until: instant(until) };
  return { id, client, address, units: Number(units), goods, ...defined({ request }), ...times };
}
