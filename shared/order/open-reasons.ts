import type { Fact } from '../../events/all-events.ts';
import { ERASURE } from '../timeline/index.ts';
import { deadlinesOf } from './deadline.ts';
import { ERASURE_KEY } from './erasure-deadline.ts';
import { orderOf, terminalStatuses } from './order.ts';

/**
 * What an order still waits for besides the erasure of its personal data, in words. Empty: it has ended, nobody has to
 * look at it, and nothing has to be undone or paid back.
 */
export function openReasons(facts: readonly Fact[]): string[] {
  const { status, attention } = orderOf(facts);
  if (!terminalStatuses.includes(status)) return ['the end of the order'];
  return [
    ...attention
      .filter(({ reason }) => !reason.endsWith(ERASURE))
      .map(({ reason }) => `a person, because of: ${reason}`),
    ...deadlinesOf(facts)
      .filter(({ key }) => key !== ERASURE_KEY)
      .map(({ waitingFor }) => waitingFor),
  ];
}
