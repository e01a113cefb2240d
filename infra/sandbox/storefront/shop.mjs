// The page of the sample shop: basket, destination, price at the door, payment, and the progress of the order.
import { createBackend, Problem } from './backend.mjs';
// The script of the payment provider, from its plug-in's folder.
import { CardRefused, confirmCard, readReturn } from './card.mjs';
import { places } from './places.mjs';
import {
  at,
  drawBasket,
  drawCountries,
  drawOrder,
  drawPrice,
  drawProducts,
  drawTestCards,
  showProblem,
} from './view.mjs';
import { isOver } from './words.mjs';

const QUOTE_AFTER_MS = 350;
const LOOK_EVERY_MS = 400;
/** The storage key of this tab's order. A reload and the return from the bank find the order under it. */
const KEPT = 'entrepot-sample-shop-order';

const settings = await (await fetch('shop/settings.json')).json();
const products = new Map(settings.products.map((product) => [product.sku, product]));
const backend = createBackend({ url: '', storefrontKey: settings.storefrontKey });

const state = {
  country: 'DE',
  lines: settings.basket.filter(({ sku }) => products.has(sku)),
  /** The reason why a product may not be sold to the chosen country, by SKU. */
  barred: new Map(),
  quote: undefined,
  optionId: undefined,
  /** The placed order of this tab: its id, access token and the client secret of its payment. */
  order: undefined,
};

let quoting = new AbortController();
let quoteTimer;

/** Asks for a price after a short time without changes. The answer to an earlier question is ignored. */
function requote() {
  clearTimeout(quoteTimer);
  quoting.abort();
  quoting = new AbortController();
  state.quote = undefined;
  at('pay').disabled = true;
  at('price').classList.add('busy');
  showProblem('price-problem');
  if (state.lines.length === 0) return showNoPrice('Put something into the basket to see its price.');
  at('price-state').textContent = 'Computing duty, tax and delivery …';
  quoteTimer = setTimeout(() => quote(quoting.signal), QUOTE_AFTER_MS);
}

async function quote(signal) {
  try {
    const { postalCode, region } = addressGiven();
    const destination = { country: state.country, ...filled({ postalCode, region }) };
    const { currency } = places[state.country];
    const answer = await backend.quote({ destination, currency, lines: state.lines }, signal);
    if (signal.aborted) return;
    state.quote = answer;
    state.optionId = state.quote.optionId;
    at('price-state').textContent = 'Everything is included: nothing is left to pay at the door.';
    at('price').hidden = false;
    at('price').classList.remove('busy');
    at('pay').disabled = false;
    drawOptions();
  } catch (error) {
    if (signal.aborted) return;
    showNoPrice('There is no price for this basket.');
    showProblem('price-problem', wordsOf(error));
  }
}

function showNoPrice(words) {
  at('price').hidden = true;
  at('price-state').textContent = words;
  at('pay').textContent = 'Order and pay';
}

function drawOptions() {
  drawPrice(state.quote, state.optionId, (optionId) => {
    state.optionId = optionId;
    drawOptions();
    at('options').querySelector(':checked').focus();
  });
}

function changeLine(sku, quantity) {
  const others = state.lines.filter((line) => line.sku !== sku);
  const has = others.length < state.lines.length;
  if (quantity === 0) state.lines = others;
  else if (has) state.lines = state.lines.map((line) => (line.sku === sku ? { sku, quantity } : line));
  else state.lines = [...others, { sku, quantity }];
  showBasket();
  requote();
}

const showBasket = () => drawBasket(state.lines, { products, barred: state.barred }, changeLine);

function addChosen() {
  const sku = at('product').value;
  const present = state.lines.find((line) => line.sku === sku)?.quantity ?? 0;
  changeLine(sku, Math.min(99, present + 1));
}

async function chooseCountry(country) {
  state.country = country;
  state.barred = new Map();
  const { address } = places[country];
  for (const [name, value] of Object.entries(address)) at(name).value = value;
  requote();
  const rows = await backend.sellable(country, [...products.keys()]).catch(() => []);
  if (country !== state.country) return;
  const barred = rows.filter(({ sellable }) => !sellable);
  state.barred = new Map(
    barred.map(({ sku, barredBy }) => [sku, barredBy?.detail ?? 'may not be sold there']),
  );
  showBasket();
}

