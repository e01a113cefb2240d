import { createHash, randomBytes } from 'node:crypto';
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
import { WalletBooks } from '../../../../../infra/sandbox/wallet-books.ts';
import { wechatpayHelp } from './help.ts';
import { notify } from './notifications.ts';
import { wechatpayOperations } from './operations.ts';

const MERCHANT = {
  mchid: '1900000109',
  appid: 'wx8888888888888888',
  serialNo: '5157F09EFDC096DE15EBE81A47057A72',
};
const PLATFORM_SERIAL = 'PUB_KEY_ID_0119000001092026';
const REQUEST_MAX_AGE_SECONDS = 300;

/** The key of encryption: derived from the merchant's private key, so that one text of the sandbox holds both. */
const apiV3KeyOf = (apiKey: string): string => createHash('sha256').update(apiKey).digest('hex').slice(0, 32);

/** WeChat Pay for merchants outside China: APIv3, signed on both sides by RSA. */
export const sandboxPartner: SandboxPartner = {
  kind: 'payment',
  code: 'wechatpay',
  help: wechatpayHelp,
  createKeys: () => ({ apiKey: rsaKey('wechatpay-merchant'), webhookSecret: rsaKey('wechatpay') }),
  settings: ({ url, apiKey, webhookSecrets }) => ({
    ...MERCHANT,
    ...{ privateKey: apiKey, apiV3Key: apiV3KeyOf(apiKey), baseUrl: url },
    webhookSecrets: webhookSecrets.map((secret) => ({ ...secret, value: publicPem(secret.value) })),
    notifyUrl: 'https://shop.example/v1/hooks/payment/wechatpay',
    merchantCategoryCode: '5311',
  }),
  signHook,
  createServer: createWechatpay,
};

function signHook(secret: HookSecret, { timestamp, body }: Pick<SignedMessage, 'timestamp' | 'body'>) {
  const nonce = randomBytes(16).toString('hex');
  return {
    'wechatpay-serial': PLATFORM_SERIAL,
    'wechatpay-timestamp': String(timestamp),
    'wechatpay-nonce': nonce,
    'wechatpay-signature': signRsa(secret, `${timestamp}\n${nonce}\n${body}\n`),
  };
}

function createWechatpay(sandbox: Sandbox): PartnerServer {
  const books = new WalletBooks(sandbox, {
    ...{ code: 'wechatpay', refundDays: () => 365, idDigits: 28 },
    report: (payment, refund) => notify(sandbox, apiV3KeyOf(sandbox.keys().apiKey), payment, refund),
  });
  return {
    operations: [...wechatpayOperations(sandbox, books, MERCHANT), books.pageOperation()],
    steps: books.steps(),
    guard: (request, operation, work) => guard(sandbox, request, operation, work),
    inFlightKey: () => undefined,
    contextOf: () => '',
    conflict: () => refusal(429, 'FREQUENCY_LIMITED', 'Too many requests'),
    error: (status, _requestId, detail) =>
      refusal(status, status === 404 ? 'NOT_FOUND' : 'SYSTEM_ERROR', detail),
  };
}

const refusal = (status: number, code: string, message: string): PartnerAnswer => ({
  ...{
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ code, message }),
  },
});

/** Checks the signature of a call, and signs the answer to it. */
function guard(
  sandbox: Sandbox,
  request: PartnerRequest,
  { name }: Operation,
  work: () => PartnerAnswer,
): PartnerAnswer {
  if (name.startsWith('page.')) return work();
  if (!isAuthorised(sandbox, request)) return refusal(401, 'SIGN_ERROR', 'The signature is wrong');
  const answer = worked(work);
  const body = answer.body === '' ? '' : JSON.stringify(answer.body);
  // By the clock of the caller, which is that of the machine or the one that a test has moved.
  const timestamp = Number(/timestamp="(\d+)"/.exec(request.headers.authorization ?? '')?.[1]);
  const signed = signHook(sandbox.keys().webhookSecret, { timestamp, body });
  return { ...answer, body, headers: { 'content-type': 'application/json; charset=utf-8', ...signed } };
}

function worked(work: () => PartnerAnswer): PartnerAnswer {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    return { status: error.status, body: { code: error.code, message: error.message } };
  }
}

function isAuthorised(sandbox: Sandbox, { method, path, query, headers, body }: PartnerRequest): boolean {
  const [scheme = '', ...rest] = (headers.authorization ?? '').split(' ');
  const pairs = [...rest.join(' ').matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  const {
    mchid,
    serial_no,
    timestamp = '',
    nonce_str,
    signature = '',
  } = Object.fromEntries(pairs) as Record<string, string>;
  const isKnown = mchid === MERCHANT.mchid && serial_no === MERCHANT.serialNo;
  const isFresh = [Date.now(), sandbox.now()].some(
    (now) => Math.abs(now / 1_000 - Number(timestamp)) <= REQUEST_MAX_AGE_SECONDS,
  );
  const search = query.size === 0 ? '' : `?${query}`;
  const lines = `${method}\n${path}${search}\n${timestamp}\n${nonce_str}\n${body}\n`;
  const isSigned = isRsaSignature(sandbox.keys().apiKey, lines, signature);
  return scheme === 'WECHATPAY2-SHA256-RSA2048' && isKnown && isFresh && isSigned;
}
