import {
  answerProblem,
  guardJson,
  ProblemRefusal,
  readIdempotencyKey,
  readJson,
} from '../../../../../infra/sandbox/json-partner.ts';
import type { Operation, PartnerServer, Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { calendarDateIn } from '../../../../kernel/time.ts';
import { createBrokerDesk } from './desk.ts';
import { brokerHelp } from './help.ts';
import { checkDeclaration } from './rules.ts';
import type { DeclarationReceipt, DeclarationRequest } from './wire.ts';

/** The customs broker: takes declarations, checks them, files them and passes on what the authority answers. */
export function createBroker(sandbox: Sandbox): PartnerServer {
  const desk = createBrokerDesk(sandbox);

  const file: Operation['answer'] = (request) => {
    const body = readJson(request);
    const faults = checkDeclaration(
      body,
      calendarDateIn('Europe/Brussels', new Date(sandbox.now()).toISOString()),
    );
    if (faults.length > 0)
      throw new ProblemRefusal(422, 'The declaration lacks mandatory elements or has wrong ones', faults);
    const declaration = body as DeclarationRequest;
    if (desk.find(declaration.lrn) !== undefined)
      throw new ProblemRefusal(409, `LRN ${declaration.lrn} is filed already`);
    return { status: 202, body: desk.file(declaration) };
  };

  const view: Operation['answer'] = (_request, { lrn = '' }) => ({ status: 200, body: desk.read(lrn).view });

  const invalidate: Operation['answer'] = (request, { lrn = '' }) => {
    const { reason } = readJson(request) as { reason?: unknown };
    if (typeof reason !== 'string' || reason === '')
      throw new ProblemRefusal(422, 'reason is mandatory', [
        { pointer: '/reason', detail: 'must be a text' },
      ]);
    return { status: 202, body: receipt(desk.invalidate(lrn), lrn) };
  };

  const sendDocuments: Operation['answer'] = (request, { lrn = '' }) => {
    const { documents } = readJson(request) as { documents?: unknown };
    if (!Array.isArray(documents) || documents.length === 0) {
      throw new ProblemRefusal(422, 'documents are mandatory', [
        { pointer: '/documents', detail: 'must hold at least one document' },
      ]);
    }
    return { status: 202, body: receipt(desk.takeDocuments(lrn), lrn) };
  };

  const guardOptions = {
    store: sandbox.store,
    partner: 'broker',
    apiKey: () => sandbox.secrets().brokerApiKey,
    keyed: ['declarations.create'],
  } as const;

  return {
    help: brokerHelp,
    name: 'broker',
    operations: [
      { name: 'declarations.create', method: 'POST', path: '/v1/declarations', answer: file },
      { name: 'declarations.retrieve', method: 'GET', path: '/v1/declarations/:lrn', answer: view },
      {
        name: 'declarations.invalidate',
        method: 'POST',
        path: '/v1/declarations/:lrn/invalidation',
        answer: invalidate,
      },
      {
        name: 'declarations.documents',
        method: 'POST',
        path: '/v1/declarations/:lrn/documents',
        answer: sendDocuments,
      },
    ],
    steps: { 'broker.decide': desk.decide },
    guard: (request, operation, work) => guardJson(guardOptions, request, operation, work),
    contextOf: (_request, { lrn = '' }) => JSON.stringify(desk.find(lrn) ?? ''),
    inFlightKey: readIdempotencyKey,
    conflict: (requestId) => answerProblem(409, requestId, 'A call with this Idempotency-Key is under way'),
    error: (status, requestId, detail) => answerProblem(status, requestId, detail),
  };
}

function receipt(id: string, lrn: string): DeclarationReceipt {
  return { id, lrn, status: 'received' };
}
