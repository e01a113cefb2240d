import { createHmac } from 'node:crypto';
import type {
  Operation,
  PartnerAnswer,
  PartnerRequest,
  PartnerServer,
  Sandbox,
  SandboxPartner,
} from '../../../../../infra/sandbox/partner.ts';
import { newApiKey } from '../../../../../infra/sandbox/partner-keys.ts';
import { type HookSecret, listSecrets } from '../../../../../infra/sandbox/signatures.ts';
import { remit } from './cash.ts';
import { EasyPostDesk } from './desk.ts';
import { easypostHelp } from './help.ts';
import { printLabel } from './label.ts';
import { listShipments, listTrackers, retrieve } from './lists.ts';
import { rateShipment } from './rates.ts';
import { readJson } from './read-json.ts';
import { answerEasyPostError, EasyPostRefusal, notFound } from './refusal.ts';
import { createAddress, createShipment } from './shipments.ts';

/** EasyPost with its carriers: rates, labels, refunds and trackers. */
export const sandboxPartner: SandboxPartner = {
  kind: 'carrier',
  code: 'easypost',
  portOffset: 1,
  help: easypostHelp,
  createKeys: () => ({ apiKey: newApiKey('EZTK'), webhookSecret: newApiKey('') }),
  settings: ({ url, apiKey, webhookSecrets }) => ({ apiKey, webhookSecrets, baseUrl: url }),
  signHook: (secret, { body }) => signAsEasyPost(secret, body),
  createServer: createEasyPost,
};

/** Signs the raw body, without a time. The key is the secret after NFKD normalisation. There is only one secret. */
function signAsEasyPost(secret: HookSecret, body: string): Record<string, string> {
  const key = (listSecrets(secret)[0] ?? '').normalize('NFKD');
  return { 'x-hmac-signature': `hmac-sha256-hex=${createHmac('sha256', key).update(body).digest('hex')}` };
}

function createEasyPost(sandbox: Sandbox): PartnerServer {
  const desk = new EasyPostDesk(sandbox);
  return {
    operations: [...shipmentOperations(sandbox, desk), ...trackerOperations(sandbox, desk)],
    steps: {
      'easypost.refund': (data: Parameters<EasyPostDesk['settleRefund']>[0]) => desk.settleRefund(data),
    },
    guard: (request, operation, work) => guard(sandbox, request, operation, work),
    contextOf: (_request, { id = '' }) => JSON.stringify(desk.find(id) ?? ''),
    // EasyPost has no idempotency key, so two calls create two shipments.
    inFlightKey: () => undefined,
    conflict: () => answerEasyPostError(409, 'CONFLICT', 'The resource is being changed by another request.'),
    error: (status, _requestId, detail) => answerEasyPostError(status, codeFor(status), detail),
  };
}

function shipmentOperations(sandbox: Sandbox, desk: EasyPostDesk): Operation[] {
  return [
    {
      name: 'addresses.create',
      method: 'POST',
      path: '/v2/addresses',
      answer: (request) => ({ status: 201, body: desk.saveAddress(createAddress(readJson(request))) }),
    },
    {
      name: 'addresses.retrieve',
      method: 'GET',
      path: '/v2/addresses/:id',
      answer: retrieve(sandbox, 'easypost.address'),
    },
    {
      name: 'shipments.create',
      method: 'POST',
      path: '/v2/shipments',
      answer: (request) => ({
        status: 201,
        body: desk.render(
          desk.save(createShipment(readJson(request), sandbox.now(), (id) => desk.address(id))),
        ),
      }),
    },
    { name: 'shipments.list', method: 'GET', path: '/v2/shipments', answer: listShipments(sandbox, desk) },
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
    {
      name: 'shipments.rerate',
      method: 'POST',
      path: '/v2/shipments/:id/rerate',
      answer: (_request, { id = '' }) => ({ status: 200, body: rerate(desk, id, sandbox.now()) }),
    },
    {
      name: 'shipments.refund',
      method: 'POST',
      path: '/v2/shipments/:id/refund',
      answer: (_request, { id = '' }) => ({ status: 200, body: desk.render(desk.refund(desk.read(id))) }),
    },
  ];
}

function trackerOperations(sandbox: Sandbox, desk: EasyPostDesk): Operation[] {
  return [
    { name: 'trackers.list', method: 'GET', path: '/v2/trackers', answer: listTrackers(sandbox) },
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
    {
      name: 'labels.retrieve',
      method: 'GET',
      path: '/labels/:id.pdf',
      answer: (_request, { id = '' }) => showLabel(desk, id),
    },
    { name: 'remittances.create', method: 'POST', path: '/sandbox/remittances', answer: remit(sandbox) },
  ];
}

function rerate(desk: EasyPostDesk, id: string, nowMs: number): object {
  const shipment = desk.read(id);
  const rates = rateShipment(shipment, shipment.id, nowMs);
  return desk.render(desk.save({ ...shipment, rates }));
}

function showLabel(desk: EasyPostDesk, id: string): PartnerAnswer {
  const shipment = desk.find(id);
  if (shipment?.postage_label == null) throw notFound();
  return {
    status: 200,
    headers: { 'content-type': 'application/pdf' },
    body: printLabel(shipment, desk.importerOf(shipment)),
  };
}

const isPublic: readonly string[] = ['labels.retrieve', 'remittances.create'];

function guard(
  sandbox: Sandbox,
  request: PartnerRequest,
  operation: Operation,
  work: () => PartnerAnswer,
): PartnerAnswer {
  try {
    // Label files are public, as at EasyPost: everybody who knows the URL may read the label. A remittance is a carrier's.
    if (!isPublic.includes(operation.name) && readKey(request) !== sandbox.keys().apiKey) {
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

function codeFor(status: number): string {
  return (
    {
      400: 'BAD_REQUEST',
      404: 'NOT_FOUND',
      429: 'RATE_LIMITED',
      503: 'SERVICE_UNAVAILABLE',
      504: 'GATEWAY_TIMEOUT',
    }[status] ?? 'INTERNAL_SERVER_ERROR'
  );
}
