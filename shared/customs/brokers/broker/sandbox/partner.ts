import { createJsonServer, ProblemRefusal, readJson } from '../../../../../infra/sandbox/json-partner.ts';
import type {
  Operation,
  PartnerServer,
  Sandbox,
  SandboxPartner,
} from '../../../../../infra/sandbox/partner.ts';
import { newApiKey, newWebhookSecret } from '../../../../../infra/sandbox/partner-keys.ts';
import { signAsStandardWebhook } from '../../../../../infra/sandbox/signatures.ts';
import { calendarDateIn } from '../../../../kernel/zoned-time.ts';
import { BrokerDesk } from './desk.ts';
import { brokerHelp } from './help.ts';
import { checkDeclaration } from './rules.ts';
import type { DeclarationReceipt, DeclarationRequest } from './wire.ts';

/** The customs broker. It receives, checks and files declarations, and passes on the authorities' answers. */
export const sandboxPartner: SandboxPartner = {
  kind: 'customs',
  code: 'broker',
  portOffset: 2,
  help: brokerHelp,
  createKeys: () => ({ apiKey: newApiKey('bk_'), webhookSecret: newWebhookSecret() }),
  settings: ({ url, apiKey, webhookSecrets }) => ({ apiKey, webhookSecrets, baseUrl: url }),
  signHook: signAsStandardWebhook,
  createServer: createBroker,
};

function createBroker(sandbox: Sandbox): PartnerServer {
  const desk = new BrokerDesk(sandbox);
  return createJsonServer(sandbox, {
    code: 'broker',
    keyed: ['declarations.create'],
    operations: declarationOperations(sandbox, desk),
    steps: { 'broker.decide': (decision: Parameters<BrokerDesk['decide']>[0]) => desk.decide(decision) },
    contextOf: (_request, { lrn = '' }) => JSON.stringify(desk.find(lrn) ?? ''),
  });
}

function declarationOperations(sandbox: Sandbox, desk: BrokerDesk): Operation[] {
  return [
    {
      name: 'declarations.create',
      method: 'POST',
      path: '/v1/declarations',
      answer: (request) => ({ status: 202, body: file(desk, readJson(request), sandbox.now()) }),
    },
    {
      name: 'declarations.retrieve',
      method: 'GET',
      path: '/v1/declarations/:lrn',
      answer: (_request, { lrn = '' }) => ({ status: 200, body: desk.read(lrn).view }),
    },
    {
      name: 'declarations.invalidate',
      method: 'POST',
      path: '/v1/declarations/:lrn/invalidation',
      answer: (request, { lrn = '' }) => {
        requireReason(readJson(request));
        return { status: 202, body: receipt(desk.invalidate(lrn), lrn) };
      },
    },
    {
      name: 'declarations.documents',
      method: 'POST',
      path: '/v1/declarations/:lrn/documents',
      answer: (request, { lrn = '' }) => {
        requireDocuments(readJson(request));
        return { status: 202, body: receipt(desk.takeDocuments(lrn), lrn) };
      },
    },
  ];
}

function file(desk: BrokerDesk, body: unknown, nowMs: number): DeclarationReceipt {
  const wrong = checkDeclaration(body, calendarDateIn('Europe/Brussels', new Date(nowMs).toISOString()));
  if (wrong.length > 0)
    throw new ProblemRefusal(422, 'The declaration lacks mandatory elements or has wrong ones', wrong);
  const declaration = body as DeclarationRequest;
  if (desk.find(declaration.lrn) !== undefined)
    throw new ProblemRefusal(409, `LRN ${declaration.lrn} is filed already`);
  return desk.file(declaration);
}

function requireReason(body: unknown): void {
  const { reason } = body as { reason?: unknown };
  if (typeof reason === 'string' && reason !== '') return;
  throw new ProblemRefusal(422, 'reason is mandatory', [{ pointer: '/reason', detail: 'must be a text' }]);
}

function requireDocuments(body: unknown): void {
  const { documents } = body as { documents?: unknown };
  if (Array.isArray(documents) && documents.length > 0) return;
  throw new ProblemRefusal(422, 'documents are mandatory', [
    { pointer: '/documents', detail: 'must hold at least one document' },
  ]);
}

function receipt(id: string, lrn: string): DeclarationReceipt {
  return { id, lrn, status: 'received' };
}
