import type { CalendarDate } from '../kernel/time.ts';
import { dayOf } from '../kernel/zoned-time.ts';
import type { CaptureAt } from '../timeline/index.ts';
import type { OfferedMethod } from './provider.ts';

/** When the goods leave, by the day in UTC. */
interface Sending {
  readonly today: CalendarDate;
  /** Presale: the day on which the last of them may leave. */
  readonly sentFrom?: CalendarDate | undefined;
}

/**
 * When money is captured that is not captured after screening. Presale goods are paid when they leave, by each method
 * that authorises first.
 */
export function captureAtOf(
  { captures, partialCapture }: OfferedMethod,
  { sentFrom }: Pick<Sending, 'sentFrom'>,
): CaptureAt | undefined {
  if (captures === 'at-delivery') return 'delivery';
  const isAtDispatch =
    captures === 'at-dispatch' || (captures === 'after-screening' && sentFrom !== undefined);
  if (!isAtDispatch || partialCapture === 'none') return undefined;
  return partialCapture === 'many' ? 'dispatch' : 'last-dispatch';
}

/** Days from the one on which goods may leave to their capture: a warehouse picks, packs and hands them over. */
const DAYS_TO_SEND = 2;

/** Why presale goods can't be paid by the method: it is captured at the dispatch, and does not hold until then. */
export function lapsing(
  entry: OfferedMethod,
  { sentFrom, today }: Sending,
): { readonly reason: 'authorisation-lapses'; readonly detail: string } | undefined {
  const captureAt = captureAtOf(entry, { sentFrom });
  if (sentFrom === undefined || captureAt === undefined || captureAt === 'delivery') return undefined;
  const { authorisedDays = 0 } = entry;
  if (dayOf(sentFrom) + DAYS_TO_SEND <= dayOf(today) + authorisedDays) return undefined;
  const held = authorisedDays === 0 ? 'for an unknown time' : `for ${authorisedDays} days`;
  return { reason: 'authorisation-lapses', detail: `held ${held}, and the goods leave from ${sentFrom} on` };
}
