import type { OtherRecordData } from '../../../events/lake-records.ts';
import type { StockChangedData } from '../../../events/stock.ts';
import { TradeRulesImported } from '../../../events/trade-rules.ts';
import type { MarketingCost, Product, PurchaseCost } from '../../catalogue/index.ts';
import { defined } from '../../kernel/defined.ts';
import type { Instant } from '../../kernel/time.ts';
import { type LakeRecord, recordOf } from '../../lake/index.ts';
import type { ExchangeRates } from '../../rates/index.ts';
import { type CounterChange, changesOf, type StockMovement } from '../../stock/index.ts';
import type { Image } from '../relay/image.ts';
import { stableId } from './order-records.ts';

/** When an item was written, UTC, and the number of the change in the table's stream. */
export interface Written {
  readonly at: Instant;
  readonly change: string;
}

const written = (id: string, at: Instant) => ({ id, occurredAt: at, recordedAt: at });

/** The record of a product: what reports need of it. */
export function productRecord({ pk = '', product = '' }: Image, { at, change }: Written): LakeRecord {
  const { sku, description, hsCode, originCountry, unitWeightGrams, prices, customsValue } = JSON.parse(
    product,
  ) as Product;
  const [base] = prices;
  if (base === undefined) throw new Error('a product has a price');
  return recordOf('product.stored', written(stableId('product', pk, change), at), {
    ...{ sku, description, hsCode, originCountry, unitWeightGrams },
    basePrice: { amount: base.amount, currency: base.currency },
    ...defined({ customsValue }),
  });
}

/** The record of what a unit of a product costs from a day on. */
export function purchaseCostRecord(
  { pk = '', sk = '', cost = '' }: Image,
  { at, change }: Written,
): LakeRecord {
  const { sku, validFrom, purchase, firstLeg } = JSON.parse(cost) as PurchaseCost;
  return recordOf('purchase-cost.stored', written(stableId('purchase-cost', pk, sk, change), at), {
    ...{ sku, validFrom, purchase },
    ...defined({ firstLeg }),
  });
}

/** The record of what marketing cost on a day. */
export const marketingCostRecord = (
  { pk = '', sk = '', cost = '' }: Image,
  { at, change }: Written,
): LakeRecord =>
  recordOf(
    'marketing-cost.stored',
    written(stableId('marketing-cost', pk, sk, change), at),
    JSON.parse(cost) as MarketingCost,
  );

/** The records of tables of exchange rates: one, or those of the item with the additional rates of each currency. */
export function ratesRecords(image: Image, { at, change }: Written): LakeRecord[] {
  const texts =
    image.rates === undefined
      ? Object.entries(image).flatMap(([name, text]) => (/^[A-Z]{3}$/.test(name) ? [text] : []))
      : [image.rates];
  return texts.map((text) => {
    const { kind = 'daily', date, month, base, source, rates } = JSON.parse(text) as ExchangeRates;
    const id = stableId('rates', image.sk ?? '', change, text);
    const data = { kind, date, base, source, rates, ...defined({ month }) };
    return recordOf('rates.stored', written(id, at), data);
  });
}

/** The record of an import of trade rules; none of another report. */
export function rulesRecords({ pk = '', event, reported = '{}' }: Image, { at }: Written): LakeRecord[] {
  if (event !== TradeRulesImported.name) return [];
  const data = JSON.parse(reported) as OtherRecordData<'trade-rules.imported'>;
  return [recordOf('trade-rules.imported', written(stableId('rules', pk), at), data)];
}

const STATES = [
  'available',
  'quarantined',
  'onHand',
  'inTransit',
  'received',
  'transferredIn',
  'transferredOut',
  'writtenOff',
] as const;

/** The record of a movement of stock by hand. The reason that a person typed is left out. */
export function movementRecord(movement: StockMovement, key: string, recordedAt: Instant): LakeRecord {
  const { sku, kind } = movement;
  const at = written(stableId('movement', sku, key), recordedAt);
  return recordOf('stock.moved', at, {
    ...{ sku, key, kind },
    ...('transferId' in movement ? { transferId: movement.transferId } : {}),
    changes: changesOf(movement).map(({ warehouseId, strands }) => ({
      warehouseId,
      ...sumOf(strands.map(({ quantity, perUnit }) => ({ quantity, perUnit }))),
    })),
  });
}

/** The change of each state that changes. */
function sumOf(strands: readonly { readonly quantity: number; readonly perUnit: CounterChange }[]) {
  const sums = STATES.map((state) => {
    const sum = strands.reduce((all, { quantity, perUnit }) => all + quantity * (perUnit[state] ?? 0), 0);
    return [state, sum] as const;
  });
  return Object.fromEntries(sums.filter(([, sum]) => sum !== 0));
}

/** The record of a position of stock, which was changed by the change of that number. */
export const positionRecord = (data: StockChangedData, { change }: Pick<Written, 'change'>): LakeRecord =>
  recordOf('stock.changed', written(stableId('stock', data.sku, data.warehouseId, change), data.asOf), data);
