import type { StripeNextAction } from './wire.ts';

/**
 * The behaviour of a payment method when an intent is confirmed with it. The `pm_card_` names are Stripe's own test
 * methods. `payment_method_data[type]` creates a method of a local type. Such a method always waits for the customer to
 * visit the page in `next_action`.
 */
export interface StripeMethod {
  readonly id: string;
  readonly type: string;
  readonly outcome: 'succeed' | 'decline' | 'authenticate' | 'authenticate_then_decline' | 'await_customer';
  readonly code?: string;
  readonly declineCode?: string;
  /** The card can be authenticated, and is if the merchant asks for it. */
  readonly authenticatesIfAsked?: true;
  /** A kept card that is declined once it is charged without the customer. */
  readonly laterDecline?: { readonly code: string; readonly declineCode: string };
  /** What happens after the charge succeeded. */
  readonly later?: 'dispute' | 'inquiry' | 'refund_pends' | 'refund_fails';
}

const declines: Record<string, { code: string; declineCode?: string }> = {
  chargeDeclined: { code: 'card_declined', declineCode: 'generic_decline' },
  chargeDeclinedInsufficientFunds: { code: 'card_declined', declineCode: 'insufficient_funds' },
  chargeDeclinedLostCard: { code: 'card_declined', declineCode: 'lost_card' },
  chargeDeclinedStolenCard: { code: 'card_declined', declineCode: 'stolen_card' },
  chargeDeclinedFraudulent: { code: 'card_declined', declineCode: 'fraudulent' },
  chargeDeclinedExpiredCard: { code: 'expired_card' },
  chargeDeclinedIncorrectCvc: { code: 'incorrect_cvc' },
  chargeDeclinedProcessingError: { code: 'processing_error' },
};

const authenticating = ['authenticationRequired', 'threeDSecure2Required', 'threeDSecureRequired'];
const succeeding = [
  'visa',
  'visa_debit',
  'mastercard',
  'mastercard_debit',
  'amex',
  'discover',
  'diners',
  'jcb',
  'unionpay',
  'bypassPending',
  'us',
  'de',
  'gb',
  'fr',
  'br',
  'mx',
  'sg',
  'in',
];

/** The test card method with this id (`pm_card_...`). Undefined if Stripe has no such method. */
export function findCardMethod(id: string): StripeMethod | undefined {
  const name = /^pm_card_(.+)$/.exec(id)?.[1];
  if (name === undefined) return undefined;
  const card = { id, type: 'card' } as const;
  const declined = declines[name.replace(/^visa_/, '')];
  if (declined !== undefined) return { ...card, outcome: 'decline', ...declined };
  if (authenticating.includes(name)) return { ...card, outcome: 'authenticate' };
  if (name === 'authenticationRequiredChargeDeclinedInsufficientFunds') {
    return {
      ...card,
      outcome: 'authenticate_then_decline',
      code: 'card_declined',
      declineCode: 'insufficient_funds',
    };
  }
  if (name === 'createDisputeInquiry') return { ...card, outcome: 'succeed', later: 'inquiry' };
  if (name.startsWith('createDispute')) return { ...card, outcome: 'succeed', later: 'dispute' };
  if (name === 'chargeCustomerFail') {
    const laterDecline = { code: 'card_declined', declineCode: 'generic_decline' };
    return { ...card, outcome: 'succeed', laterDecline };
  }
  if (name === 'threeDSecureOptional') return { ...card, outcome: 'succeed', authenticatesIfAsked: true };
  if (name === 'pendingRefund') return { ...card, outcome: 'succeed', later: 'refund_pends' };
  if (name === 'refundFail') return { ...card, outcome: 'succeed', later: 'refund_fails' };
  return succeeding.includes(name) ? { ...card, outcome: 'succeed' } : undefined;
}

