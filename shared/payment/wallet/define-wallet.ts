import * as z from 'zod';
import { defined } from '../../kernel/defined.ts';
import { PartnerRefused, readCallbackBody } from '../../partners/partner-answer.ts';
import type { PlugInContext } from '../../partners/plug-in.ts';
import { PartnerUnavailable } from '../../partners/send.ts';
import {
  definePaymentProvider,
  type PaymentOwner,
  type PaymentProvider,
  type ProviderPayment,
  type ProviderRefund,
} from '../provider.ts';
import { interpretWallet } from './interpret-wallet.ts';
import { readPayment, readRefund, textAt, UnreadableObject } from './read-wallet.ts';
import { toWalletAmount } from './wallet-amounts.ts';
import { callWallet, type WalletAnswer } from './wallet-calls.ts';
import type { RefundCommand, StartCommand, WalletData, WalletMapper } from './wallet-data.ts';

/** Settings that every wallet has, beside its own. */
export interface WalletSettings {
  readonly baseUrl: string;
}

/**
 * Makes a payment provider of a wallet's data, and a mapper for what data can't say. The shopper's payment is the
 * capture. Every call goes by ids of ours, so that no idempotency key is needed and a repeat is always recognised.
 */
export function defineWallet<const Code extends string, Settings extends WalletSettings>(
  data: WalletData<Code>,
  settings: z.ZodType<Settings>,
  mapper: WalletMapper<Settings>,
): PaymentProvider<Code> {
  const { code } = data;
  const wallet = { data, mapper };
  return definePaymentProvider<Code, Settings>({
    ...{ code, settings, methods: data.methods, verify: mapper.verify },
    ...defined({ acknowledgement: data.acknowledgement }),
    start: (context, command) => start(wallet, context, command),
    capture: (context, { providerPaymentId }) => find(wallet, context, providerPaymentId),
    void: (context, { providerPaymentId }) => close(wallet, context, providerPaymentId),
    refund: (context, command) => refund(wallet, context, command),
    findStarted: (context, owner) => findStarted(wallet, context, owner),
    find: (context, { providerPaymentId }) => find(wallet, context, providerPaymentId),
    interpret: (rawBody, own) => {
      const event = readCallbackBody(code, rawBody, z.looseObject({}));
      return interpretWallet(data, mapper, { event, settings: own });
    },
  });
}

interface Wallet<Settings> {
  readonly data: WalletData;
  readonly mapper: WalletMapper<Settings>;
}

async function find<Settings extends WalletSettings>(
  wallet: Wallet<Settings>,
  context: PlugInContext<Settings>,
  id: string,
): Promise<ProviderPayment> {
  const { data } = wallet;
  const answer = await ask(wallet, context, id);
  return readable(data, () => readPayment(data, accepted(data, answer), id));
}

/** By our own id of the payment. Starting it again would ask the shopper on the phone, if no start had arrived. */
async function findStarted<Settings extends WalletSettings>(
  wallet: Wallet<Settings>,
  context: PlugInContext<Settings>,
  owner: PaymentOwner,
): Promise<ProviderPayment | undefined> {
  const { data, mapper } = wallet;
  const id = mapper.paymentReference(owner);
  const found = await ask(wallet, context, id);
  if (isUnknown(data, found)) return undefined;
  return readable(data, () => readPayment(data, accepted(data, found), id));
}

const isUnknown = ({ payment }: WalletData, { refusal }: WalletAnswer): boolean =>
  refusal !== undefined && payment.unknown.includes(refusal.code);

function ask<Settings extends WalletSettings>(
  { data, mapper }: Wallet<Settings>,
  context: PlugInContext<Settings>,
  id: string,
): Promise<WalletAnswer> {
  const body = mapper.bodies.find?.(context.settings, id);
  return callWallet(data, mapper, context, { path: data.paths.find, id, body });
}

