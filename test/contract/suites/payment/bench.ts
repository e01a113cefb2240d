import { afterAll, beforeAll } from 'vitest';
import type { Partners } from '../../../../infra/sandbox/start-partners.ts';
import type { Country } from '../../../../shared/kernel/country.ts';
import { minorDigits } from '../../../../shared/kernel/currency.ts';
import { defined } from '../../../../shared/kernel/defined.ts';
import { type Money, money } from '../../../../shared/kernel/money.ts';
import { later } from '../../../../shared/kernel/time.ts';
import type { Payer } from '../../../../shared/payment/payer-data.ts';
import type {
  BoundPaymentProvider,
  LookedUp,
  OfferedMethod,
  PaymentProvider,
  ProviderPayment,
  ProviderRefund,
} from '../../../../shared/payment/provider.ts';
import { idOf } from '../../../builders/ids.ts';
import { present, toCallback, watchingSend } from '../../../fixtures/partner-calls.ts';
import { type Receiver, startFast, startReceiver, until } from '../../partners/sandbox.ts';
import type { PaymentContract } from '../payment-contract.ts';
import { type PlugInEntry, settingsAt } from '../plug-in-entry.ts';
import { bookedPayment } from './books.ts';
import type { Intent } from './intent.ts';

export type Entry = PlugInEntry<BoundPaymentProvider, PaymentProvider, PaymentContract>;

interface CaptureOver {
  readonly amount?: Money;
  readonly captureId?: string;
  readonly isFinal?: boolean;
  readonly instalment?: number;
}

interface RefundOptions {
  readonly provider?: BoundPaymentProvider;
  readonly now?: string;
  /** The capture that it is given back from. */
  readonly of?: string | undefined;
}

interface AskedRefund {
  readonly askedAt: string;
  readonly reference?: string;
}

/** One provider with its sandbox. The sandbox runs from the first test to the last. */
export class Bench {
  readonly entry: Entry;
  #receiver: Receiver | undefined;
  #partners: Partners | undefined;
  #count = 0;
  readonly #payableUntil = new Map<string, string>();
  readonly #refunds = new Map<string, Map<string, AskedRefund>>();

