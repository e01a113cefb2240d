import type { PartnerStore } from '../../../../../infra/sandbox/store.ts';
import { type Form, isForm, readInteger, readList, readText } from './form.ts';
import { invalid } from './refusal.ts';

/** One page of a list in Stripe's format, newest first. */
export interface StripeList {
  object: 'list';
  url: string;
  has_more: boolean;
  data: unknown[];
}

/** Stripe's paging: `limit` (1 to 100, else 10), `starting_after`, `ending_before`; times with gt, gte, lt, lte. */
export function listObjects(
  store: PartnerStore,
  list: { kind: string; url: string; matches: (one: Record<string, unknown>) => boolean },
  params: Form,
): StripeList {
  const limit = readInteger(params, 'limit') ?? 10;
  if (limit < 1 || limit > 100) throw invalid('limit', 'limit must be between 1 and 100');
  const beforeId = readText(params, 'starting_after');
  const afterId = readText(params, 'ending_before');
  const [created, arrival] = [timeFilter(params, 'created'), timeFilter(params, 'arrival_date')];
  const page = { ...(beforeId !== undefined && { beforeId }), ...(afterId !== undefined && { afterId }) };
  const found = store
    .list<Record<string, unknown>>(list.kind, page)
    .filter((one) => created(one) && arrival(one) && list.matches(one));
  const data = afterId === undefined ? found.slice(0, limit) : found.slice(-limit);
  return { object: 'list', url: list.url, has_more: found.length > limit, data };
}

/** Keeps the objects whose members equal the parameters of the same name. Absent parameters do not filter. */
export function matchMembers(
  params: Form,
  names: readonly string[],
): (one: Record<string, unknown>) => boolean {
  return (one) => names.every((name) => params[name] === undefined || one[name] === params[name]);
}

/** Keeps the events of the requested types. `type` may end in `.*`. */
export function matchTypes(params: Form): (one: Record<string, unknown>) => boolean {
  const types = [
    ...readList(params, 'types'),
    ...[readText(params, 'type')].filter((type) => type !== undefined),
  ];
  return (one) =>
    types.length === 0 ||
    types.some((type) =>
      type.endsWith('.*') ? String(one.type).startsWith(type.slice(0, -1)) : one.type === type,
    );
}

/** Keeps the objects of which the member, in Unix seconds, is that value or within the bounds. */
function timeFilter(params: Form, name: string): (one: Record<string, unknown>) => boolean {
  const given = params[name];
  if (given === undefined) return () => true;
  if (!isForm(given)) return (one) => one[name] === readInteger(params, name);
  const bound = (of: string) => readInteger(given, of);
  const [gt, gte, lt, lte] = [bound('gt'), bound('gte'), bound('lt'), bound('lte')];
  return (one) => {
    const at = Number(one[name]);
    return (
      (gt === undefined || at > gt) &&
      (gte === undefined || at >= gte) &&
      (lt === undefined || at < lt) &&
      (lte === undefined || at <= lte)
    );
  };
}
