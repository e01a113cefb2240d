import type { Trigger } from '../../events/triggers.ts';

/**
 * The items that anybody with a storefront's public key may cause to be written, by the beginnings of their partition
 * keys. `shared/aws/table.ts` lists every key; a test demands that each is here or in {@link SET_UP}.
 */
export const OF_SHOPPERS: readonly string[] = [
  'ORDER#',
  'QUOTE#',
  'STOCK#',
  'STOCK-DEMAND',
  'RESERVATION#',
  'WORKLOAD#',
  'IDEMPOTENCY#',
  'SLOTS#',
  'OPEN#',
  'CALLBACK#',
  'REFERENCE#',
];

/** The items that operators and jobs write: what is sold, by whom, at which rates and rules, and who may call. */
export const SET_UP: readonly string[] = [
  'MOVEMENT#',
  'TRANSFER#',
  'PRODUCT#',
  'NETWORK',
  'CARRIER#',
  'COST#PURCHASE#',
  'COST#MARKETING#',
  'RATES',
  'RULES',
  'RULES#',
  'SELLER',
  'STOREFRONT#',
  'ERASURE#',
  'RECONCILIATION#',
  'SLOT-ZONES',
  'REPORT-RUNS#',
  'REPORT-READY#',
  'JOB#',
  'REPLENISHMENT#',
  'NEED#',
  'REPLENISHMENT-RUNS',
  'SUPPLIERS',
  'SUPPLIER#',
  'SUPPLY-RISKS',
  'SUPPLY-RISK#',
  'SLOTTING#',
  'SLOTTING-MOVE#',
];

/**
 * The partition keys that a function may write, as patterns of IAM; undefined for any. A fault in a function that
 * strangers call then can't change a price, a rate, a registration or a storefront.
 */
export function writtenKeys(trigger: Trigger): readonly string[] | undefined {
  if (trigger.kind !== 'http' || trigger.access.kind === 'scope') return undefined;
  return OF_SHOPPERS.map((start) => `${start}*`);
}
