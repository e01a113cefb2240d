import type {
  Operation,
  PartnerAnswer,
  PartnerRequest,
  PartnerServer,
  Sandbox,
  SandboxPartner,
} from '../../../../../infra/sandbox/partner.ts';
import { publicPem } from '../../../../../infra/sandbox/public-pem.ts';
import { ApiRefusal } from '../../../../../infra/sandbox/rest-server.ts';
import { isRsaSignature, rsaKey, signRsa } from '../../../../../infra/sandbox/rsa-keys.ts';
import type { HookSecret, SignedMessage } from '../../../../../infra/sandbox/signatures.ts';
import { WalletBooks, type WalletPayment } from '../../../../../infra/sandbox/wallet-books.ts';
import { antomHelp } from './help.ts';
import { notify } from './notifications.ts';
import { antomOperations } from './operations.ts';

/** The path of our hook, which is part of what Antom signs. */
const HOOK_PATH = '/v1/hooks/payment/antom';
const REQUEST_MAX_AGE_MS = 5 * 60_000;
/** ZaloPay takes refunds for 180 days, the others for 365. */
const refundDays = ({ own }: WalletPayment): number => (own.type === 'ZALOPAY' ? 180 : 365);

/** The client that the sandbox knows. */
const CLIENT = 'SANDBOX_MERCHANT';

const contentOf = (path: string, client: string, time: string, body: string): string =>
  `POST ${path}\n${client}.${time}.${body}`;

/** Antom: wallets of Alipay+, signed on both sides by RSA. */
export const sandboxPartner: SandboxPartner = {
  kind: 'payment',
  code: 'antom',
  help: antomHelp,
  createKeys: () => ({ apiKey: rsaKey('antom-merchant'), webhookSecret: rsaKey('antom') }),
  settings: ({ url, apiKey, webhookSecrets }) => ({
    ...{ clientId: CLIENT, privateKey: apiKey, baseUrl: url },
    webhookSecrets: webhookSecrets.map((secret) => ({ ...secret, value: publicPem(secret.value) })),
    notifyUrl: `https://shop.example${HOOK_PATH}`,
    returnUrl: 'https://shop.example/thanks',
  }),
  signHook: signNotification,
  createServer: createAntom,
};

function signNotification(secret: HookSecret, { timestamp, body }: SignedMessage) {
  const time = String(timestamp * 1_000);
  const signature = encodeURIComponent(signRsa(secret, contentOf(HOOK_PATH, CLIENT, time, body)));
  return {
    'client-id': CLIENT,
    'request-time': time,
    signature: `algorithm=RSA256,keyVersion=1,signature=${signature}`,
  };
}

function createAntom(sandbox: Sandbox): PartnerServer {
  const books = new WalletBooks(sandbox, {
    ...{ code: 'antom', refundDays, idDigits: 32 },
    report: (payment, refund) => notify(sandbox, payment, refund),
  });
  return {
    operations: [...antomOperations(sandbox, books), books.pageOperation()],
    steps: books.steps(),
    guard: (request, operation, work) => guard(sandbox, request, operation, work),
    inFlightKey: () => undefined,
    contextOf: () => '',
    conflict: () => answer(result('U', 'REQUEST_TRAFFIC_EXCEED_LIMIT')),
    error: (status, _requestId, detail) => ({
      ...answer({ ...result('U', 'UNKNOWN_EXCEPTION'), detail }),
      status,
    }),
  };
}

const result = (
  resultStatus: 'S' | 'U' | 'F',
  resultCode: string,
  resultMessage = resultCode.toLowerCase(),
) => ({
  result: { resultStatus, resultCode, resultMessage },
});

const answer = (body: object): PartnerAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=UTF-8' },
  body: JSON.stringify(body),
});

/** Checks who calls, and signs every answer but those to callers whom Antom does not know. */
function guard(
  sandbox: Sandbox,
  request: PartnerRequest,
  { name }: Operation,
  work: () => PartnerAnswer,
): PartnerAnswer {
  if (name.startsWith('page.')) return work();
  const { apiKey } = sandbox.keys();
  const time = request.headers['request-time'] ?? '';
  const [, encoded = ''] =
    /^algorithm=RSA256,keyVersion=1,signature=(.+)$/.exec(request.headers.signature ?? '') ?? [];
  if (request.headers['client-id'] !== CLIENT) return answer(result('F', 'INVALID_CLIENT'));
  const content = contentOf(request.path, CLIENT, time, request.body);
  // The merchant's clock may be that of the machine, or the one that a test has moved.
  const isFresh = [Date.now(), sandbox.now()].some(
    (now) => Math.abs(now - Number(time)) <= REQUEST_MAX_AGE_MS,
  );
  if (!isFresh || !isRsaSignature(apiKey, content, decodeURIComponent(encoded)))
    return answer(result('F', 'INVALID_SIGNATURE'));
  return signed(sandbox, request, answer(bodyOf(work)));
}

function bodyOf(work: () => PartnerAnswer): object {
  try {
    return { ...result('S', 'SUCCESS'), ...(work().body as object) };
  } catch (error) {
    if (error instanceof ApiRefusal) return result('F', error.code, error.message);
    throw error;
  }
}

function signed(sandbox: Sandbox, { path }: PartnerRequest, plain: PartnerAnswer): PartnerAnswer {
  const time = new Date(Math.floor(sandbox.now() / 1_000) * 1_000).toISOString().replace('.000Z', '+00:00');
  const text = contentOf(path, CLIENT, time, String(plain.body));
  const signature = encodeURIComponent(signRsa(sandbox.keys().webhookSecret, text));
  const headers = {
    ...{ 'client-id': CLIENT, 'response-time': time },
    signature: `algorithm=RSA256,keyVersion=1,signature=${signature}`,
  };
  return { ...plain, headers: { ...plain.headers, ...headers } };
}
