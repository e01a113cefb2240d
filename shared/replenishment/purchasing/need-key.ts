/** A SKU at a warehouse, with the open orders that somebody knew of who found that more is needed. */
export interface NeedOf {
  readonly sku: string;
  readonly warehouseId: string;
  /** Orders whose open units were counted as coming. Empty: none was open. */
  readonly countedOrderIds: readonly string[];
}

/**
 * The name of a need: `SKU@warehouse`, then `+` and the id of each open order that was counted. A need that comes again
 * while an order for it is open has the name of before, and is not ordered twice. One that is left although the open
 * orders are counted has another name.
 */
export const needKeyOf = ({ sku, warehouseId, countedOrderIds }: NeedOf): string =>
  [`${sku}@${warehouseId}`, ...countedOrderIds.toSorted()].join('+');

/** Reads a name of {@link needKeyOf}; undefined for another text. */
export function readNeedKey(text: string): NeedOf | undefined {
  const [place = '', ...countedOrderIds] = text.split('+');
  const [sku = '', warehouseId = '', ...rest] = place.split('@');
  if (sku === '' || warehouseId === '' || rest.length > 0) return undefined;
  return { sku, warehouseId, countedOrderIds };
}
