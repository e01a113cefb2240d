import { createRecordStream, quickStreamClient } from '../../aws/lake/record-stream.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { toInstant } from '../../kernel/time.ts';
import { recordOf, writeRecord } from '../../lake/index.ts';
import {
  tooManyVisits,
  VisitCounter,
  type VisitRequest,
  visitData,
  visitsNotKept,
} from '../../visits/index.ts';
import { log } from '../log.ts';
import { readSettings } from '../settings.ts';

/** Who reports a visit. */
interface Reporter {
  readonly storefrontId: string;
  readonly client: string;
}

const clock = () => new Date();

/** For keeping what storefronts report of visits. A request that is one too many, or that is not taken, is a problem. */
export function visitsDeps() {
  const stream = createRecordStream(readSettings().recordStream(), quickStreamClient());
  const counter = new VisitCounter();
  return {
    keep: async (request: VisitRequest, { storefrontId, client }: Reporter): Promise<void> => {
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
    },
  };
}
