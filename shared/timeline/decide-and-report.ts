import type { Cause } from '../../events/envelope.ts';
import type { Notice, Report } from '../kernel/report.ts';
import { type ActOnOrder, actOnOrder } from './act-on-order.ts';
import type { Decided, Timeline } from './timeline.ts';

/** The result of a decision on a partner's update: facts, and notices for a person. */
export interface Decision {
  readonly facts: readonly Decided[];
  readonly notices: readonly Notice[];
}

export const nothing: Decision = { facts: [], notices: [] };

/** Like {@link actOnOrder}; reports the notices of the final decision after it is written. */
export async function decideAndReport(
  deps: ActOnOrder & { readonly report: Report },
  orderId: string,
  cause: Cause,
  decide: (timeline: Timeline) => Decision,
): Promise<Timeline> {
  let notices: readonly Notice[] = [];
  const timeline = await actOnOrder(deps, orderId, cause, (latest) => {
    const decision = decide(latest);
    notices = decision.notices;
    return decision.facts;
  });
  for (const notice of notices) deps.report(notice);
  return timeline;
}
