import { createHash, randomBytes } from 'node:crypto';
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
import { ACCOUNT, AdyenBooks } from './books.ts';
import { adyenHelp } from './help.ts';
import { failLater } from './modifications.ts';
import { adyenOperations, inProgress } from './operations.ts';
import { AdyenRefusal, answerRefusal } from './refusal.ts';
import { authoriseLater, disputeLater } from './shopper.ts';
import { sealItems, WEBHOOK_USER, webhookHeaders } from './sign.ts';

/** Adyen: payment links, modifications, disputes and standard webhooks. */
export const sandboxPartner: SandboxPartner = {
  kind: 'payment',
  code: 'adyen',
  help: adyenHelp,
  createKeys: () => ({
    apiKey: newApiKey('AQE_'),
    webhookSecret: randomBytes(32).toString('hex').toUpperCase(),
  }),
  settings: ({ url, apiKey, webhookSecrets }) => ({
    ...{ apiKey, webhookSecrets, webhookUser: WEBHOOK_USER },
    ...{ merchantAccount: ACCOUNT, baseUrl: `${url}/v72` },
  }),
  signHook: () => webhookHeaders(),
  sealHook: (secret, { body }) => ({ body: sealItems(secret, body) }),
  createServer: createAdyen,
};

function createAdyen(sandbox: Sandbox): PartnerServer {
  const books = new AdyenBooks(sandbox);
  return {
    operations: adyenOperations(books),
    steps: {
      'adyen.authorise': (data: { link: string; pspReference: string }) => authoriseLater(books, data),
      'adyen.dispute': (data: { payment: string }) => disputeLater(books, data),
      'adyen.failure': (data: { readonly modification: string }) => failLater(books, data),
    },
    guard: (request, operation, work) => guard(sandbox, request, operation, work),
    inFlightKey: keyOf,
    contextOf: (_request, { id = '' }) =>
      JSON.stringify(sandbox.store.get('adyen.link', id) ?? sandbox.store.get('adyen.payment', id) ?? ''),
    conflict: () => inProgress(),
    error: (status, _requestId, detail) =>
      answerRefusal(new AdyenRefusal(status, status === 404 ? '000' : '905', detail, 'internal')),
  };
}

const keyOf = (request: PartnerRequest): string | undefined =>
  request.method === 'POST' ? request.headers['idempotency-key'] : undefined;

/**
 * Adyen's idempotency: the answer to the first call under a key is given again, and every answer to a call with a key
 * repeats the key in a header. A refusal is not kept here.
 */
function guard(
  sandbox: Sandbox,
  request: PartnerRequest,
  { name }: Operation,
  work: () => PartnerAnswer,
): PartnerAnswer {
  const act = () => {
    const key = keyOf(request);
    if (key === undefined) return work();
    if (key.length > 64) throw new AdyenRefusal(422, '702', 'Idempotency-Key: 64 characters at most');
    const fingerprint = createHash('sha256').update(name).digest('base64');
    const { requestId } = request;
    const call = { partner: 'adyen', key: `${key} ${fingerprint}`, requestId };
    return { ...answerOnce(sandbox, call, work), headers: { 'idempotency-key': key } };
  };
  return answerOrRefuse(act, AdyenRefusal, answerRefusal);
}
