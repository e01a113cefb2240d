import { createHash } from 'node:crypto';
import type { OtherRecordData } from '../../events/lake-records.ts';
import { defined } from '../kernel/defined.ts';
import type { Instant } from '../kernel/time.ts';
import type { VisitRequest } from './visit-request.ts';

/** A request of a storefront, as the lake keeps it. */
interface KeptVisit {
  /** The same for the same batch of a storefront on one UTC day. */
  readonly id: string;
  readonly data: OtherRecordData<'visit.reported'>;
}

/**
 * What the lake keeps of a request. The shopper's number is hashed with the storefront and the UTC day, so that no two
 * days and no two shops can be joined. It is random, so that nobody finds it by trying.
 */
export function visitData(
  { batchId, visitorId, country, steps }: VisitRequest,
  { storefrontId, now }: { readonly storefrontId: string; readonly now: Instant },
): KeptVisit {
  const day = now.slice(0, 10);
  const hash = (kind: string, text: string) =>
    createHash('sha256')
      .update(JSON.stringify([kind, storefrontId, day, text.toLowerCase()]))
      .digest('hex')
      .slice(0, 32);
  const visitor = visitorId === undefined ? undefined : hash('visitor', visitorId);
  return {
    id: `visit:${hash('batch', batchId)}`,
    data: { storefrontId, ...defined({ country, visitor }), steps },
  };
}
