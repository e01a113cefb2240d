import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/hash.ts';
import { idPrefixes } from '../../kernel/ids.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 26;

/** The order of a run: the same whenever the run is repeated. */
export interface OrderOfRun {
  readonly runId: string;
  readonly kind: 'purchase' | 'transfer';
  /** The supplier, or the warehouse that gives the units. */
  readonly from: string;
  readonly warehouseId: string;
  /** Of a purchase order. */
  readonly currency?: string | undefined;
  /** What is asked for, in order: another call of the run, with other products, makes another order. */
  readonly skus: readonly string[];
}

/** The id of an order, derived from its run, so that a repeated run finds what it made. 130 bits of SHA-256. */
export const orderIdOfRun = (order: OrderOfRun): string => idOf(order);

/** The id of an order that a person asks for, by the key of the request. */
export const orderIdOfRequest = (key: string): string => idOf({ request: key });

function idOf(of: object): string {
  const digest = createHash('sha256').update(canonicalJson(of)).digest();
  let text = '';
  for (let index = 0; index < CHARACTERS; index += 1)
    text += ALPHABET[(digest[index] ?? 0) % ALPHABET.length];
  return `${idPrefixes.replenishmentOrder}_${text}`;
}
