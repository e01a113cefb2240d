import type { Warehouse } from '../../catalogue/index.ts';
import type { Instant } from '../../kernel/time.ts';
import { instantAt } from '../../kernel/zoned-time.ts';
import type { BasketLine } from '../basket.ts';

/**
 * The earliest time at which goods that go together may leave the warehouse, UTC: the beginning of the latest of their
 * first days on its clocks. Undefined if they may leave at once.
 */
export function sentFromOf(
  lines: readonly Pick<BasketLine, 'product'>[],
  { timeZone }: Pick<Warehouse, 'timeZone'>,
  now: Instant,
): Instant | undefined {
  const days = lines.flatMap(({ product }) => product.availableFrom ?? []).toSorted();
  const day = days.at(-1);
  if (day === undefined) return undefined;
  const at = instantAt(timeZone, day, '00:00');
  return at > now ? at : undefined;
}