  constructor(entry: Entry) {
    this.entry = entry;
    beforeAll(async () => {
      this.#receiver = await startReceiver();
      // The last of the webhooks that a fault holds back waits for no next one: a tenth of a second is enough.
      const options = { reorderHoldMs: 100, ...(entry.partners && { partners: entry.partners }) };
      this.#partners = await startFast(this.#receiver.url, options);
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

  bind(send = watchingSend(this.code, () => this.partners.faults)): BoundPaymentProvider {
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
    firstInstalment?: Money,
  ): Promise<Intent> {
    const offer = this.offer(method);
    const place = { amount: amount ?? amountOf(offer), country: country ?? countryOf(offer) };
    const asked = { ...ids, method, ...place };
    const first = defined({ firstInstalment });
    const { payment, nextAction } = await this.startAs(offer, { ...asked, ...first });
    return { ...asked, providerPaymentId: payment.providerPaymentId, nextAction };
  }

  /** Starts as the order's step does: with the end of the time to pay, and the payer where the method asks for one. */
  startAs(
    offer: OfferedMethod,
    asked: Pick<Intent, 'orderId' | 'paymentId' | 'method' | 'amount'> & {
      readonly country: string;
      readonly firstInstalment?: Money;
    },
  ) {
    const until = this.#payableUntil.get(asked.paymentId) ?? later(present(), offer.reservationMs);
    this.#payableUntil.set(asked.paymentId, until);
    return this.provider.start(present(), {
      ...asked,
      returnUrl: 'https://shop.example/return',
      payableUntil: until,
      ...(asksForPayer(offer) ? { payer: payerIn(asked.country) } : {}),
    });
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

  async capture(intent: Intent, over: CaptureOver = {}) {
    const command = { ...intent, isFinal: true, ...over, ...(await this.#authorisation(intent)) };
    return this.#outcome(intent, await this.provider.capture(present(), command));
  }

  async void(intent: Intent) {
    const { currency } = intent.amount;
    const command = { ...intent, currency, ...(await this.#authorisation(intent)) };
    return this.#outcome(intent, await this.provider.void(present(), command));
  }

  /** Asks for a refund as the order's step does: with the time of the first request, and the others' references. */
  async refund(
    intent: Intent,
    amount = intent.amount,
    refundId = intent.refundId,
    { provider = this.provider, now = present(), of }: RefundOptions = {},
  ) {
    const asked = this.#refunds.get(intent.paymentId) ?? new Map<string, AskedRefund>();
    this.#refunds.set(intent.paymentId, asked);
    const askedAt = asked.get(refundId)?.askedAt ?? present();
    asked.set(refundId, { askedAt, ...asked.get(refundId) });
    const others = [...asked].flatMap(([id, { reference }]) =>
      id === refundId || reference === undefined ? [] : [reference],
    );
    const command = {
      ...intent,
      amount,
      refundId,
      askedAt,
      otherReferences: others,
      ...defined({ captureReference: of }),
    };
    const asking = { ...command, ...(await this.#authorisation(intent)) };
    const answer = await this.#refundOutcome(intent, await provider.refund(now, asking));
    if (answer.status !== 'failed') asked.set(refundId, { askedAt, reference: answer.providerReference });
    return answer;
  }

  async find(intent: Intent) {
    return this.#outcome(intent, await this.provider.find(present(), intent));
  }

  /** The answer, or for a provider that reports outcomes by callbacks alone what these have said by then. */
  async #outcome(intent: Intent, answer: ProviderPayment): Promise<ProviderPayment> {
    if (this.entry.contract.outcomesByCallback !== true) return answer;
    return bookedPayment(intent, answer, await this.#reports(intent));
  }

  async #refundOutcome(intent: Intent, answer: ProviderRefund): Promise<ProviderRefund> {
    if (this.entry.contract.outcomesByCallback !== true) return answer;
    const said = (await this.#reports(intent)).flatMap((one) => (one.kind === 'refund' ? [one.refund] : []));
    return said.findLast(({ refundId }) => refundId === answer.refundId) ?? answer;
  }

  /** The reference of the authorisation, where only a callback said it. */
  async #authorisation(intent: Intent): Promise<Pick<ProviderPayment, 'authorisationReference'>> {
    if (this.entry.contract.outcomesByCallback !== true) return {};
    const said = (await this.#reports(intent)).flatMap((one) =>
      one.kind === 'payment' ? [one.payment] : [],
    );
    const named = said.findLast(({ authorisationReference }) => authorisationReference !== undefined);
    return defined({ authorisationReference: named?.authorisationReference });
  }

  /** What genuine callbacks have said of the payment, once nothing more is on its way. */
  async #reports({ paymentId }: Intent): Promise<LookedUp[]> {
    await until(() => this.partners.idle());
    const about = (this.#receiver?.arrived ?? []).filter(({ raw }) =>
      raw.includes(paymentId.slice(paymentId.indexOf('_') + 1)),
    );
    const callbacks = about.map(toCallback);
    const verdicts = await Promise.all(callbacks.map((one) => this.provider.verify(present(), one)));
    const updates = await this.read(callbacks.filter((_, index) => verdicts[index]?.genuine));
    return updates.filter((one) => 'paymentId' in one && one.paymentId === paymentId);
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

  /** What the callbacks say. Where one only names an object, the provider is asked. */
  async read(callbacks: readonly { readonly rawBody: Buffer }[]): Promise<LookedUp[]> {
    const updates: LookedUp[] = [];
    for (const { rawBody } of callbacks) {
      const update = this.provider.interpret(rawBody);
      if (update.kind !== 'look-up') updates.push(update);
      else updates.push(...((await this.provider.lookUp?.(present(), update)) ?? []));
    }
    return updates;
  }
}

/** A usual amount that the method takes, of which a fifth is a whole number: 49.90 in most currencies. */
export function amountOf(offer: OfferedMethod, currency = currencyOf(offer)): Money {
  const digits = minorDigits(currency);
  // Where the provider takes fewer digits, a fifth has to be a whole number of those.
  const step = 10 ** (digits - (offer.digits?.[currency] ?? digits));
  const usual = step > 1 ? 1_000 * step : 4_990 * 10 ** Math.max(digits - 2, 0);
  const least = offer.minAmountMinor?.[currency] ?? 0;
  const most = offer.maxAmountMinor?.[currency] ?? Number.MAX_SAFE_INTEGER;
  return money(Math.min(Math.max(usual, least * 5), most), currency);
}

/** Whether the method asks for more of the shopper than the page to return to. */
const asksForPayer = ({ payerNeeds = [] }: OfferedMethod): boolean =>
  payerNeeds.some((field) => field !== 'returnUrl');

/** A shopper of that country, with all that a method may ask for. */
function payerIn(country: string): Payer {
  const taxId = { BR: '52998224725', MX: 'GODE561231GR8' }[country];
  return {
    customer: { email: 'ana.souza@example.com', phone: phones[country] ?? '+4915112345678' },
    ...{ vpa: 'ana.souza@examplebank', device: { ip: '192.0.2.7', userAgent: 'Mozilla/5.0' } },
    address: {
      name: 'Ana Maria Souza',
      line1: 'Avenida Paulista 1000',
      line2: 'Bela Vista',
      city: 'São Paulo',
      region: 'SP',
      postalCode: '01310-100',
      country,
      ...(taxId === undefined ? {} : { taxId }),
    },
  };
}

/** A telephone number of that country, in E.164. */
const phones: Readonly<Partial<Record<string, string>>> = {
  BR: '+5511987654321', ID: '+6281234567890', MX: '+525512345678', PH: '+639171234567', IN: '+919876543210',
  KE: '+254703456789', NG: '+2348134567899',
}; // biome-ignore format: a table reads better in columns

const currencyOf = ({ currencies: [first = 'EUR'], currencies }: OfferedMethod) =>
  currencies.includes('EUR') ? 'EUR' : first;

const countryOf = ({ countries }: OfferedMethod) => countries?.[0] ?? 'DE';
