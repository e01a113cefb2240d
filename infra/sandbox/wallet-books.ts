import { answerPage } from './pages/layout.ts';
import { minorText, shopperPage } from './pages/shopper-page.ts';
import type { Operation, PartnerAnswer, PartnerRequest, PartnerServer, Sandbox } from './partner.ts';
import { paidOf, refundFails, shopperBehaviour } from './payment-behaviours.ts';
import { newDigits } from './random.ts';

/** A payment that the shopper pushes. Amounts are in the partner's smallest unit of the currency. */
export interface WalletPayment {
  /** The partner's own id. */
  readonly id: string;
  /** The id that the merchant gave it. */
  readonly reference: string;
  readonly state: 'open' | 'paid' | 'declined' | 'closed' | 'expired' | 'returned';
  /** What was asked for, and what the shopper paid. */
  readonly amount: number;
  readonly currency: string;
  readonly paid?: { readonly amount: number; readonly currency: string; readonly atMs: number };
  readonly startedMs: number;
  readonly expiresMs: number;
  readonly returnUrl?: string;
  /** What the partner itself keeps of the request. */
  readonly own: Readonly<Record<string, unknown>>;
}

export interface WalletRefund {
  readonly id: string;
  readonly reference: string;
  readonly payment: string;
  readonly amount: number;
  readonly currency: string;
  /** A refund is paid at once, unless the shopper's bank does not take it: then it is open for a while. */
  readonly state: 'open' | 'paid' | 'failed';
  readonly atMs: number;
  readonly own: Readonly<Record<string, unknown>>;
}

interface NewPayment extends Pick<WalletPayment, 'reference' | 'amount' | 'currency' | 'own'> {
  readonly expiresMs: number;
  readonly returnUrl?: string;
}

interface NewRefund extends Pick<WalletRefund, 'reference' | 'payment' | 'amount' | 'currency' | 'own'> {}

export interface WalletRules {
  readonly code: string;
  /** Days after the payment in which it can be refunded. */
  readonly refundDays: (payment: WalletPayment) => number;
  /** A payment that was refused has ended: the shopper can't try again. */
  readonly endsRefused?: true;
  /** How many digits the partner's ids have. */
  readonly idDigits: number;
  /** Tells the merchant of a payment, or of a refund that is no longer open. */
  readonly report: (payment: WalletPayment, refund?: WalletRefund) => void;
}

/** Why a refund is refused. */
export type WalletRefusalWord = 'not-paid' | 'other-currency' | 'too-late' | 'too-much';

const DAY_MS = 86_400_000;
/** How long the shopper's bank takes to say that it does not take a refund (before pacing). */
const REFUSAL_MS = 200;
const outcomes = { pay: 'Pay', decline: 'Refuse', expire: 'Let the time run out' } as const;
type Outcome = keyof typeof outcomes;

const said: Readonly<Record<Exclude<WalletPayment['state'], 'open'>, string>> = {
  paid: 'Paid. You may close this page.',
  declined: 'The payment was refused.',
  closed: 'The shop closed this payment.',
  expired: 'The time to pay is over.',
  returned: 'The money was given back.',
};

/** The books of a partner whose shoppers push the money: payments, refunds and the page on which a shopper pays. */
export class WalletBooks {
  readonly #sandbox: Sandbox;
  readonly #rules: WalletRules;

  constructor(sandbox: Sandbox, rules: WalletRules) {
    this.#sandbox = sandbox;
    this.#rules = rules;
  }

  /** The payment with the merchant's id, as it is now: one whose time is over is `expired`. */
  byReference(reference: string): WalletPayment | undefined {
    const [known] = this.#sandbox.store.withReference<WalletPayment>(this.#kind('payment'), reference);
    return known === undefined ? undefined : this.#aged(known);
  }

  byId(id: string): WalletPayment | undefined {
    const known = this.#sandbox.store.get<WalletPayment>(this.#kind('payment'), id);
    return known === undefined ? undefined : this.#aged(known);
  }

