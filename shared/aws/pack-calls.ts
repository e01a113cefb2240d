import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { CallbackKind } from '../../events/callback.ts';
import { CALL_WORDS_1 } from './call-words.ts';

/** The texts that stored calls were compressed with, by the number in their first byte. */
const dictionaries: ReadonlyMap<number, Readonly<Record<CallbackKind, Buffer>>> = new Map([
  [1, bytesOf(CALL_WORDS_1)],
]);
const LATEST = 1;

/**
 * The body of a partner's call as it is stored: compressed with the words that calls of its kind repeat. A carrier
 * sends all scans so far with each call: 3,400 bytes with six scans take 420, and a notice of a broker takes 100.
 */
export function packCall(kind: CallbackKind, rawBody: Buffer): Uint8Array {
  return Buffer.concat([
    Buffer.of(LATEST),
    deflateRawSync(rawBody, { dictionary: dictionaryOf(LATEST, kind) }),
  ]);
}

/** The exact bytes of a stored call; throws on anything that {@link packCall} did not make for that kind. */
export function unpackCall(kind: CallbackKind, stored: unknown): Buffer {
  if (!(stored instanceof Uint8Array)) throw new Error('a stored call is binary');
  return inflateRawSync(stored.subarray(1), { dictionary: dictionaryOf(stored[0], kind) });
}

function dictionaryOf(number: number | undefined, kind: CallbackKind): Buffer {
  const words = number === undefined ? undefined : dictionaries.get(number);
  if (words === undefined) throw new Error(`there is no dictionary ${number} of calls`);
  return words[kind];
}

function bytesOf(words: Readonly<Record<CallbackKind, string>>): Readonly<Record<CallbackKind, Buffer>> {
  const { payment, carrier, customs, warehouse } = words;
  return {
    payment: Buffer.from(payment),
    carrier: Buffer.from(carrier),
    customs: Buffer.from(customs),
    warehouse: Buffer.from(warehouse),
  };
}
