import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { skuSchema, warehouseIdSchema } from '../../../events/landed-cost.ts';
import { type Counters, counterNames } from '../../stock/index.ts';
import type { RecordsPlace } from './records.ts';

/** The progress of rebuilding a SKU's figures. */
export interface RebuildProgress {
  readonly place: RecordsPlace;
  readonly movements: number;
  readonly orders: number;
  /** The stored stock as it was before the first record was read. */
  readonly mark: string;
  /** The sums of the records read so far, by warehouse. */
  readonly sums: ReadonlyMap<string, Counters>;
}

const count = z.int().min(0);

const cursorSchema = z.strictObject({
  sku: skuSchema,
  place: z.strictObject({ partition: count, after: z.string().max(200).optional() }),
  movements: count,
  orders: count,
  mark: z.string().max(64),
  /**
   * The counters in their order. Units that one part takes may have been received in a later one: then a sum is
   * negative.
   */
  sums: z.array(z.tuple([warehouseIdSchema, z.array(z.int()).length(counterNames.length)])),
});

/** No real progress is longer than this many bytes. */
const MAX_BYTES = 64 * 1024;

/** The progress as a cursor, so that nothing is stored between the parts. */
export function encodeProgress(sku: string, { sums, ...progress }: RebuildProgress): string {
  const figures = [...sums].map(([at, counters]) => [at, counterNames.map((name) => counters[name])]);
  return deflateRawSync(JSON.stringify({ sku, ...progress, sums: figures })).toString('base64url');
}

/** The progress in a cursor; undefined for a cursor that isn't ours, or is for another SKU. */
export function decodeProgress(sku: string, cursor: string): RebuildProgress | undefined {
  const read = cursorSchema.safeParse(inflated(cursor));
  if (!read.success || read.data.sku !== sku) return undefined;
  const { sums, sku: _sku, ...progress } = read.data;
  const countersOf = (figures: readonly number[]) =>
    Object.fromEntries(counterNames.map((name, at) => [name, figures[at] ?? 0])) as unknown as Counters;
  return { ...progress, sums: new Map(sums.map(([at, figures]) => [at, countersOf(figures)])) };
}

function inflated(cursor: string): unknown {
  try {
    const text = inflateRawSync(Buffer.from(cursor, 'base64url'), { maxOutputLength: MAX_BYTES });
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
}