  open(asked: NewPayment): WalletPayment {
    const id = newDigits(this.#rules.idDigits);
    return this.#save({ ...asked, id, state: 'open', startedMs: this.#sandbox.now() });
  }

  /** Ends an open payment. One that was paid is given back if the partner does so, and stays as it is otherwise. */
  close(payment: WalletPayment, { returnsMoney = false } = {}): WalletPayment {
    if (payment.state === 'open' || payment.state === 'declined')
      return this.#save({ ...payment, state: 'closed' });
    return payment.state === 'paid' && returnsMoney ? this.#save({ ...payment, state: 'returned' }) : payment;
  }

  refundByReference(reference: string): WalletRefund | undefined {
    return this.#sandbox.store.get<WalletRefund>(this.#kind('refund'), reference);
  }

  refundsOf(payment: WalletPayment): WalletRefund[] {
    return this.#sandbox.store.withReference<WalletRefund>(this.#kind('refund'), payment.id);
  }

  /** Refunds once by the merchant's id of the refund. */
  refund(asked: NewRefund): WalletRefund | WalletRefusalWord {
    const known = this.refundByReference(asked.reference);
    if (known !== undefined) return known;
    const payment = this.byId(asked.payment);
    if (payment?.paid === undefined || payment.state !== 'paid') return 'not-paid';
    if (asked.currency !== payment.paid.currency) return 'other-currency';
    if (this.#sandbox.now() > payment.paid.atMs + this.#rules.refundDays(payment) * DAY_MS) return 'too-late';
    if (asked.amount > payment.paid.amount - this.refunded(payment)) return 'too-much';
    const state = refundFails(this.#sandbox, JSON.stringify(payment)) ? 'open' : 'paid';
    const refund = {
      ...asked,
      state,
      id: newDigits(this.#rules.idDigits),
      atMs: this.#sandbox.now(),
    } as const;
    this.#sandbox.store.put(this.#kind('refund'), refund.reference, refund, payment.id);
    if (state === 'paid') this.#rules.report(payment, refund);
    else this.#sandbox.later(this.#kind('refund'), REFUSAL_MS, { reference: refund.reference });
    return refund;
  }

  /** What was given back of the payment, or is on its way. */
  refunded(payment: WalletPayment): number {
    return this.refundsOf(payment).reduce(
      (sum, { state, amount }) => (state === 'failed' ? sum : sum + amount),
      0,
    );
  }

  /** The steps of the partner: the shopper's bank refuses a refund that was accepted. */
  steps(): PartnerServer['steps'] {
    return {
      [this.#kind('refund')]: ({ reference }: { readonly reference: string }) => {
        const refund = this.refundByReference(reference);
        const payment = refund === undefined ? undefined : this.byId(refund.payment);
        if (refund === undefined || payment === undefined) return;
        const failed = { ...refund, state: 'failed' } as const;
        this.#sandbox.store.put(this.#kind('refund'), reference, failed);
        this.#rules.report(payment, failed);
      },
    };
  }

  /** The page in the place of the shopper's wallet: links, or with `outcome` what the shopper chose. */
  pageOperation(): Operation {
    return {
      name: 'page.pay',
      method: 'GET',
      path: '/sandbox/pay/:id',
      shopperPageOf: this.#kind('payment'),
      answer: (request, { id = '' }) => this.#page(request, id),
    };
  }

  /** The address of that page. */
  pageUrl({ id }: WalletPayment): string {
    return `${this.#sandbox.url()}/sandbox/pay/${id}`;
  }

  #page({ query }: PartnerRequest, id: string): PartnerAnswer {
    const payment = this.byId(id);
    if (payment === undefined) return answerPage('Sandbox wallet', '<p>There is no such payment.</p>', 404);
    const outcome = query.get('outcome');
    const isOutcome = outcome !== null && Object.hasOwn(outcomes, outcome);
    if (!isOutcome) return this.#shown(payment);
    const after = this.#choose(payment, outcome as Outcome);
    if (after.returnUrl === undefined) return this.#shown(after);
    return { status: 302, headers: { 'content-type': 'text/plain', location: after.returnUrl }, body: '' };
  }

  #shown({ id, state, amount, currency }: WalletPayment): PartnerAnswer {
    const isPayable = state === 'open' || (state === 'declined' && this.#rules.endsRefused !== true);
    return shopperPage({
      ...{ title: 'Sandbox wallet', text: "This page stands for the shopper's wallet." },
      amount: minorText(amount, currency),
      details: [['Payment', id]],
      choices: isPayable ? Object.entries(outcomes).map(([one, text]) => [`?outcome=${one}`, text]) : [],
      said: state === 'open' ? undefined : said[state],
    });
  }

  #choose(payment: WalletPayment, outcome: Outcome): WalletPayment {
    const canTryAgain = payment.state === 'declined' && this.#rules.endsRefused !== true;
    const isPayable = payment.state === 'open' || canTryAgain;
    const behaviour = shopperBehaviour(this.#sandbox, JSON.stringify(payment));
    const isLate = payment.state === 'expired' && behaviour === 'paid_late';
    if (!isPayable && !isLate) return payment;
    if (outcome === 'expire') return this.#change({ ...payment, state: 'expired' });
    if (outcome === 'decline' || behaviour === 'declined')
      return this.#change({ ...payment, state: 'declined' });
    const paid = { ...paidOf(payment, behaviour), atMs: this.#sandbox.now() };
    return this.#change({ ...payment, state: 'paid', paid });
  }

  /** Changes a payment and tells the merchant. */
  #change(payment: WalletPayment): WalletPayment {
    this.#save(payment);
    this.#rules.report(payment);
    return payment;
  }

  #aged(payment: WalletPayment): WalletPayment {
    const isOver = this.#sandbox.now() > payment.expiresMs;
    const isOpen = payment.state === 'open' || payment.state === 'declined';
    return isOver && isOpen ? this.#save({ ...payment, state: 'expired' }) : payment;
  }

  #save(payment: WalletPayment): WalletPayment {
    this.#sandbox.store.put(this.#kind('payment'), payment.id, payment, payment.reference);
    return payment;
  }

  #kind(kind: 'payment' | 'refund'): string {
    return `${this.#rules.code}.${kind}`;
  }
}