/** The method as these options of the intent make it behave. */
export function askedOf(method: StripeMethod, options: Readonly<Record<string, unknown>>): StripeMethod {
  const isAsked = ['any', 'challenge'].includes(String(options.request_three_d_secure));
  return isAsked && method.authenticatesIfAsked === true ? { ...method, outcome: 'authenticate' } : method;
}

interface LocalMethod {
  readonly currencies?: readonly string[];
  readonly manualCapture?: true;
  /** The member of `next_action` that holds the details: `redirect_to_url` if this is absent. */
  readonly action?: string;
  /** The smallest and the largest amount by currency, in its smallest unit. */
  readonly limits?: Readonly<Record<string, readonly [number, number]>>;
  /** Members of `billing_details` without which the method can't be confirmed. */
  readonly needs?: readonly string[];
}

/** Local payment methods, with their currencies and the way in which the customer completes the payment. */
export const localMethods: Readonly<Record<string, LocalMethod>> = {
  alipay: {
    action: 'alipay_handle_redirect',
    currencies: ['aud', 'cad', 'cny', 'eur', 'gbp', 'hkd', 'jpy', 'nzd', 'sgd', 'usd', 'myr'],
  },
  amazon_pay: { manualCapture: true },
  affirm: {
    ...{ currencies: ['usd', 'cad'], manualCapture: true },
    limits: { usd: [5_000, 3_000_000], cad: [5_000, 3_000_000] },
  },
  afterpay_clearpay: {
    ...{ currencies: ['usd', 'cad', 'gbp', 'aud', 'nzd'], manualCapture: true },
    limits: {
      ...{ usd: [100, 400_000], cad: [100, 200_000], gbp: [100, 120_000] },
      ...{ aud: [100, 200_000], nzd: [100, 200_000] },
    },
  },
  bancontact: { currencies: ['eur'] },
  bizum: { currencies: ['eur'] },
  blik: { currencies: ['pln'] },
  boleto: { currencies: ['brl'], action: 'boleto_display_details' },
  cashapp: { currencies: ['usd'], manualCapture: true, action: 'cashapp_handle_redirect_or_display_qr_code' },
  eps: { currencies: ['eur'] },
  fpx: { currencies: ['myr'] },
  gcash: { currencies: ['php'] },
  gopay: { currencies: ['idr'] },
  grabpay: { currencies: ['sgd', 'myr'] },
  ideal: { currencies: ['eur'] },
  kakao_pay: { currencies: ['krw'], manualCapture: true },
  klarna: { manualCapture: true },
  konbini: { currencies: ['jpy'], action: 'konbini_display_details' },
  mb_way: { currencies: ['eur'] },
  mobilepay: { currencies: ['dkk', 'eur', 'nok', 'sek'], manualCapture: true },
  multibanco: { currencies: ['eur'], action: 'multibanco_display_details' },
  naver_pay: { currencies: ['krw'], manualCapture: true },
  oxxo: {
    ...{ currencies: ['mxn'], action: 'oxxo_display_details' },
    ...{ limits: { mxn: [1_000, 1_000_000] }, needs: ['name', 'email'] },
  },
  p24: { currencies: ['eur', 'pln'] },
  pay_by_bank: { currencies: ['gbp', 'eur'] },
  paynow: { currencies: ['sgd'], action: 'paynow_display_qr_code' },
  paypal: { manualCapture: true },
  paypay: { currencies: ['jpy'] },
  pix: { currencies: ['brl'], action: 'pix_display_qr_code' },
  promptpay: { currencies: ['thb'], action: 'promptpay_display_qr_code' },
  revolut_pay: { currencies: ['eur', 'gbp', 'ron', 'huf', 'pln', 'dkk'], manualCapture: true },
  satispay: { currencies: ['eur'], manualCapture: true },
  scalapay: { currencies: ['eur'] },
  shopeepay: { currencies: ['idr', 'myr', 'php', 'sgd', 'thb'] },
  swish: { currencies: ['sek'] },
  touch_n_go: { currencies: ['myr'] },
  twint: { currencies: ['chf'] },
  upi: { currencies: ['inr'], action: 'upi_handle_redirect_or_display_qr_code' },
  wechat_pay: {
    action: 'wechat_pay_display_qr_code',
    currencies: ['aud', 'cad', 'cny', 'eur', 'gbp', 'hkd', 'jpy', 'sgd', 'usd', 'dkk', 'nok', 'sek', 'chf'],
  },
  wero: { currencies: ['eur'] },
};

