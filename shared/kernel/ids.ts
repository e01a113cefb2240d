import { randomBytes } from 'node:crypto';
import * as z from 'zod';

/** The kinds of ids. The prefix is always part of the id, so that ids of two kinds can't be confused. */
export const idPrefixes = {
  quote: 'quo',
  order: 'ord',
  payment: 'pay',
  refund: 'ref',
  parcel: 'par',
  declaration: 'dec',
  dispatch: 'dsp',
  fact: 'fct',
  movement: 'mov',
  journal: 'jrn',
  hold: 'hld',
  erasure: 'era',
  replenishmentOrder: 'rpl',
} as const;

export type IdKind = keyof typeof idPrefixes;

// Crockford's base 32, without I, L, O and U: it sorts like the number and can be read out over the phone.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const RANDOM_BYTES = 16;

function encodeTime(epochMs: number): string {
  let rest = epochMs;
  let text = '';
  for (let i = 0; i < TIME_CHARS; i += 1) {
    text = `${ALPHABET[rest % 32]}${text}`;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Makes ids: `ord_01K…`, sortable by time to the millisecond, followed by 80 random bits. */
export type NewId = (kind: IdKind, now: Date) => string;

export const newId: NewId = (kind, now) => {
  let random = '';
  for (const byte of nextRandom()) random += ALPHABET[byte % 32];
  return `${idPrefixes[kind]}_${encodeTime(now.getTime())}${random}`;
};

/** Random bytes for many ids are made at once: an order has six of them. None is used twice. */
const POOL_BYTES = 64 * RANDOM_BYTES;
let pool: Buffer | undefined;
let used = POOL_BYTES;

function nextRandom(): Buffer {
  if (pool === undefined || used >= POOL_BYTES) {
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  used += RANDOM_BYTES;
  return pool.subarray(used - RANDOM_BYTES, used);
}

/**
 * The id of the order of a quote: it has the quote's number. So the key of an order shows that its quote was used,
 * and no second order can be placed on it.
 */
export const orderIdOf = (quoteId: string): string =>
  `${idPrefixes.order}${quoteId.slice(idPrefixes.quote.length)}`;

/** The id of the quote on which an order was placed. */
export const quoteIdOf = (orderId: string): string =>
  `${idPrefixes.quote}${orderId.slice(idPrefixes.order.length)}`;

const QUOTE_ID = new RegExp(`^${idPrefixes.quote}_[0-9A-HJKMNP-TV-Z]{26}$`);

/** Whether a text has the form of a quote's id. */
export const isQuoteId = (text: string): boolean => QUOTE_ID.test(text);

/** How many dispatch orders of an order have ids that are derived from its own. */
const MAX_DERIVED = ALPHABET.length - 1;

/**
 * The id of an order's n-th dispatch order, from 1 on: the order's own, with the number in the place of the first
 * character, which is 0 until the year 3084. So a warehouse's call leads to its order without a stored reference.
 * Undefined beyond the 31st.
 */
export const dispatchIdOf = (orderId: string, number: number): string | undefined =>
  number < 1 || number > MAX_DERIVED
    ? undefined
    : `${idPrefixes.dispatch}_${ALPHABET[number]}${orderId.slice(idPrefixes.order.length + 2)}`;

const DERIVED_DISPATCH = new RegExp(`^${idPrefixes.dispatch}_[1-9A-HJKMNP-TV-Z]([0-9A-HJKMNP-TV-Z]{25})$`);

/** The order of a dispatch order whose id {@link dispatchIdOf} derived; undefined for every other id. */
export function orderOfDispatch(dispatchId: string): string | undefined {
  const rest = DERIVED_DISPATCH.exec(dispatchId)?.[1];
  return rest === undefined ? undefined : `${idPrefixes.order}_0${rest}`;
}

/** Schema of an id of that kind: prefix, underscore, 26 characters. */
export function idSchema(kind: IdKind) {
  return z
    .string()
    .regex(
      new RegExp(`^${idPrefixes[kind]}_[0-9A-HJKMNP-TV-Z]{26}$`),
      `an id that begins with ${idPrefixes[kind]}_`,
    )
    .meta({ example: `${idPrefixes[kind]}_01KAXB3J5K0000000000000000` });
}
