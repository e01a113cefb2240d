import { createHash } from 'node:crypto';
import type {
  Operation,
  PartnerAnswer,
  PartnerRequest,
  PartnerServer,
  Sandbox,
  SandboxPartner,
} from '../../../../../infra/sandbox/partner.ts';
import { newApiKey } from '../../../../../infra/sandbox/partner-keys.ts';
import { answerOnce, answerOrRefuse } from '../../../../../infra/sandbox/rest-server.ts';
import { newPayPalId, PayPalBooks } from './books.ts';
import { SANDBOX_ROOT } from './certificates.ts';
import { paypalHelp } from './help.ts';
import { CLIENT_ID, paypalOperations } from './operations.ts';
import { disputeLater, failRefund } from './orders.ts';
import { answerRefusal, PayPalRefusal } from './refusal.ts';
import { signHook } from './sign.ts';

/** PayPal: orders, authorisations, captures, refunds, disputes, and signed events. */
export const sandboxPartner: SandboxPartner = {
  kind: 'payment',
  code: 'paypal',
  help: paypalHelp,
  createKeys: () => ({ apiKey: newApiKey('E'), webhookSecret: newPayPalId() }),
  settings: ({ url, apiKey, webhookSecrets }) => ({
    ...{ clientId: CLIENT_ID, apiKey, webhookSecrets, baseUrl: url, sandboxRoot: SANDBOX_ROOT },
  }),
  signHook,
  createServer: createPayPal,
};

function createPayPal(sandbox: Sandbox): PartnerServer {
  const books = new PayPalBooks(sandbox);
  return {
    operations: paypalOperations(books),
    steps: {
      'paypal.dispute': (data: { capture: string }) => disputeLater(books, data),
      'paypal.refund': (data: { capture: string; refund: string }) => failRefund(books, data),
    },
    guard: (request, operation, work) => guard(sandbox, request, operation, work),
    inFlightKey: keyOf,
    contextOf: (request, { id }) => contextOf(books, request, id),
    conflict: (requestId) => answerRefusal(new PayPalRefusal(409, 'PREVIOUS_REQUEST_IN_PROGRESS'), requestId),
    error: (status, requestId) => answerRefusal(new PayPalRefusal(status), requestId),
  };
}

const keyOf = (request: PartnerRequest): string | undefined =>
  request.method === 'POST' ? request.headers['paypal-request-id'] : undefined;

function contextOf({ sandbox }: PayPalBooks, request: PartnerRequest, id = ''): string {
  return JSON.stringify(sandbox.store.get('paypal.order', request.query.get('token') ?? id) ?? '');
}

/** PayPal's idempotency: the first answer under a request's id is given again. A refusal is not kept. */
function guard(
  sandbox: Sandbox,
  request: PartnerRequest,
  { name }: Operation,
  work: () => PartnerAnswer,
): PartnerAnswer {
  const { requestId } = request;
  const act = () => {
    const key = keyOf(request);
    if (key === undefined) return work();
    const fingerprint = createHash('sha256').update(`${name} ${request.path}`).digest('base64');
    const other = () => {
      throw new PayPalRefusal(422, 'DUPLICATE_REQUEST_ID');
    };
    return answerOnce(sandbox, { partner: 'paypal', key, requestId, fingerprint, other }, work);
  };
  return answerOrRefuse(act, PayPalRefusal, (refusal) => answerRefusal(refusal, requestId));
}
