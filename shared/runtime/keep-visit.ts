import type { Outlet } from '../aws/relay/refusal.ts';
import { ProblemError } from '../kernel/problem.ts';
import { type Clock, toInstant } from '../kernel/time.ts';
import { recordOf, writeRecord } from '../lake/index.ts';
import {
  tooManyVisits,
  type VisitCounter,
  type VisitRequest,
  visitData,
  visitsNotKept,
} from '../visits/index.ts';
import { log } from './log.ts';

/** Who reports a visit. */
interface Reporter {
  readonly storefrontId: string;
  readonly client: string;
}

interface VisitDeps {
  readonly stream: Outlet<string>;
  readonly counter: VisitCounter;
  readonly clock: Clock;
}

/**
 * Puts what a storefront reports of a visit into the delivery stream of the lake. A request that is one too many, or
 * that the stream does not take, is a problem.
 */
export async function keepVisit(
  { stream, counter, clock }: VisitDeps,
  request: VisitRequest,
  { storefrontId, client }: Reporter,
): Promise<void> {
  const at = clock();
  const waitSeconds = counter.take({ storefrontId, client }, at.getTime());
  if (waitSeconds !== undefined) throw new ProblemError(tooManyVisits(waitSeconds));
  const now = toInstant(at);
  const { id, data } = visitData(request, { storefrontId, now });
  const record = recordOf('visit.reported', { id, occurredAt: now, recordedAt: now }, data);
  const [refusal] = await stream.put([writeRecord(record)]);
  if (refusal === undefined) return;
  log.warn('VISITS_NOT_KEPT', { reason: refusal.reason });
  throw new ProblemError(visitsNotKept);
}
