import { defined } from '../../kernel/defined.ts';
import { lookUp } from '../../kernel/look-up.ts';
import type { Money } from '../../kernel/money.ts';
import type { ProviderPayment, ProviderRefund } from '../provider.ts';
import { fromWalletAmount } from './wallet-amounts.ts';
import type { WalletData } from './wallet-data.ts';

/** What is wrong with an object of the wallet: a word that its table lacks, or a field that can't be read. */
export class UnreadableObject extends Error {
  override readonly name = 'UnreadableObject';
  /** The unknown word of the wallet; undefined if the field is absent or has another form. */
  readonly word: string | undefined;

  constructor(field: string, word?: string) {
    super(`can't read ${field}`);
    this.word = word;
  }
}

/** The value at a path such as `amount.total`; undefined where the JSON has none of its own. */
export function fieldAt(json: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    return Object.entries(value).find(([key]) => key === name)?.[1];
  }, json);
}

/** The text at a path. Throws {@link UnreadableObject} if there is none. */
export function textAt(json: unknown, path: string): string {
  const value = fieldAt(json, path);
  if (typeof value !== 'string' || value === '') throw new UnreadableObject(path);
  return value;
}

/** A payment from its fields; `id` is ours if the wallet has none of its own. Throws {@link UnreadableObject}. */
export function readPayment({ amounts, payment }: WalletData, json: unknown, id: string): ProviderPayment {
  const word = textAt(json, payment.status);
  const status = lookUp(payment.statuses, word);
  if (status === undefined) throw new UnreadableObject(payment.status, word);
  const amount = amountAt(amounts, json, payment);
  const providerPaymentId = payment.id === undefined ? id : textAt(json, payment.id);
  const failureCode = payment.failure === undefined ? undefined : fieldAt(json, payment.failure);
  const bank = payment.bankReference === undefined ? undefined : fieldAt(json, payment.bankReference);
  const bankReference = typeof bank === 'string' ? bank : undefined;
  const isUnderWay = status === 'waiting' && (payment.underWay ?? []).includes(word);
  return {
    ...{ providerPaymentId, status, amount },
    captures:
      status === 'captured'
        ? [{ reference: textAt(json, payment.capture), amount, ...defined({ bankReference }) }]
        : [],
    ...(isUnderWay && { isUnderWay: true as const }),
    ...(status === 'failed' && { failureCode: typeof failureCode === 'string' ? failureCode : word }),
  };
}

/** A refund from its fields, with our id. Throws {@link UnreadableObject}. */
export function readRefund({ amounts, refund }: WalletData, json: unknown, refundId: string): ProviderRefund {
  const word = textAt(json, refund.status);
  const status = lookUp(refund.statuses, word);
  if (status === undefined) throw new UnreadableObject(refund.status, word);
  const code = refund.failure === undefined ? undefined : fieldAt(json, refund.failure);
  const isStuck = status === 'pending' && (refund.stuck ?? []).includes(word);
  const failureCode = status === 'failed' || isStuck ? (typeof code === 'string' ? code : word) : undefined;
  return {
    ...{ refundId, providerReference: textAt(json, refund.reference), status },
    amount: amountAt(amounts, json, refund),
    ...defined({ failureCode }),
  };
}

function amountAt(
  amounts: WalletData['amounts'],
  json: unknown,
  fields: { readonly amount: string; readonly currency: string },
): Money {
  const read = fromWalletAmount(amounts, fieldAt(json, fields.amount), fieldAt(json, fields.currency));
  if (read === undefined) throw new UnreadableObject(fields.amount);
  return read;
}
