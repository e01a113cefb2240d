import type {
  Operation,
  PartnerAnswer,
  PartnerRequest,
  PartnerServer,
  Sandbox,
} from '../../../../../infra/sandbox/partner.ts';
import type { Simulation } from '../../../../../infra/sandbox/simulation/simulation.ts';
import { createEasyPostDesk } from './desk.ts';
import { easypostHelp } from './help.ts';
import { printLabel } from './label.ts';
import { rateShipment } from './rates.ts';
import { answerEasyPostError, EasyPostRefusal, notFound } from './refusal.ts';
import { createShipment } from './shipments.ts';
import type { EasyPostShipment, EasyPostTracker } from './wire.ts';

/** EasyPost and the carriers behind it: rates, labels, refunds, trackers. */
export function createEasyPost(sandbox: Sandbox, simulation: Simulation): PartnerServer {
  const { store } = sandbox;
  const desk = createEasyPostDesk(sandbox, simulation);

  const list = (
    kind: 'shipment' | 'tracker',
    matches: (one: never, query: URLSearchParams) => boolean,
  ): Operation['answer'] => {
    return ({ query }) => {
      const size = Math.min(Number(query.get('page_size') ?? 20), 100);
      const beforeId = query.get('before_id');
      const afterId = query.get('after_id');
      const page = { ...(beforeId !== null && { beforeId }), ...(afterId !== null && { afterId }) };
      const found = store
        .list<{ id: string }>(`easypost.${kind}`, page)
        .filter((one) => matches(one as never, query));
      const data = found
        .slice(0, size)
        .map((one) => (kind === 'shipment' ? desk.render(one as EasyPostShipment) : one));
      return { status: 200, body: { [`${kind}s`]: data, has_more: found.length > size } };
    };
  };

  const rerate: Operation['answer'] = (_request, { id = '' }) => {
    const shipment = desk.read(id);
    const rates = rateShipment(
      { ...shipment, customs_info: shipment.customs_info },
      shipment.id,
      sandbox.now(),
    );
    return { status: 200, body: desk.render(desk.save({ ...shipment, rates })) };
  };

  const label: Operation['answer'] = (_request, { id = '' }) => {
    const shipment = store.get<EasyPostShipment>('easypost.shipment', id);
    if (shipment?.postage_label == null) throw notFound();
    return { status: 200, headers: { 'content-type': 'application/pdf' }, body: printLabel(shipment) };
  };

  return {
    help: easypostHelp,
    name: 'easypost',
    operations: [
      {
        name: 'shipments.create',
        method: 'POST',
        path: '/v2/shipments',
        answer: (request) => ({
          status: 201,
          body: desk.render(desk.save(createShipment(readJson(request), sandbox.now()))),
        }),
      },
      {
        name: 'shipments.list',
        method: 'GET',
        path: '/v2/shipments',
        answer: list('shipment', matchesShipment),
      },
      {
        name: 'shipments.retrieve',
        method: 'GET',
        path: '/v2/shipments/:id',
        answer: (_request, { id = '' }) => ({ status: 200, body: desk.render(desk.read(id)) }),
      },
      {
        name: 'shipments.buy',
        method: 'POST',
        path: '/v2/shipments/:id/buy',
        answer: (request, { id = '' }) => ({
          status: 200,
          body: desk.render(desk.buy(desk.read(id), readJson(request))),
        }),
      },
      { name: 'shipments.rerate', method: 'POST', path: '/v2/shipments/:id/rerate', answer: rerate },
      {
        name: 'shipments.refund',
        method: 'POST',
        path: '/v2/shipments/:id/refund',
        answer: (_request, { id = '' }) => ({ status: 200, body: desk.render(desk.refund(desk.read(id))) }),
      },
      { name: 'trackers.list', method: 'GET', path: '/v2/trackers', answer: list('tracker', matchesTracker) },
      {
        name: 'trackers.retrieve',
        method: 'GET',
        path: '/v2/trackers/:id',
        answer: retrieve(sandbox, 'easypost.tracker'),
      },
      {
        name: 'events.retrieve',
        method: 'GET',
        path: '/v2/events/:id',
        answer: retrieve(sandbox, 'easypost.event'),
      },
      { name: 'labels.retrieve', method: 'GET', path: '/labels/:id.pdf', answer: label },
    ],
    steps: { 'easypost.refund': desk.settleRefund, 'simulation.scan': simulation.scan },
    guard: (request, operation, work) => guard(sandbox, request, operation, work),
    contextOf: (_request, { id = '' }) => JSON.stringify(desk.find(id) ?? ''),
    // EasyPost has no idempotency key: two calls are two shipments.
    inFlightKey: () => undefined,
    conflict: () => answerEasyPostError(409, 'CONFLICT', 'The resource is being changed by another request.'),
    error: (status, _requestId, detail) => answerEasyPostError(status, codeFor(status), detail),
  };
}

function matchesShipment(shipment: EasyPostShipment, query: URLSearchParams): boolean {
  // EasyPost lists purchased shipments unless told otherwise.
  return query.get('purchased') === 'false' || shipment.postage_label !== null;
}

function matchesTracker(tracker: EasyPostTracker, query: URLSearchParams): boolean {
  const code = query.get('tracking_code');
  const carrier = query.get('carrier');
  return (
    (code === null || tracker.tracking_code === code) && (carrier === null || tracker.carrier === carrier)
  );
}

function retrieve(sandbox: Sandbox, kind: string): Operation['answer'] {
  return (_request, { id = '' }) => {
    const found = sandbox.store.get<object>(kind, id);
    if (found === undefined) throw notFound();
    return { status: 200, body: found };
  };
}

function guard(
  sandbox: Sandbox,
  request: PartnerRequest,
  operation: Operation,
  work: () => PartnerAnswer,
): PartnerAnswer {
  try {
    // Label files are public, as EasyPost's are: who has the address may print.
    if (operation.name !== 'labels.retrieve' && readKey(request) !== sandbox.secrets().easypostApiKey) {
      throw new EasyPostRefusal(401, 'APIKEY.INVALID', 'The API key is not valid.');
    }
    const answer = work();
    return { ...answer, headers: { ...answer.headers, 'x-request-id': request.requestId } };
  } catch (error) {
    if (error instanceof EasyPostRefusal)
      return answerEasyPostError(error.status, error.code, error.message, error.errors);
    throw error;
  }
}

function readKey(request: PartnerRequest): string | undefined {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer') return value;
  return scheme.toLowerCase() === 'basic'
    ? Buffer.from(value, 'base64').toString('utf8').split(':')[0]
    : undefined;
}

function readJson(request: PartnerRequest): unknown {
  try {
    return request.body === '' ? {} : (JSON.parse(request.body) as unknown);
  } catch {
    throw new EasyPostRefusal(400, 'BAD_REQUEST', 'The request body is not valid JSON.');
  }
}

function codeFor(status: number): string {
  return (
    { 404: 'NOT_FOUND', 429: 'RATE_LIMITED', 503: 'SERVICE_UNAVAILABLE', 504: 'GATEWAY_TIMEOUT' }[status] ??
    'INTERNAL_SERVER_ERROR'
  );
}
