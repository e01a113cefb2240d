import type { Operation, Sandbox } from '../../../../../infra/sandbox/partner.ts';
import type { EasyPostDesk } from './desk.ts';
import { notFound } from './refusal.ts';
import type { EasyPostShipment, EasyPostTracker } from './wire.ts';

/** GET /v2/shipments: newest first. */
export function listShipments({ store }: Sandbox, desk: EasyPostDesk): Operation['answer'] {
  return ({ query }) => {
    const { page, size } = pageOf(query);
    const found = store
      .list<EasyPostShipment>('easypost.shipment', page)
      .filter((one) => matchesShipment(one, query));
    const shipments = found.slice(0, size).map((one) => desk.render(one));
    return { status: 200, body: { shipments, has_more: found.length > size } };
  };
}

/** GET /v2/trackers: newest first. */
export function listTrackers({ store }: Sandbox): Operation['answer'] {
  return ({ query }) => {
    const { page, size } = pageOf(query);
    const found = store
      .list<EasyPostTracker>('easypost.tracker', page)
      .filter((one) => matchesTracker(one, query));
    return { status: 200, body: { trackers: found.slice(0, size), has_more: found.length > size } };
  };
}

function pageOf(query: URLSearchParams) {
  const beforeId = query.get('before_id');
  const afterId = query.get('after_id');
  return {
    size: Math.min(Number(query.get('page_size') ?? 20), 100),
    page: { ...(beforeId !== null && { beforeId }), ...(afterId !== null && { afterId }) },
  };
}

function matchesShipment(shipment: EasyPostShipment, query: URLSearchParams): boolean {
  // Without the parameter, EasyPost lists only purchased shipments.
  if (query.get('purchased') !== 'false' && shipment.postage_label === null) return false;
  return isCreatedIn(shipment, query);
}

function isCreatedIn(one: { readonly created_at: string }, query: URLSearchParams): boolean {
  const createdMs = Date.parse(one.created_at);
  const [from, to] = [query.get('start_datetime'), query.get('end_datetime')];
  return (from === null || createdMs >= Date.parse(from)) && (to === null || createdMs <= Date.parse(to));
}

function matchesTracker(tracker: EasyPostTracker, query: URLSearchParams): boolean {
  const code = query.get('tracking_code');
  const carrier = query.get('carrier');
  const isNamed =
    (code === null || tracker.tracking_code === code) && (carrier === null || tracker.carrier === carrier);
  return isNamed && isCreatedIn(tracker, query);
}

/** Reads one object of a kind by its id. */
export function retrieve(sandbox: Sandbox, kind: string): Operation['answer'] {
  return (_request, { id = '' }) => {
    const found = sandbox.store.get<object>(kind, id);
    if (found === undefined) throw notFound();
    return { status: 200, body: found };
  };
}