function addressGiven() {
  return Object.fromEntries([...new FormData(at('address'))].map(([name, value]) => [name, value.trim()]));
}

/** The members that are not empty. */
const filled = (members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== ''));

/** Places the order if there is none yet, then confirms the card. After a refused card the shopper can pay again. */
async function orderAndPay(event) {
  event.preventDefault();
  if (state.order === undefined && !at('address').reportValidity()) return;
  showProblem('payment-problem');
  at('pay').disabled = true;
  try {
    if (state.order === undefined) await placeOrder();
    const { clientSecret, orderId } = state.order;
    const returnUrl = `${location.origin}${location.pathname}`;
    const bankPage = await confirmCard(settings.paymentUrl, clientSecret, cardGiven(), returnUrl);
    if (bankPage !== undefined) return location.assign(bankPage);
    history.replaceState(undefined, '', `#${orderId}`);
    await follow();
  } catch (error) {
    showProblem('payment-problem', wordsOf(error));
    at('pay').disabled = false;
  }
}

async function placeOrder() {
  const { email, phone, country: _country, ...address } = addressGiven();
  const { quoteId } = state.quote;
  const placed = await backend.placeOrder(
    {
      quoteId,
      optionId: state.optionId,
      customer: filled({ email, phone }),
      shippingAddress: { ...filled(address), country: state.country },
      payment: { method: 'card' },
    },
    `${quoteId}-${state.optionId}`,
  );
  const { orderId, accessToken, payment } = placed;
  if (payment.nextAction.type !== 'confirm') throw new Error('The payment could not be started. Try again.');
  state.order = { orderId, accessToken, clientSecret: payment.nextAction.clientSecret };
  sessionStorage.setItem(KEPT, JSON.stringify(state.order));
  payAgainOnly();
}

/** The order exists: basket and address are fixed, and only the payment is open. */
function payAgainOnly() {
  for (const field of document.querySelectorAll('#choose :is(input, select, button), #options input'))
    field.disabled = true;
}

const cardGiven = () => Object.fromEntries(new FormData(at('payment')));

/** Shows the order and its events until the order has ended. */
async function follow() {
  at('choose').hidden = true;
  at('checkout').hidden = true;
  at('order').hidden = false;
  at('order-title').focus();
  for (;;) {
    try {
      const order = await backend.order(state.order);
      showProblem('order-problem');
      drawOrder(order);
      if (isOver(order.status)) return;
    } catch (error) {
      showProblem('order-problem', wordsOf(error));
      if (error instanceof Problem && error.status < 500) return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** The order of this tab, if the address names it or if the bank sent the shopper back. */
function keptOrder() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
  if (kept === null) return undefined;
  const back = readReturn(new URLSearchParams(location.search), kept.clientSecret);
  if (back !== undefined) return { order: kept, isRefused: !back.isConfirmed };
  return location.hash === `#${kept.orderId}` ? { order: kept, isRefused: false } : undefined;
}

function wordsOf(error) {
  if (error instanceof TypeError) return 'The shop cannot be reached. Is it still running?';
  if (error instanceof CardRefused) return `${error.message} Choose another card. Your order is kept.`;
  return error.message;
}

function startAgain() {
  sessionStorage.removeItem(KEPT);
  location.assign(location.pathname);
}

async function start() {
  at('again').onclick = startAgain;
  at('payment').onsubmit = orderAndPay;
  at('expiry').value = '12/40';
  at('cvc').value = '123';
  drawTestCards(settings.testCards, (number) => {
    at('number').value = number;
  });
  const kept = keptOrder();
  if (kept !== undefined) {
    state.order = kept.order;
    history.replaceState(undefined, '', `${location.pathname}#${kept.order.orderId}`);
    if (!kept.isRefused) return follow();
    at('choose').hidden = true;
    at('price-section').hidden = true;
    at('pay').disabled = false;
    at('pay').textContent = 'Pay the order';
    return showProblem(
      'payment-problem',
      'The payment was not confirmed. Choose another card. Your order is kept.',
    );
  }
  drawCountries(Object.keys(places), state.country);
  drawProducts(products);
  showBasket();
  at('add').onclick = addChosen;
  at('country').onchange = () => chooseCountry(at('country').value);
  for (const name of ['postalCode', 'region']) at(name).onchange = requote;
  at('address').onsubmit = (event) => event.preventDefault();
  await chooseCountry(state.country);
}

await start();