async function start<Settings extends WalletSettings>(
  wallet: Wallet<Settings>,
  context: PlugInContext<Settings>,
  command: StartCommand,
) {
  const { data, mapper } = wallet;
  const id = mapper.paymentReference(command);
  const body = mapper.bodies.start(context.settings, command, toWalletAmount(data.amounts, command.amount));
  const answer = await callWallet(data, mapper, context, { path: data.paths.start, id, body });
  const nextAction = answer.refusal === undefined ? mapper.nextAction(answer.json, command) : undefined;
  if (answer.refusal !== undefined || nextAction === undefined || nextAction.type === 'none') {
    // A payment that began before is refused once it was paid or has ended, and may have no next action any more.
    const found = await ask(wallet, context, id);
    if (isUnknown(data, found)) {
      accepted(data, answer);
      throw new PartnerUnavailable(data.code, 'answered without the next action');
    }
    const payment = readable(data, () => readPayment(data, accepted(data, found), id));
    const open = payment.status === 'waiting' ? mapper.openAction?.(command) : undefined;
    return { payment, nextAction: open ?? ({ type: 'none' } as const) };
  }
  const own = data.payment.id;
  const providerPaymentId = own === undefined ? id : readable(data, () => textAt(answer.json, own));
  const { amount } = command;
  return { payment: { providerPaymentId, status: 'waiting', amount, captures: [] } as const, nextAction };
}

/** A payment that is still open is closed. One that was paid stays so: some wallets give the money back otherwise. */
async function close<Settings extends WalletSettings>(
  wallet: Wallet<Settings>,
  context: PlugInContext<Settings>,
  id: string,
): Promise<ProviderPayment> {
  const { data, mapper } = wallet;
  const before = await find(wallet, context, id);
  if (before.status !== 'waiting' && before.status !== 'failed') return before;
  const { close: path } = data.paths;
  if (path === undefined) return endedIfFailed(before);
  const body = mapper.bodies.close?.(context.settings, id);
  const answer = await callWallet(data, mapper, context, { path, id, body });
  const { notClosable = [] } = data.payment;
  const isExpected = answer.refusal !== undefined && notClosable.includes(answer.refusal.code);
  if (!isExpected) accepted(data, answer);
  return endedIfFailed(await find(wallet, context, id));
}

/** An attempt failed, and there will be no other one. */
const endedIfFailed = (payment: ProviderPayment): ProviderPayment =>
  payment.status === 'failed' ? { ...payment, status: 'voided' } : payment;

async function refund<Settings extends WalletSettings>(
  wallet: Wallet<Settings>,
  context: PlugInContext<Settings>,
  command: RefundCommand,
): Promise<ProviderRefund> {
  const { data, mapper } = wallet;
  const { refundId, providerPaymentId: id, amount } = command;
  const reference = mapper.refundReference(command);
  const paid = await find(wallet, context, id);
  if (paid.status === 'voided' && data.payment.closingReturnsMoney === true)
    return { refundId, providerReference: id, status: 'paid', amount };
  const body = mapper.bodies.refund(context.settings, command, {
    refund: toWalletAmount(data.amounts, amount),
    total: toWalletAmount(data.amounts, paid.amount),
    currency: amount.currency,
  });
  const answer = await callWallet(data, mapper, context, { path: data.paths.refund, id, reference, body });
  const failureCode = answer.refusal?.code;
  if (failureCode !== undefined && data.refund.refusals.includes(failureCode))
    return { refundId, providerReference: id, status: 'failed', amount, failureCode };
  const path = data.paths.findRefund;
  if (path === undefined) {
    const json = accepted(data, answer);
    return readable(data, () => readRefund(data, json, refundId));
  }
  const query = { path, id, reference, body: mapper.bodies.findRefund?.(context.settings, reference) };
  const found = await callWallet(data, mapper, context, query);
  // A refund that was accepted before and failed may be refused when it is asked for again: its state says so.
  if (found.refusal !== undefined) accepted(data, answer);
  const json = accepted(data, found);
  return readable(data, () => readRefund(data, json, refundId));
}

/** The JSON of an accepted request. A refusal that no caller expects needs a person. */
function accepted({ code }: WalletData, { refusal, json }: WalletAnswer): unknown {
  if (refusal !== undefined) throw new PartnerRefused(code, refusal.status, refusal.code);
  return json;
}

/** An answer that can't be read counts as no answer. */
function readable<Read>({ code }: WalletData, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnreadableObject)) throw error;
    throw new PartnerUnavailable(code, `answered with garbage: ${error.message}`, { cause: error });
  }
}
