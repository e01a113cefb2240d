import { AdyenRefusal } from './refusal.ts';
import type { Amount } from './wire.ts';

type Body = Readonly<Record<string, unknown>>;

/** The members of the requests that this sandbox takes, of those in Adyen's OpenAPI of Checkout 72. */
const LINK_MEMBERS: Readonly<Record<string, 'string' | 'number' | 'boolean' | 'object'>> = {
  merchantAccount: 'string',
  reference: 'string',
  amount: 'object',
  countryCode: 'string',
  allowedPaymentMethods: 'object',
  blockedPaymentMethods: 'object',
  expiresAt: 'string',
  manualCapture: 'boolean',
  captureDelayHours: 'number',
  returnUrl: 'string',
  reusable: 'boolean',
  description: 'string',
  metadata: 'object',
  shopperReference: 'string',
  shopperEmail: 'string',
  shopperLocale: 'string',
  merchantOrderReference: 'string',
  lineItems: 'object',
};
const MODIFICATION_MEMBERS = { merchantAccount: 'string', reference: 'string', amount: 'object' } as const;

/** The decimal places of amounts that Adyen's list has other than two. */
const DIGITS: Readonly<Record<string, number>> = {
  BHD: 3, CVE: 0, DJF: 0, GNF: 0, IDR: 0, IQD: 3, JOD: 3, JPY: 0, KMF: 0, KRW: 0, KWD: 3, LYD: 3, OMR: 3,
  PYG: 0, RWF: 0, TND: 3, UGX: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
}; // biome-ignore format: a table reads better in columns

export const checkLink = (body: unknown, account: string): Body =>
  checkBody(body, 'PaymentLinkRequest', { members: LINK_MEMBERS, account, needsReference: true });

export const checkModification = (body: unknown, name: string, account: string): Body =>
  checkBody(body, name, { members: MODIFICATION_MEMBERS, account });

export const checkCancel = (body: unknown, account: string): Body =>
  checkBody(body, 'StandalonePaymentCancelRequest', {
    members: { merchantAccount: 'string', reference: 'string', paymentReference: 'string' },
    account,
  });

export function checkUpdate(body: unknown): void {
  const { status, ...more } = asObject(body);
  refuseUnknown('UpdatePaymentLinkRequest', Object.keys(more));
  if (status !== 'expired') throw new AdyenRefusal(422, '702', 'status can only be set to expired');
}

interface Rules {
  readonly members: Readonly<Record<string, string>>;
  readonly account: string;
  readonly needsReference?: boolean;
}

function checkBody(json: unknown, name: string, { members, account, needsReference }: Rules): Body {
  const body = asObject(json);
  refuseUnknown(
    name,
    Object.keys(body).filter((member) => !Object.hasOwn(members, member)),
  );
  for (const [member, value] of Object.entries(body))
    if (typeof value !== members[member])
      throw new AdyenRefusal(400, '702', `Unexpected input: ${member} must be a ${members[member]}`);
  if (body.merchantAccount !== account)
    throw new AdyenRefusal(403, '901', 'Invalid Merchant Account', 'security');
  if (needsReference === true && (body.reference === undefined || body.reference === ''))
    throw new AdyenRefusal(422, '130', 'Reference Missing');
  if (typeof body.reference === 'string' && body.reference.length > 80)
    throw new AdyenRefusal(422, '702', 'reference: 80 characters at most');
  return body;
}

function refuseUnknown(name: string, members: readonly string[]): void {
  if (members.length === 0) return;
  const message = `Structure of ${name} contains the following unknown fields: [${members.join(', ')}]`;
  throw new AdyenRefusal(400, '702', message);
}

function asObject(json: unknown): Body {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Body;
  throw new AdyenRefusal(400, '702', 'Unexpected input: expected: {');
}

/** The amount of a request, a positive whole number in a currency of three capital letters. */
export function readAmount({ amount }: Body): Amount {
  if (amount === undefined) throw new AdyenRefusal(422, '100', 'No amount specified');
  const { currency, value, ...more } = asObject(amount);
  refuseUnknown('Amount', Object.keys(more));
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
    throw new AdyenRefusal(422, '138', 'Unsupported currency specified');
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value <= 0)
    throw new AdyenRefusal(422, '137', 'Invalid amount specified');
  return { currency, value };
}

/** For a page: `49.90 EUR`. */
export function amountText({ currency, value }: Amount): string {
  const digits = DIGITS[currency] ?? 2;
  return `${(value / 10 ** digits).toFixed(digits)} ${currency}`;
}
