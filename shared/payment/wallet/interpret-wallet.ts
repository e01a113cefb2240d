import { lookUp } from '../../kernel/look-up.ts';
import type { PaymentUpdate } from '../provider.ts';
import { fieldAt, readPayment, readRefund, UnreadableObject } from './read-wallet.ts';
import type { WalletData, WalletMapper } from './wallet-data.ts';

/** Translates a stored event. A type, a word or a form that the data lacks is unrecognised, and raises an alarm. */
export function interpretWallet<Settings>(
  data: WalletData,
  mapper: WalletMapper<Settings>,
  { event, settings }: { readonly event: unknown; readonly settings: Settings },
): PaymentUpdate {
  const type = mapper.typeOf === undefined ? fieldAt(event, data.events.type) : mapper.typeOf(event);
  if (typeof type !== 'string') return { kind: 'unrecognised', word: `no ${data.events.type}` };
  const kind = lookUp(data.events.kinds, type);
  if (kind === undefined) return { kind: 'unrecognised', word: type };
  if (kind === 'ignored') return { kind, word: type };
  const object = mapper.reported(event, settings);
  try {
    return kind === 'payment' ? payment(data, mapper, type, object) : refund(data, mapper, type, object);
  } catch (error) {
    if (!(error instanceof UnreadableObject)) throw error;
    return { kind: 'unrecognised', word: error.word ?? `${type}: ${error.message}` };
  }
}

function payment<Settings>(
  data: WalletData,
  mapper: WalletMapper<Settings>,
  type: string,
  object: unknown,
): PaymentUpdate {
  const owner = mapper.owner(object);
  // Another system made this payment in the same account.
  if (owner === undefined) return { kind: 'ignored', word: `${type}: not our payment` };
  return { kind: 'payment', ...owner, payment: readPayment(data, object, mapper.paymentReference(owner)) };
}

function refund<Settings>(
  data: WalletData,
  mapper: WalletMapper<Settings>,
  type: string,
  object: unknown,
): PaymentUpdate {
  const owner = mapper.refundOwner(object);
  if (owner === undefined) return { kind: 'unrecognised', word: `${type}: not our refund` };
  const { orderId, paymentId, refundId } = owner;
  return { kind: 'refund', orderId, paymentId, refund: readRefund(data, object, refundId) };
}
