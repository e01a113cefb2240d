import { createHash } from 'node:crypto';
import { ecKey, signEc } from '../../../../../infra/sandbox/ec-keys.ts';
import type {
  Operation,
  PartnerAnswer,
  PartnerRequest,
  PartnerServer,
  Sandbox,
  SandboxPartner,
} from '../../../../../infra/sandbox/partner.ts';
import { publicPem } from '../../../../../infra/sandbox/public-pem.ts';
import { newId } from '../../../../../infra/sandbox/random.ts';
import { ApiRefusal, answerOrRefuse } from '../../../../../infra/sandbox/rest-server.ts';
import type { HookSecret, SignedMessage } from '../../../../../infra/sandbox/signatures.ts';
import {
  WalletBooks,
  type WalletPayment,
  type WalletRefund,
} from '../../../../../infra/sandbox/wallet-books.ts';
import { pawapayHelp } from './help.ts';
import { pawapayOperations, showDeposit, showRefund } from './operations.ts';

/** The address that the merchant entered for callbacks: its host and path are signed, whatever server gets the call. */
const CALLBACK = { authority: 'shop.example', path: '/v1/hooks/payment/pawapay' };
const CONTENT_TYPE = 'application/json; charset=UTF-8';
/** How long a signature is good, in seconds. */
const VALID_SECONDS = 60;

/** pawaPay: mobile money of operators in Africa. */
export const sandboxPartner: SandboxPartner = {
  kind: 'payment',
  code: 'pawapay',
  help: pawapayHelp,
  createKeys: () => ({ apiKey: newId('pawapay_token', 24), webhookSecret: ecKey() }),
  settings: ({ url, apiKey, webhookSecrets }) => ({
    ...{ apiKey, baseUrl: url },
    webhookSecrets: webhookSecrets.map((secret) => ({ ...secret, value: publicPem(secret.value) })),
    callbackUrl: `https://${CALLBACK.authority}${CALLBACK.path}`,
  }),
  signHook: signCallback,
  createServer: createPawapay,
};

/** The headers of RFC 9421, as pawaPay's guide to signatures shows them. */
function signCallback(secret: HookSecret, { timestamp, body }: SignedMessage): Record<string, string> {
  const digest = `sha-512=:${createHash('sha512').update(body).digest('base64')}:`;
  const date = new Date(timestamp * 1_000).toISOString();
  const lines = [
    ['@method', 'POST'],
    ['@authority', CALLBACK.authority],
    ['@path', CALLBACK.path],
    ['signature-date', date],
    ['content-digest', digest],
    ['content-type', CONTENT_TYPE],
  ];
  const list = lines.map(([name]) => `"${name}"`).join(' ');
  const times = `created=${timestamp};expires=${timestamp + VALID_SECONDS}`;
  const input = `(${list});alg="ecdsa-p256-sha256";keyid="HTTP_EC_P256_KEY:1";${times}`;
  const base = [...lines.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${input}`];
  return {
    ...{ 'content-digest': digest, 'content-type': CONTENT_TYPE, 'signature-date': date },
    'signature-input': `sig-pp=${input}`,
    signature: `sig-pp=:${signEc(secret, base.join('\n'))}:`,
  };
}

function createPawapay(sandbox: Sandbox): PartnerServer {
  const books = new WalletBooks(sandbox, {
    ...{ code: 'pawapay', refundDays: () => Number.MAX_SAFE_INTEGER, idDigits: 12, endsRefused: true },
    report: (payment, refund) => report(sandbox, payment, refund),
  });
  return {
    operations: [...pawapayOperations(sandbox, books), books.pageOperation()],
    steps: books.steps(),
    guard: (request, operation, work) => guard(sandbox, request, operation, work),
    inFlightKey: () => undefined,
    contextOf: () => '',
    conflict: () => refusal(429, 'TOO_MANY_REQUESTS', 'Too many requests.'),
    error: (status, _requestId, detail) => refusal(status, 'UNKNOWN_ERROR', detail),
  };
}

/** A callback is sent once the state is final. It has no id of its own. */
function report(sandbox: Sandbox, payment: WalletPayment, refund?: WalletRefund): void {
  const body = refund === undefined ? showDeposit(payment) : showRefund(refund);
  const type = refund === undefined ? 'deposit' : 'refund';
  const reference = refund === undefined ? payment.reference : `${payment.reference} ${refund.reference}`;
  sandbox.sendHook({ eventId: newId('callback'), type, reference, body: JSON.stringify(body) });
}

const refusal = (status: number, failureCode: string, failureMessage: string): PartnerAnswer => ({
  status,
  body: { status: 'REJECTED', failureReason: { failureCode, failureMessage } },
});

function guard(
  sandbox: Sandbox,
  { headers }: PartnerRequest,
  { name }: Operation,
  work: () => PartnerAnswer,
): PartnerAnswer {
  if (name.startsWith('page.')) return work();
  if (headers.authorization === undefined) return refusal(401, 'NO_AUTHENTICATION', 'No token.');
  if (headers.authorization !== `Bearer ${sandbox.keys().apiKey}`)
    return refusal(403, 'AUTHENTICATION_ERROR', 'The token is not valid.');
  return answerOrRefuse(work, ApiRefusal, ({ status, code, message }) => refusal(status, code, message));
}
