/**
 * The part of Stripe's API (version 2026-10-28.endive) and of its webhooks that this sandbox supports.
 *
 * Bodies are form-encoded with nested brackets; answers are JSON. `Authorization: Bearer <key>` or Basic with the key as
 * user name. Amounts are integers in the currency's smallest unit by Stripe's own rules (`currencies.ts`).
 *
 * `POST /v1/payment_intents`                   create (`confirm=true` creates and confirms)
 * `GET  /v1/payment_intents/{id}`              retrieve; `POST` updates; `GET /v1/payment_intents` lists
 * `POST /v1/payment_intents/{id}/confirm`      with the secret key, or with any `pk_` key and `client_secret`
 * `POST /v1/payment_intents/{id}/capture`      `amount_to_capture` may be less than the authorised amount
 * `POST /v1/payment_intents/{id}/cancel`
 * `POST /v1/customers`, `GET /v1/customers/{id}`   an intent with `setup_future_usage` keeps its method with the
 *                                              customer, and `off_session=true` charges it later
 * `POST /v1/refunds`, `GET /v1/refunds`, `GET /v1/refunds/{id}`
 * `GET  /v1/charges/{id}`
 * `GET  /v1/disputes/{id}`, `GET /v1/disputes`, `POST /v1/disputes/{id}` (evidence, submit), `POST /v1/disputes/{id}/close`
 * `POST /v1/files`                             a PDF with `purpose=dispute_evidence`; at Stripe the host is files.stripe.com
 * `GET  /v1/events`, `GET /v1/events/{id}`
 * `GET  /v1/balance_transactions`, `GET /v1/balance_transactions/{id}`; `payout` lists those that a payout pays
 * `GET  /v1/payouts`, `GET /v1/payouts/{id}`
 * `GET  /sandbox/authorise/{id}?outcome=succeed|fail`   the page in `next_action`; sends the browser to `return_url`
 * `POST /sandbox/charges/{id}/disputes`        the cardholder disputes: `kind=inquiry` or `chargeback`
 * `POST /sandbox/disputes/{id}/decisions`      the cardholder's bank decides: `outcome=escalate`, `won` or `lost`
 * `POST /sandbox/payouts`                      Stripe pays out the balance, which it does by itself once a day
 *
 * Since API version 2026-09-30.endive an intent is created with `allowed_payment_method_types[]` or with
 * `automatic_payment_methods`. Allowed types that do not fit the currency or the capture method are dropped.
 * `payment_method_types[]` is refused with 400. A confirmation needs `return_url` if a method of the intent may redirect.
 * With `automatic_payment_methods[allow_redirects]=never`, no method redirects.
 *
 * Every answer has `request-id` and repeats `Stripe-Version`. `expand[]` supports latest_charge, charge, payment_intent and
 * balance_transaction. `methods.ts` lists the payment methods and their behaviour.
 */

export interface StripeCustomer {
  id: string;
  object: 'customer';
  created: number;
  description: string | null;
  email: string | null;
  livemode: false;
  metadata: Record<string, string>;
  name: string | null;
  phone: string | null;
}

export interface StripeIntent {
  id: string;
  object: 'payment_intent';
  amount: number;
  amount_capturable: number;
  amount_details: { tip: Record<string, never> };
  amount_received: number;
  application: null;
  application_fee_amount: null;
  /** The types that the caller allowed. Those that fit the intent are in `payment_method_types`. */
  allowed_payment_method_types: string[] | null;
  automatic_payment_methods: { allow_redirects: string; enabled: boolean } | null;
  canceled_at: number | null;
  cancellation_reason: string | null;
  capture_method: 'automatic' | 'automatic_async' | 'manual';
  client_secret: string;
  confirmation_method: 'automatic' | 'manual';
  created: number;
  currency: string;
  customer: string | null;
  description: string | null;
  excluded_payment_method_types: string[] | null;
  last_payment_error: StripeError | null;
  latest_charge: string | null;
  livemode: false;
  metadata: Record<string, string>;
  /** Set while `requires_action`: see `nextActionFor`. */
  next_action: StripeNextAction | null;
  on_behalf_of: null;
  payment_method: string | null;
  payment_method_options: Record<string, unknown>;
  /** Read-only since 2026-09-30. A call that sends it gets `payment_method_types_no_longer_supported`. */
  payment_method_types: string[];
  processing: null;
  receipt_email: string | null;
  review: null;
  setup_future_usage: string | null;
  shipping: Record<string, unknown> | null;
  source: null;
  statement_descriptor: string | null;
  statement_descriptor_suffix: string | null;
  status: StripeIntentStatus;
  transfer_data: null;
  transfer_group: string | null;
}

type StripeIntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'canceled'
  | 'succeeded';

/** `type` names the member that holds the details, such as `redirect_to_url: { url, return_url }`. */
export type StripeNextAction = { type: string } & Record<string, unknown>;

export interface StripeCharge {
  id: string;
  object: 'charge';
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  balance_transaction: string | null;
  billing_details: Record<string, unknown>;
  captured: boolean;
  created: number;
  currency: string;
  customer: string | null;
  description: string | null;
  disputed: boolean;
  failure_code: string | null;
  failure_message: string | null;
  livemode: false;
  metadata: Record<string, string>;
  outcome: Record<string, unknown> | null;
  paid: boolean;
  payment_intent: string;
  payment_method: string;
  payment_method_details: Record<string, unknown>;
  receipt_url: string | null;
  refunded: boolean;
  shipping: Record<string, unknown> | null;
  status: 'succeeded' | 'pending' | 'failed';
}

export interface StripeRefund {
  id: string;
  object: 'refund';
  amount: number;
  balance_transaction: string | null;
  charge: string;
  created: number;
  currency: string;
  destination_details: Record<string, unknown>;
  failure_reason?: string;
  metadata: Record<string, string>;
  payment_intent: string;
  reason: string | null;
  receipt_number: null;
  source_transfer_reversal: null;
  status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';
  transfer_reversal: null;
}

export interface StripeDispute {
  id: string;
  object: 'dispute';
  amount: number;
  /** What was withdrawn and reinstated. */
  balance_transactions: StripeBalanceTransaction[];
  charge: string;
  created: number;
  currency: string;
  evidence: Record<string, string>;
  evidence_details: { due_by: number; has_evidence: boolean; past_due: boolean; submission_count: number };
  is_charge_refundable: boolean;
  livemode: false;
  metadata: Record<string, string>;
  payment_intent: string;
  reason: string;
  status:
    | 'warning_needs_response'
    | 'warning_under_review'
    | 'warning_closed'
    | 'needs_response'
    | 'under_review'
    | 'won'
    | 'lost';
}

export interface StripeFile {
  id: string;
  object: 'file';
  created: number;
  filename: string | null;
  purpose: 'dispute_evidence';
  size: number;
  type: 'pdf';
}

export interface StripePayout {
  id: string;
  object: 'payout';
  amount: number;
  /** Unix seconds. */
  arrival_date: number;
  automatic: boolean;
  balance_transaction: string;
  created: number;
  currency: string;
  livemode: false;
  method: 'standard';
  reconciliation_status: 'completed';
  status: 'paid';
  type: 'bank_account';
}

export interface StripeBalanceTransaction {
  id: string;
  object: 'balance_transaction';
  amount: number;
  available_on: number;
  balance_type: 'payments';
  created: number;
  currency: string;
  description: string | null;
  exchange_rate: null;
  fee: number;
  fee_details: {
    amount: number;
    application: null;
    currency: string;
    description: string;
    type: 'stripe_fee';
  }[];
  net: number;
  reporting_category: string;
  source: string;
  status: 'pending' | 'available';
  type: 'charge' | 'refund' | 'refund_failure' | 'adjustment' | 'payout';
}

export interface StripeError {
  type: 'card_error' | 'invalid_request_error' | 'idempotency_error' | 'api_error';
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
  doc_url?: string;
  payment_intent?: StripeIntent;
  payment_method?: unknown;
}

/** The webhook's body, signed `Stripe-Signature: t=<unix s>,v1=<hex HMAC-SHA256 of "t.body">` (one v1 per secret). */
export interface StripeEvent {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: unknown };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

/** The events that the sandbox sends to the webhook endpoint. Other events appear only under /v1/events. */
export const deliveredStripeEvents: readonly string[] = [
  'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'refund.created',
  'refund.updated',
  'refund.failed',
];
