import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import type { RefundedLine } from '../../events/payment.ts';
import type { FieldProblem } from '../kernel/problem.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import {
  captureAt,
  closedParcels,
  factsNamed,
  isCaptured,
  orderStateOf,
  placedFact,
  placesBack,
  plannedParcels,
  type Timeline,
  takePlaces,
} from '../timeline/index.ts';
import { type LinePrice, linePricesOf, priceOfUnits } from './line-prices.ts';

/** The most lines that a refund names: as many as an order has. */
const MAX_LINES = 80;

/** Units that an operator gives back, by the SKU or by the line's id of the landed cost. */
export const wantedLinesSchema = z
  .array(
    z
      .strictObject({
        sku: skuSchema.optional(),
        lineId: z.string().min(1).max(40).optional(),
        quantity: z.int().min(1).max(10_000),
      })
      .refine(({ sku, lineId }) => (sku === undefined) !== (lineId === undefined), {
        message: 'a line has a sku or a lineId, and not both',
      }),
  )
  .min(1)
  .max(MAX_LINES);

/** Units of lines to give back, with their share of the shipping or without it. */
export interface WantedLines {
  readonly lines: z.infer<typeof wantedLinesSchema>;
  readonly shipping: boolean;
}

/**
 * The units with what goes back for them. A SKU names the units of all its lines, in the order of the landed cost.
 * Units that went back before, or that are going back, are left out, and so are those whose parcel was not supplied,
 * not paid, or given back with its closing. Refused with a problem for each wanted line that has not enough units.
 */
export function linesToRefund(
  timeline: Timeline,
  { lines: wanted, shipping }: WantedLines,
): Result<RefundedLine[], FieldProblem[]> {
  const { landedCost } = placedFact(timeline).data;
  const prices = plannedParcels(timeline).flatMap((parcel) => linePricesOf(landedCost, parcel));
  const why = whyNotByParcel(timeline);
  const back = placesBack(timeline.facts);
  const refunded: RefundedLine[] = [];
  const problems = wanted.flatMap(({ sku, lineId, quantity }, index): FieldProblem[] => {
    const field = sku === undefined ? 'lineId' : 'sku';
    const named = prices.filter((line) => (sku === undefined ? line.lineId === lineId : line.sku === sku));
    if (named.length === 0)
      return [problem(index, field, 'line-unknown', `the order has no line with this ${field}`)];
    const open = named.filter(({ parcelId }) => !why.has(parcelId));
    const [stopped] = named.flatMap(({ parcelId }) => why.get(parcelId) ?? []);
    if (open.length === 0 && stopped !== undefined) return [problem(index, field, stopped, WHY_NOT[stopped])];
    const leftOf = (line: LinePrice) => line.quantity - (back.get(line.lineId)?.size ?? 0);
    const left = open.reduce((all, line) => all + leftOf(line), 0);
    if (quantity > left)
      return [problem(index, 'quantity', 'more-units-than-are-left', `at most ${left} can go back`)];
    let rest = quantity;
    for (const line of open) {
      const units = Math.min(rest, leftOf(line));
      if (units === 0) continue;
      const places = takePlaces(back, line.lineId, units);
      refunded.push(priceOfUnits(line, { places, withShipping: shipping }));
      rest -= units;
    }
    return [];
  });
  return problems.length > 0 ? refused(problems) : ok(refunded);
}

const WHY_NOT = {
  'parcel-stopped': 'its parcel was stopped: the price goes back with the stop',
  'parcel-given-back': 'money of its parcel went back when the parcel was closed',
  'parcel-not-paid': 'its parcel is not paid yet: it is captured when the parcel leaves',
} as const;

/** The parcels whose lines can't be refunded, with the reason. */
function whyNotByParcel(timeline: Timeline): ReadonlyMap<string, keyof typeof WHY_NOT> {
  const { facts } = timeline;
  const { ended } = orderStateOf(facts);
  const closed = closedParcels(facts);
  const givenBack = new Set(
    factsNamed(facts, 'parcel.closed').flatMap(({ data }) => (data.refund === 'none' ? [] : [data.parcelId])),
  );
  const isPaidLater = captureAt(facts) !== undefined;
  return new Map(
    plannedParcels(timeline).flatMap(({ parcelId }): (readonly [string, keyof typeof WHY_NOT])[] => {
      const isStopped = closed.get(parcelId) === 'stopped' || ended === 'cancelled' || ended === 'expired';
      if (isStopped) return [[parcelId, 'parcel-stopped']];
      if (givenBack.has(parcelId)) return [[parcelId, 'parcel-given-back']];
      if (isPaidLater && !isCaptured(facts, parcelId)) return [[parcelId, 'parcel-not-paid']];
      return [];
    }),
  );
}

const problem = (index: number, field: string, code: string, detail: string): FieldProblem => ({
  ...{ pointer: `/lines/${index}/${field}`, code, detail },
});
