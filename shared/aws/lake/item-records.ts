import type { LakeRecord } from '../../lake/index.ts';
import type { StockMovement } from '../../stock/index.ts';
import { type Attribute, imageOf, plainOf } from '../relay/image.ts';
import {
  FACT_PREFIX,
  MARKETING_COST_PREFIX,
  MOVEMENT_PREFIX,
  PURCHASE_COST_PREFIX,
  REFUSED_QUOTE,
  REPORT_KEY,
  STEP_PREFIX,
} from '../table.ts';
import {
  marketingCostRecord,
  movementRecord,
  productRecord,
  purchaseCostRecord,
  ratesRecords,
  rulesRecords,
  type Written,
} from './catalogue-records.ts';
import { keptCallRecord, stepRecords } from './order-records.ts';
import { quoteRecord, refusalRecord } from './quote-records.ts';
import { replenishmentRecords } from './replenishment-records.ts';

/** An item as the stream or the table gives it. */
export type RawItem = Readonly<Record<string, Attribute>>;

/**
 * What the lake keeps of a written item of the table; nothing of most items. Throws on an item that should have a
 * record and can't be read.
 */
export function recordsOfItem(raw: RawItem, written: Written): LakeRecord[] {
  const image = imageOf(raw);
  const { pk = '', sk = '' } = image;
  if (sk.startsWith(FACT_PREFIX)) return image.facts === undefined ? [] : stepRecords(image);
  // The erasure of an order leaves nothing of its quote but the key.
  if (sk === 'QUOTE') return image.quote === undefined ? [] : [quoteRecord(image)];
  if (sk === REFUSED_QUOTE) return [refusalRecord(image)];
  if (sk === 'CALLBACK') return [keptCallRecord(image, written.at)];
  if (sk === 'PRODUCT') return [productRecord(image, written)];
  if (sk === REPORT_KEY) return rulesRecords(image, written);
  if (pk === 'RATES') return ratesRecords(image, written);
  if (pk.startsWith(PURCHASE_COST_PREFIX)) return [purchaseCostRecord(image, written)];
  if (pk.startsWith(MARKETING_COST_PREFIX)) return [marketingCostRecord(image, written)];
  if (sk.startsWith(STEP_PREFIX)) return replenishmentRecords(image);
  if (sk.startsWith(MOVEMENT_PREFIX) && raw.movement !== undefined) {
    const movement = plainOf(raw.movement) as StockMovement;
    return [movementRecord(movement, sk.slice(MOVEMENT_PREFIX.length), image.recordedAt ?? written.at)];
  }
  return [];
}
