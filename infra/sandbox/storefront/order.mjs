// The placed order: how it is paid, what the shopper does next, and its progress until it has ended.
import { Problem } from './backend.mjs';
import { drawNext } from './pay-view.mjs';
import { at, drawOrder, showProblem } from './view.mjs';
import { isOver, methodName, stateInWords, waitInWords } from './words.mjs';

const LOOK_EVERY_MS = 400;
/** The storage key of this tab's order. A reload and the return from a provider find the order under it. */
const KEPT = 'entrepot-sample-shop-order';
/** The part of the address by which a provider sends the shopper back. */
const BACK = 'back';

/** What the order's status is to the shopper. */
const LOOKS = { expired: 'bad', cancelled: 'bad', placed: 'waiting' };

/**
 * The order of this tab. `providers` are those of the settings by code, `scripts` those that replace the library of a
 * provider. `onOpen(problem)` is called when the shopper may choose how to pay, with the reason if there is one.
 */
export class OrderPage {
  /**
   * The order: ids, access token, amount, the started payment, and the next action that waits (`next`). `failedSeen`:
   * how many declines the shopper knows.
   */
  #order;
  #isFollowed = false;
  #deps;

  constructor(deps) {
    this.#deps = deps;
  }

  /** The address to which a provider sends the shopper back. */
  returnUrl = `${location.origin}${location.pathname}?${BACK}`;

  /** The placed order; undefined if there is none yet. */
  get placed() {
    return this.#order;
  }

  /** Takes the answer to a placed order. `about` is its amount, country and goods. */
  begin({ orderId, accessToken, payment }, about) {
    this.#order = { orderId, accessToken, payment, failedSeen: 0, ...about };
    this.#keep();
    history.replaceState(undefined, '', `#${orderId}`);
    this.#follow();
  }

  /** Takes another method. A payment that is confirmed on this page is only confirmed again. */
  async choose(method) {
    const order = this.#order;
    const { payment } = order;
    const isSame = method === payment.method && payment.nextAction.type === 'confirm';
    if (!isSame) order.payment = await this.#deps.backend.payBy(order, { method, returnUrl: this.returnUrl });
    order.next = undefined;
    order.failedSeen = order.failed ?? 0;
    this.#keep();
  }

  /** Does what the started payment asks for. `card` is used if the provider's script asks for one. */
  async act(card) {
    const order = this.#order;
    const { nextAction, otherMethods = [] } = order.payment;
    const isConfirmed = nextAction.type === 'confirm';
    // The provider's script reports declines itself, sooner than the order does.
    if (isConfirmed) order.failedSeen = Number.MAX_SAFE_INTEGER;
    const next = isConfirmed ? await this.#confirm(card) : nextAction;
    if (next.type === 'pending') {
      const others = otherMethods.map((one) => this.#nameOf(one)).join(', ');
      throw new Error(
        `The provider gives no answer. Try again${others === '' ? '' : `, or take ${others}`}.`,
      );
    }
    order.next = next;
    if (next.type !== 'none' && next.type !== 'redirect') order.failedSeen = order.failed ?? 0;
    this.#keep();
    if (next.type === 'redirect') return location.assign(next.url);
    this.#showNext();
    this.#deps.onClose();
  }

  /** The order of this tab, if the address names it or if a provider sent the shopper back. Gives whether there is one. */
  resume() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
    const query = new URLSearchParams(location.search);
    if (kept === null || !(query.has(BACK) || location.hash === `#${kept.orderId}`)) return false;
    this.#order = kept;
    history.replaceState(undefined, '', `${location.pathname}#${kept.orderId}`);
    const { nextAction, provider } = kept.payment;
    const back = this.#deps.scripts.get(provider)?.readReturn(query, nextAction.clientSecret);
    if (back !== undefined) kept.next = back.isConfirmed ? { type: 'none' } : undefined;
    if (kept.next !== undefined) this.#showNext();
    else
      this.#deps.onOpen(
        back === undefined ? undefined : 'The payment was not confirmed. Your order is kept.',
      );
    this.#keep();
    this.#follow();
    return true;
  }

  forget() {
    sessionStorage.removeItem(KEPT);
  }

  #keep() {
    sessionStorage.setItem(KEPT, JSON.stringify(this.#order));
  }

  #titleOf(code) {
    return this.#deps.providers.get(code)?.title ?? code;
  }

  #nameOf({ method, provider }) {
    return methodName(method, this.#titleOf(provider));
  }

  async #confirm(card) {
    const { provider, method, nextAction } = this.#order.payment;
    const script = this.#deps.scripts.get(provider);
    if (script === undefined) throw new Error(`This page has no library of ${this.#titleOf(provider)}.`);
    const { url } = this.#deps.providers.get(provider);
    const { clientSecret } = nextAction;
    return await script.confirmPayment({ url, clientSecret, method, card, returnUrl: this.returnUrl });
  }

  #showNext() {
    const { payment, next, amount } = this.#order;
    const { url } = this.#deps.providers.get(payment.provider) ?? {};
    const shopperUrl = `${url}/sandbox/shopper?payment=${payment.paymentId}`;
    drawNext(next, { name: this.#nameOf(payment), amount, shopperUrl });
  }

  /** Shows the order and its events until the order has ended. */
  async #follow() {
    if (this.#isFollowed) return;
    this.#isFollowed = true;
    at('choose').hidden = true;
    at('price-section').hidden = true;
    document.querySelector('main').classList.add('ordered');
    at('order').hidden = false;
    at('order-title').focus();
    for (;;) {
      try {
        const seen = await this.#deps.backend.order(this.#order);
        showProblem('order-problem');
        this.#draw(seen);
        if (isOver(seen.status)) return;
      } catch (error) {
        showProblem('order-problem', wordsOf(error));
        if (error instanceof Problem && error.status < 500) return;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  #draw(seen) {
    const order = this.#order;
    const isOpen = seen.status === 'placed';
    order.failed = seen.timeline.filter(({ fact }) => fact === 'payment.failed').length;
    const isCurrent = seen.payments[0]?.paymentId === order.payment.paymentId;
    const isDeclined = isOpen && isCurrent && order.failed > order.failedSeen;
    if (isDeclined) {
      order.failedSeen = order.failed;
      order.next = undefined;
      const name = this.#nameOf(order.payment);
      this.#deps.onOpen(`The payment by ${name} was declined. Try again, or take another method.`);
    }
    if (!isOpen) this.#deps.onClose();
    if (!isOpen || isDeclined) drawNext(undefined);
    drawOrder(seen, this.#stateOf(seen.status));
    at('other').hidden = !isOpen || !at('payment-section').hidden;
  }

  #stateOf(status) {
    const look = LOOKS[status] ?? 'good';
    if (status !== 'placed') return { look, words: stateInWords(status) };
    const { next, payment } = this.#order;
    const words =
      next === undefined
        ? 'Not paid yet. The goods are reserved for you: choose how to pay.'
        : waitInWords(next.type, this.#nameOf(payment));
    return { look, words };
  }
}

/** An error as a sentence for the shopper. */
export function wordsOf(error) {
  return error instanceof TypeError ? 'The shop cannot be reached. Is it still running?' : error.message;
}
