import * as z from 'zod';
import { formatMoney, money } from '../../kernel/money.ts';
import type { SkuPlan, WireReason } from '../explain/sku-plan.ts';
import { decimalText } from '../policy/decimal-text.ts';

/** What a run wants to buy and to move of a SKU for a site: one line of a file of proposals. */
export const proposedNeedSchema = z.strictObject({
  sku: z.string(),
  warehouseId: z.string(),
  /** By supplier; several where a share is limited. */
  from: z.array(z.strictObject({ supplierId: z.string(), units: z.int().min(1) })),
  /** By the warehouse that gives the units. */
  transfers: z
    .array(z.strictObject({ fromWarehouseId: z.string(), units: z.int().min(1), expectedOn: z.iso.date() }))
    .default([]),
  /** Units after those that are there or on their way, and the probability that each is sold before the next order. */
  chances: z.array(z.strictObject({ units: z.int().min(1), probability: z.number() })).default([]),
  /** What the limits of the run took away. */
  cut: z
    .array(
      z.strictObject({
        kind: z.enum(['purchase', 'transfer']),
        /** The supplier, or the warehouse that gives. */
        from: z.string(),
        wanted: z.int().min(1),
        units: z.int().min(0),
        limits: z.array(z.string()),
      }),
    )
    .optional(),
  needKey: z.string(),
  needBy: z.iso.date().optional(),
  reasons: z.array(z.string()),
});

export type ProposedNeed = z.infer<typeof proposedNeedSchema>;

/** The figures that an order carries, the most useful first: it takes ten texts of 200 characters. */
const SHOWN = [
  'transfer',
  'forecast',
  'lead-time',
  'guaranteed-service',
  'net-lead-time',
  'service-level',
  'safety-stock',
  'reorder-point',
  'position',
  'order-quantity',
  'expiry',
  'pack-rounding',
  'cover',
] as const;
const MAX_CHARACTERS = 200;

/** The reasons of a plan as the texts of an order line. The first says how the forecast was made. */
export function reasonTexts(
  { forecast }: Pick<SkuPlan, 'forecast'>,
  reasons: readonly WireReason[],
): string[] {
  const texts = SHOWN.flatMap((code) => reasons.filter((reason) => reason.code === code).map(reasonText));
  const method = forecast === undefined ? [] : [`method: ${forecast.method}, ${forecast.perDay} a day`];
  return [...method, ...texts].map((text) => text.slice(0, MAX_CHARACTERS)).slice(0, 10);
}

const unitText = { units: ' units', days: ' days', probability: '', money: '' } as const;

/** `safety-stock: 12.3 units = 2.05 x 6`. */
function reasonText({ code, figure, unit, formula }: WireReason): string {
  const shown =
    typeof figure === 'number' ? decimalText(figure) : formatMoney(money(figure.amount, figure.currency));
  return `${code}: ${shown}${unitText[unit]} = ${formula}`;
}
