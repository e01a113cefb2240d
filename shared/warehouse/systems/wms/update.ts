import { lookUp } from '../../../kernel/look-up.ts';
import type { WarehouseUpdate } from '../../warehouse-system.ts';
import type { WireView, WireWork } from './wire.ts';

/** Our status for each of the system's words. `received` only confirms our own request. */
const statusWords: Readonly<Record<string, WarehouseUpdate['status']>> = {
  accepted: 'accepted',
  picked: 'picked',
  packed: 'packed',
  short: 'short',
  handed_over: 'handed-over',
  cancelled: 'cancelled',
};

const ownWord = 'received';

/** Translates one report of work. A word that is not in the table gives `unrecognised`. */
export function toUpdate(word: string, work: WireWork): WarehouseUpdate {
  const status = lookUp(statusWords, word) ?? 'unrecognised';
  const { dispatchId, occurredAt, weightGrams, shortLines } = work;
  return {
    dispatchId,
    status,
    word,
    occurredAt,
    ...(status === 'packed' && { weightGrams: weightGrams ?? undefined }),
    ...(status === 'short' && {
      short: (shortLines ?? []).map(({ sku, ordered, picked }) => ({
        sku,
        missingQuantity: ordered - picked,
      })),
    }),
  };
}

/** All work on an order, oldest first. */
export function toHistory(view: WireView): readonly WarehouseUpdate[] {
  const { dispatchId, weightGrams, shortLines } = view;
  return view.history
    .filter(({ status }) => status !== ownWord)
    .map(({ status, occurredAt }) => toUpdate(status, { dispatchId, occurredAt, weightGrams, shortLines }));
}
