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

/** Stripe's paging: `limit` (1 to 100, else 10), `starting_after`, `ending_before`, `created` with gt, gte, lt, lte. */
export function listObjects(
  store: PartnerStore,
  list: { kind: string; url: string; matches: (one: Record<string, unknown>) => boolean },
  params: Form,
): StripeList {
  const limit = readInteger(params, 'limit') ?? 10;
  if (limit < 1 || limit > 100) throw invalid('limit', 'limit must be between 1 and 100');
  const beforeId = readText(params, 'starting_after');
  const afterId = readText(params, 'ending_before');
  const wanted = createdFilter(params);
  const page = { ...(beforeId !== undefined && { beforeId }), ...(afterId !== undefined && { afterId }) };
  const found = store
    .list<Record<string, unknown>>(list.kind, page)
    .filter((one) => wanted(Number(one.created)) && list.matches(one));
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

function createdFilter(params: Form): (created: number) => boolean {
  const given = params.created;
  if (given === undefined) return () => true;
  if (!isForm(given)) return (created) => created === readInteger(params, 'created');
  const bound = (name: string) => readInteger(given, name);
  const [gt, gte, lt, lte] = [bound('gt'), bound('gte'), bound('lt'), bound('lte')];
  return (created) =>
    (gt === undefined || created > gt) &&
    (gte === undefined || created >= gte) &&
    (lt === undefined || created < lt) &&
    (lte === undefined || created <= lte);
}
