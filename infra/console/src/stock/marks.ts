import type { Schema } from '../api/client.ts';

/** A product at a warehouse; without a warehouse it is nowhere. */
export interface StockRow {
  readonly sku: string;
  readonly description: string;
  readonly sold: boolean;
  readonly at: Schema<'ListedStock'>['warehouses'][number] | undefined;
}

export type Mark = 'out' | 'low' | 'well';

/** The rows of listed products: one for each warehouse, and one for a product that is nowhere. */
export const rowsOf = (listed: readonly Schema<'ListedStock'>[]): StockRow[] =>
  listed.flatMap(({ sku, description, sold, warehouses }): StockRow[] =>
    warehouses.length === 0
      ? [{ sku, description, sold, at: undefined }]
      : warehouses.map((at) => ({ sku, description, sold, at })),
  );

export const rowKey = ({ sku, at }: StockRow): string => `${sku}#${at?.warehouseId ?? ''}`;

/**
 * What an operator should see at once: nothing can be sold, or little. Little is as many units as `lowUnits` or fewer,
 * or what the last run of replenishment found to run out before its next arrival. A product that is not sold has no
 * mark.
 */
export function markOf(row: StockRow, lowUnits: number, runsOut: ReadonlySet<string>): Mark {
  if (!row.sold) return 'well';
  const available = row.at?.available ?? 0;
  if (available === 0) return 'out';
  return available <= lowUnits || runsOut.has(rowKey(row)) ? 'low' : 'well';
}

/** The places that run out before their next arrival, as {@link rowKey} names them. */
export const runningOut = (risks: readonly Schema<'SupplyRisk'>[]): ReadonlySet<string> =>
  new Set(
    risks
      .filter(({ kind }) => kind === 'runs-out' || kind === 'campaign-stock-late')
      .map(({ sku, warehouseId }) => `${sku ?? ''}#${warehouseId ?? ''}`),
  );

export interface Inbound {
  readonly units: number;
  /** When the first of them should arrive, RFC 3339. */
  readonly nextAt: string | undefined;
}

/**
 * Units on their way to a warehouse: from other warehouses, and of orders that are approved. What a transfer order has
 * sent is counted in the stock already.
 */
export function inboundOf(
  { sku, at }: Pick<StockRow, 'sku' | 'at'>,
  orders: readonly Schema<'ReplenishmentOrder'>[],
): Inbound {
  if (at === undefined) return { units: 0, nextAt: undefined };
  const coming = orders
    .filter(({ warehouseId, status }) => warehouseId === at.warehouseId && status !== 'proposed')
    .flatMap(({ kind, lines, expectedAt }) =>
      lines
        .filter((line) => line.sku === sku)
        .map(({ open, onTheWay }) => ({ units: kind === 'transfer' ? open - onTheWay : open, expectedAt })),
    )
    .filter(({ units }) => units > 0);
  const days = [...coming.map(({ expectedAt }) => expectedAt), at.nextTransferAt ?? ''].filter(Boolean);
  return {
    units: at.inTransit + coming.reduce((sum, { units }) => sum + units, 0),
    nextAt: days.sort()[0],
  };
}
