import { randomInt } from 'node:crypto';
import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { PayPalRefusal } from './refusal.ts';

export interface Amount {
  readonly currency_code: string;
  readonly value: string;
}

export interface Authorization {
  readonly id: string;
  readonly status: 'CREATED' | 'CAPTURED' | 'VOIDED';
  readonly amount: Amount;
}

export interface Capture {
  readonly id: string;
  readonly status: 'COMPLETED' | 'PARTIALLY_REFUNDED' | 'REFUNDED';
  readonly amount: Amount;
  readonly invoice_id?: string;
  readonly create_time: string;
}

export interface Refund {
  readonly id: string;
  readonly status: 'COMPLETED' | 'PENDING' | 'FAILED';
  readonly amount: Amount;
  readonly custom_id?: string;
  readonly capture: string;
}

/** An order as the sandbox keeps it. `funding`: what happens when it is authorised. */
export interface Order {
  readonly id: string;
  readonly status: 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED' | 'VOIDED';
  readonly custom_id?: string;
  readonly amount: Amount;
  readonly return_url?: string;
  readonly funding: 'good' | 'declined';
  readonly isContested: boolean;
  readonly authorizations: readonly Authorization[];
  readonly captures: readonly Capture[];
  readonly refunds: readonly Refund[];
}

const LETTERS = '0123456789ABCDEFGHJKLMNPRSTUVWXY';

/** An id as PayPal makes them: 17 capital letters and digits. */
export const newPayPalId = (): string =>
  Array.from({ length: 17 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** The decimal places that PayPal's amounts have: none in three currencies. */
const WHOLE: readonly string[] = ['HUF', 'JPY', 'TWD'];
const CURRENCIES: readonly string[] = [
  ...[
    'AUD',
    'BRL',
    'CAD',
    'CNY',
    'CZK',
    'DKK',
    'EUR',
    'HKD',
    'HUF',
    'ILS',
    'JPY',
    'MYR',
    'MXN',
    'TWD',
    'NZD',
  ],
  ...['NOK', 'PHP', 'PLN', 'GBP', 'SGD', 'SEK', 'CHF', 'THB', 'USD'],
];

/** Checks an amount of a request. */
export function readAmount(given: unknown): Amount {
  const { currency_code, value, ...more } = (given ?? {}) as Record<string, unknown>;
  if (Object.keys(more).length > 0) throw new PayPalRefusal(400, 'MALFORMED_REQUEST_JSON', 'amount');
  if (typeof currency_code !== 'string' || typeof value !== 'string')
    throw new PayPalRefusal(400, 'MISSING_REQUIRED_PARAMETER', 'amount');
  if (!CURRENCIES.includes(currency_code)) throw new PayPalRefusal(422, 'INVALID_CURRENCY_CODE', 'amount');
  if (!/^\d{1,9}(\.\d+)?$/.test(value)) throw new PayPalRefusal(400, 'INVALID_PARAMETER_SYNTAX', 'amount');
  const [, fraction] = value.split('.');
  if (WHOLE.includes(currency_code) && fraction !== undefined)
    throw new PayPalRefusal(422, 'DECIMALS_NOT_SUPPORTED', 'amount');
  if ((fraction ?? '').length > 2) throw new PayPalRefusal(422, 'DECIMAL_PRECISION', 'amount');
  if (Number(value) === 0) throw new PayPalRefusal(422, 'CANNOT_BE_ZERO_OR_NEGATIVE', 'amount');
  return { currency_code, value };
}

/** The hundredths of an amount, for sums and comparisons. */
export const hundredths = ({ value }: Amount): number => Math.round(Number(value) * 100);

export function amountOf(hundredthsOf: number, { currency_code }: Pick<Amount, 'currency_code'>): Amount {
  const isWhole = WHOLE.includes(currency_code);
  return { currency_code, value: (hundredthsOf / 100).toFixed(isWhole ? 0 : 2) };
}

/** PayPal's objects in the store, and its events. */
export class PayPalBooks {
  readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  order(id: string): Order {
    const order = this.sandbox.store.get<Order>('paypal.order', id);
    if (order === undefined) throw new PayPalRefusal(404, 'INVALID_RESOURCE_ID');
    return order;
  }

  save(order: Order): Order {
    this.sandbox.store.put('paypal.order', order.id, order, order.custom_id ?? null);
    return order;
  }

  /** The order that has the authorisation or capture of that id. */
  holderOf(id: string): Order {
    const order = this.sandbox.store
      .list<Order>('paypal.order', { limit: 100_000 })
      .find(({ authorizations, captures }) => [...authorizations, ...captures].some((one) => one.id === id));
    if (order === undefined) throw new PayPalRefusal(404, 'INVALID_RESOURCE_ID');
    return order;
  }

  time(): string {
    return `${new Date(this.sandbox.now()).toISOString().slice(0, 19)}Z`;
  }

  /** Sends an event. Its link says where this server is, as that of a real event does. */
  emit(type: string, resource: object, about: Pick<Order, 'id' | 'custom_id'>): void {
    const id = `WH-${newPayPalId()}-${newPayPalId()}`;
    const body = {
      ...{
        id,
        event_version: '1.0',
        create_time: this.time(),
        event_type: type,
        resource_version: '2.0',
        resource,
      },
      links: [
        { href: `${this.sandbox.url()}/v1/notifications/webhooks-events/${id}`, rel: 'self', method: 'GET' },
      ],
    };
    const reference = `${about.custom_id ?? ''} ${about.id}`;
    this.sandbox.sendHook({ eventId: id, type, reference, body: JSON.stringify(body) });
  }
}
