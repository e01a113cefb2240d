import { timingSafeEqual } from 'node:crypto';
import type { OrderRecords } from '../aws/order/order-records.ts';
import { notFound, ProblemError } from '../kernel/problem.ts';
import { hashAccessToken } from '../order/index.ts';
import { placedFact } from '../timeline/index.ts';

/**
 * The order for its owner: the storefront that sold it, with the guest's token of this order. Anybody else gets the
 * same answer as for an unknown order, so that nobody can find out which ids exist.
 */
export function ownedOrder(
  records: OrderRecords | undefined,
  storefrontId: string | undefined,
  token: string | undefined,
): OrderRecords {
  const isOwner =
    records !== undefined &&
    placedFact(records.timeline).data.storefrontId === storefrontId &&
    sameHash(hashAccessToken(token ?? ''), records.accessTokenHash);
  if (!isOwner) throw new ProblemError(notFound('order'));
  return records;
}

function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
