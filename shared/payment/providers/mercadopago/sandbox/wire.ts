/** The objects of Mercado Pago's API, as the sandbox stores and answers them. Times have an offset. */

export interface WirePayment {
  readonly id: number;
  readonly date_created: string;
  readonly date_approved: string | null;
  readonly date_last_updated: string;
  readonly date_of_expiration: string;
  readonly operation_type: 'regular_payment';
  readonly payment_method_id: string;
  readonly payment_type_id: 'bank_transfer' | 'ticket';
  readonly status: string;
  readonly status_detail: string;
  readonly currency_id: string;
  readonly description: string | null;
  readonly live_mode: false;
  readonly collector_id: number;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly external_reference: string | null;
  readonly transaction_amount: number;
  readonly transaction_amount_refunded: number;
  readonly fee_details: readonly {
    readonly type: string;
    readonly amount: number;
    readonly fee_payer: string;
  }[];
  readonly transaction_details: {
    readonly external_resource_url: string | null;
    readonly payment_method_reference_id: string | null;
    readonly digitable_line?: string;
    readonly barcode?: { readonly content: string };
    readonly transaction_id: string | null;
    readonly total_paid_amount: number;
    readonly net_received_amount: number;
  };
  readonly point_of_interaction: {
    readonly type: 'PIX' | 'UNSPECIFIED';
    readonly transaction_data?: {
      readonly qr_code: string;
      readonly ticket_url: string;
      readonly transaction_id: string | null;
    };
  };
}

export interface WireRefund {
  readonly id: number;
  readonly payment_id: number;
  readonly amount: number;
  readonly metadata: object;
  readonly source: { readonly id: string; readonly name: string; readonly type: 'collector' };
  readonly date_created: string;
  readonly unique_sequence_number: null;
  readonly refund_mode: 'standard';
  readonly adjustment_amount: 0;
  readonly status: 'approved' | 'in_process' | 'rejected';
  readonly reason: null;
  readonly labels: readonly string[];
  readonly amount_refunded_to_payer: number;
}

export interface WireChargeback {
  readonly id: string;
  readonly payments: readonly number[];
  readonly currency: string;
  readonly amount: number;
  readonly reason: string;
  readonly coverage_applied: boolean | null;
  readonly coverage_elegible: true;
  readonly documentation_required: true;
  readonly documentation_status: 'pending' | 'review_pending' | 'valid' | 'invalid' | 'not_supplied';
  readonly documentation: readonly object[];
  readonly date_documentation_deadline: string;
  readonly date_created: string;
  readonly date_last_updated: string;
  readonly live_mode: false;
}

export interface WireClaim {
  readonly id: number;
  readonly resource: 'payment';
  readonly resource_id: number;
  readonly status: 'opened' | 'closed';
  readonly type: 'mediations';
  readonly stage: 'claim' | 'dispute';
  readonly parent_id: null;
  readonly reason_id: string;
  readonly resolution: {
    readonly reason: string;
    readonly date_created: string;
    readonly benefited: readonly ('complainant' | 'respondent')[];
    readonly closed_by: 'mediator';
  } | null;
  readonly site_id: string;
  readonly date_created: string;
  readonly last_updated: string;
}

/** The countries of the sandbox's accounts: `user_id` is the last part of an access token. */
export const sites = {
  '1001': { site: 'MLB', currency: 'BRL', methods: ['pix', 'bolbradesco'] },
  '1002': { site: 'MLM', currency: 'MXN', methods: ['oxxo'] },
} as const;

export type UserId = keyof typeof sites;
