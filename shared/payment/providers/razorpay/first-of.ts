import type * as z from 'zod';
import { later, minuteMs } from '../../../kernel/time.ts';
import { listOf, ownerOf } from './answers.ts';
import { askFor, type Context } from './call.ts';
import { RESERVATION_MS } from './offered-methods.ts';

/** How long before the order's first start an object may seem to be made, by another clock. */
const CLOCK_SLACK_MS = 10 * minuteMs;
const PAGE = 100;
const MAX_PAGES = 10;

export const toSeconds = (instant: string): number => Math.floor(Date.parse(instant) / 1_000);

/**
 * The first code or order that was made for the payment. Neither has an idempotency key, so those since the order was
 * placed are read: newest first, so that the last match is the first one.
 */
export async function firstOf<Found extends { readonly notes?: unknown }>(
  context: Context,
  { path, schema }: { readonly path: string; readonly schema: z.ZodType<Found> },
  { paymentId, payableUntil }: { readonly paymentId: string; readonly payableUntil: string },
): Promise<Found | undefined> {
  const from = toSeconds(later(payableUntil, -RESERVATION_MS - CLOCK_SLACK_MS));
  let first: Found | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = new URLSearchParams({ from: `${from}`, count: `${PAGE}`, skip: `${page * PAGE}` });
    const { items } = await askFor(context, {
      method: 'GET',
      path: `${path}?${query}`,
      schema: listOf(schema),
    });
    first = items.findLast((one) => ownerOf(one)?.paymentId === paymentId) ?? first;
    if (items.length < PAGE) break;
  }
  return first;
}
