import type { Cause } from '../../events/envelope.ts';
import type { Notice, Report } from '../kernel/report.ts';
import { type ActOnOrder, actOnOrder } from './act-on-order.ts';
import type { Decided, Timeline } from './timeline.ts';

/** What follows from what a partner said: facts, and what a person should hear of. */
export interface Decision {
  readonly facts: readonly Decided[];
  readonly notices: readonly Notice[];
}

export const nothing: Decision = { facts: [], notices: [] };

/** As {@link actOnOrder}, and tells the notices of the decision that held, once it is written down. */
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
