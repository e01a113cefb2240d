import { afterAll, beforeAll } from 'vitest';
import type { Partners } from '../../../../infra/sandbox/start-partners.ts';
import type { Country } from '../../../../shared/kernel/country.ts';
import { minorDigits } from '../../../../shared/kernel/currency.ts';
import { type Money, money } from '../../../../shared/kernel/money.ts';
import type {
  BoundPaymentProvider,
  OfferedMethod,
  PaymentProvider,
  PaymentUpdate,
} from '../../../../shared/payment/provider.ts';
import { idOf } from '../../../builders/ids.ts';
import { impatientSend, present, toCallback } from '../../../fixtures/partner-calls.ts';
import { type Receiver, startFast, startReceiver, until } from '../../partners/sandbox.ts';
import type { PaymentContract, StartedIntent } from '../payment-contract.ts';
import { type PlugInEntry, settingsAt } from '../plug-in-entry.ts';

export type Entry = PlugInEntry<BoundPaymentProvider, PaymentProvider, PaymentContract>;

/** An intent of the suite, with our ids. */
export interface Intent extends StartedIntent {
  readonly orderId: string;
  readonly refundId: string;
  readonly captureId: string;
}

/** One provider with its sandbox. The sandbox runs from the first test to the last. */
export class Bench {
  readonly entry: Entry;
  #receiver: Receiver | undefined;
  #partners: Partners | undefined;
  #count = 0;

  constructor(entry: Entry) {
    this.entry = entry;
    beforeAll(async () => {
      this.#receiver = await startReceiver();
      this.#partners = await startFast(
        this.#receiver.url,
        entry.partners === undefined ? {} : { partners: entry.partners },
      );
    });
    afterAll(async () => {
      await this.#partners?.stop();
      await this.#receiver?.stop();
    });
  }

  get code(): string {
    return this.entry.plugIn.code;
  }
  get partners(): Partners {
    if (this.#partners === undefined) throw new Error('the sandbox is not started yet');
    return this.#partners;
  }
  get url(): string {
    return this.partners.urlOf(this.code);
  }
  get provider(): BoundPaymentProvider {
    return this.bind();
  }

  settings(secrets?: Parameters<typeof settingsAt>[2]): unknown {
    return settingsAt(this.entry, { url: this.url, ...this.partners.keysOf(this.code) }, secrets);
  }

  bind(send = impatientSend(this.code)): BoundPaymentProvider {
    return this.entry.plugIn.bind(this.settings(), send);
  }

  /** The first entry of the method on offer: those with the same name differ in countries and currencies only. */
  offer(method = this.entry.contract.method): OfferedMethod {
    const found = this.entry.plugIn.methods.find((one) => one.method === method);
    if (found === undefined) throw new Error(`${this.code} offers no ${method}`);
    return found;
  }

  ids(): Pick<Intent, 'orderId' | 'paymentId' | 'refundId' | 'captureId'> {
    this.#count += 1;
    const paymentId = idOf('payment', this.#count);
    const [orderId, refundId] = [idOf('order', this.#count), idOf('refund', this.#count)];
    return { orderId, paymentId, refundId, captureId: paymentId };
  }

  async start(
    method = this.entry.contract.method,
    ids = this.ids(),
    amount?: Money,
    country?: Country,
  ): Promise<Intent> {
    const offer = this.offer(method);
    const place = { amount: amount ?? amountOf(offer), country: country ?? countryOf(offer) };
    const asked = { ...ids, method, ...place };
    const returnUrl = 'https://shop.example/return';
    const { payment, nextAction } = await this.provider.start(present(), { ...asked, returnUrl });
    return { ...asked, providerPaymentId: payment.providerPaymentId, nextAction };
  }

  pay(intent: Intent, outcome: 'good' | 'declined' = 'good'): Promise<void> {
    return this.entry.contract.shopperPays(this.url, intent, outcome);
  }

  /** An intent that the shopper has paid. */
  async paid(method?: string, ids?: ReturnType<Bench['ids']>): Promise<Intent> {
    const intent = await this.start(method, ids);
    await this.pay(intent);
    return intent;
  }

  /** Takes the whole amount, unless the shopper's payment took it. */
  async captured(method?: string, ids?: ReturnType<Bench['ids']>): Promise<Intent> {
    const intent = await this.paid(method, ids);
    if (this.offer(method).captures !== 'at-once') await this.capture(intent);
    return intent;
  }

  capture(intent: Intent, over: { amount?: Money; captureId?: string; isFinal?: boolean } = {}) {
    return this.provider.capture(present(), { ...intent, isFinal: true, ...over });
  }

  void(intent: Intent) {
    return this.provider.void(present(), { ...intent, currency: intent.amount.currency });
  }

  refund(intent: Intent, amount = intent.amount, refundId = intent.refundId, now = present()) {
    return this.provider.refund(now, { ...intent, amount, refundId });
  }

  find(intent: Intent) {
    return this.provider.find(present(), intent);
  }

  effects(intent: Pick<Intent, 'paymentId'>) {
    return this.entry.contract.effects(this.url, intent.paymentId);
  }

  strike(operation: string, call: Parameters<Partners['faults']['add']>[0]['call']): void {
    this.partners.faults.add({ partner: this.code, on: operation, ...(call === undefined ? {} : { call }) });
  }

  /** The webhooks that arrive because of `act`, once nothing more is on its way. */
  async hooksOf(act: () => Promise<unknown>) {
    await until(() => this.partners.idle());
    const before = this.#receiver?.arrived.length ?? 0;
    await act();
    await until(() => this.partners.idle());
    return (this.#receiver?.arrived ?? []).slice(before).map(toCallback);
  }

  read(callbacks: readonly { readonly rawBody: Buffer }[]): PaymentUpdate[] {
    return callbacks.map(({ rawBody }) => this.provider.interpret(rawBody));
  }
}

/** A usual amount that the method takes, of which a fifth is a whole number: 49.90 in most currencies. */
export function amountOf(offer: OfferedMethod, currency = currencyOf(offer)): Money {
  const usual = 4_990 * 10 ** Math.max(minorDigits(currency) - 2, 0);
  const least = offer.minAmountMinor?.[currency] ?? 0;
  const most = offer.maxAmountMinor?.[currency] ?? Number.MAX_SAFE_INTEGER;
  return money(Math.min(Math.max(usual, least * 5), most), currency);
}

/** That share of the amount in minor units, rounded down. */
export const partOf = ({ amountMinor, currency }: Money, parts: number, of = 5): Money =>
  money(Math.floor((amountMinor * parts) / of), currency);

const currencyOf = ({ currencies: [first = 'EUR'], currencies }: OfferedMethod) =>
  currencies.includes('EUR') ? 'EUR' : first;

const countryOf = ({ countries }: OfferedMethod) => countries?.[0] ?? 'DE';