/** The types of method that a call may name. */
export const methodTypes: readonly string[] = ['card', 'link', ...Object.keys(localMethods)];

/** Whether the method sends the customer to another page than the shop's. */
export function redirects(type: string): boolean {
  const local = localMethods[type];
  return local !== undefined && (local.action === undefined || local.action === 'alipay_handle_redirect');
}

const daysToPay = 3;

/**
 * The next action of an intent that waits for its customer. `pageUrl` is the sandbox's page in place of a bank, a wallet
 * or a shop counter (`?outcome=succeed|fail|expire`). `nowSeconds` is Unix time.
 */
export function nextActionFor(
  type: string,
  context: {
    pageUrl: string;
    returnUrl: string | undefined;
    amount: number;
    nowSeconds: number;
    number: string;
    /** The members of `payment_method_options` for the type. */
    options: Readonly<Record<string, unknown>>;
  },
): StripeNextAction {
  const { pageUrl, amount, nowSeconds, number, options } = context;
  const days = Number(options.expires_after_days ?? daysToPay);
  const expires = nowSeconds + days * 86_400;
  const qr = { data: `sandbox:${type}:${number}:${amount}`, image_url_svg: `${pageUrl}?image=svg` };
  const details: Record<string, Record<string, unknown>> = {
    redirect_to_url: { url: pageUrl, return_url: context.returnUrl ?? null },
    alipay_handle_redirect: {
      url: pageUrl,
      return_url: context.returnUrl ?? null,
      native_data: null,
      native_url: null,
    },
    boleto_display_details: { number, expires_at: expires, hosted_voucher_url: pageUrl, pdf: null },
    oxxo_display_details: { number, expires_after: midnightInMexico(expires), hosted_voucher_url: pageUrl },
    konbini_display_details: {
      expires_at: expires,
      hosted_voucher_url: pageUrl,
      stores: { lawson: { payment_code: number } },
    },
    multibanco_display_details: {
      entity: '12345',
      reference: number.slice(0, 9),
      expires_at: expires,
      hosted_voucher_url: pageUrl,
    },
    pix_display_qr_code: {
      ...qr,
      expires_at: Number(options.expires_at ?? nowSeconds + 86_400),
      hosted_instructions_url: pageUrl,
    },
    promptpay_display_qr_code: { ...qr, hosted_instructions_url: pageUrl },
    paynow_display_qr_code: { ...qr, hosted_instructions_url: pageUrl },
    wechat_pay_display_qr_code: { ...qr, image_data_url: '', hosted_instructions_url: pageUrl },
    upi_handle_redirect_or_display_qr_code: {
      hosted_instructions_url: pageUrl,
      qr_code: { ...qr, expires_at: nowSeconds + 300 },
    },
    cashapp_handle_redirect_or_display_qr_code: {
      hosted_instructions_url: pageUrl,
      mobile_auth_url: pageUrl,
      qr_code: { expires_at: nowSeconds + 300, image_url_svg: qr.image_url_svg },
    },
  };
  const action = localMethods[type]?.action ?? 'redirect_to_url';
  return { type: action, [action]: details[action] };
}

/** 23:59 in Mexico City of the day on which that time falls there: six hours behind UTC, without summer time. */
function midnightInMexico(seconds: number): number {
  const offset = 6 * 3_600;
  const day = Math.floor((seconds - offset) / 86_400);
  return (day + 1) * 86_400 + offset - 60;
}
