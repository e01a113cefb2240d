// The page of the sample shop: basket, destination, price at the door, and payment by every method on offer there.
import { createBackend } from './backend.mjs';
import { OrderPage, wordsOf } from './order.mjs';
import { drawMethods, drawTestCards, showCard } from './pay-view.mjs';
import { places } from './places.mjs';
import { at, drawBasket, drawCountries, drawPrice, drawProducts, showProblem } from './view.mjs';
import { money } from './words.mjs';

const QUOTE_AFTER_MS = 350;

const settings = await (await fetch('shop/settings.json')).json();
const products = new Map(settings.products.map((product) => [product.sku, product]));
const backend = createBackend({ url: '', storefrontKey: settings.storefrontKey });
const providers = new Map(settings.providers.map((provider) => [provider.code, provider]));
/** The scripts that replace the browser libraries of providers, from the folders of their plug-ins. */
const scripts = new Map(
  await Promise.all(
    settings.providers
      .filter(({ hasScript }) => hasScript)
      .map(async ({ code }) => [code, await import(`./providers/${code}.mjs`)]),
  ),
);

const state = {
  country: 'DE',
  lines: settings.basket.filter(({ sku }) => products.has(sku)),
  /** The reason why a product may not be sold to the chosen country, by SKU. */
  barred: new Map(),
  quote: undefined,
  optionId: undefined,
  /** The methods on offer, the others with their reasons, and the chosen one. */
  offers: { methods: [], refused: [] },
  method: undefined,
};

const order = new OrderPage({ backend, providers, scripts, onOpen: openPayment, onClose: closePayment });

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
    drawOptions();
    await showMethods(signal);
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
    showMethods(quoting.signal);
  });
}

/** What is to be paid, where, and for which goods: the question to which the methods are the answer. */
function asked() {
  if (order.placed !== undefined) return order.placed;
  const { options } = state.quote;
  const { totals, landedCost } = options.find(({ optionId }) => optionId === state.optionId) ?? options[0];
  const codes = landedCost.consignments.flatMap(({ lines }) => lines.map(({ hsCode }) => hsCode.slice(0, 6)));
  return { amount: totals.total, country: state.country, goods: [...new Set(codes)] };
}

/** Asks which methods can pay, and shows them. The chosen one stays chosen if it still can. */
async function showMethods(signal) {
  const offers = await backend.methods(asked());
  if (signal?.aborted === true) return;
  state.offers = offers;
  if (!offers.methods.some(({ method }) => method === state.method)) state.method = offers.methods[0]?.method;
  const titleOf = (code) => providers.get(code)?.title ?? code;
  drawMethods(offers, state.method, { titleOf, onChoose: chooseMethod });
  chooseMethod(state.method);
  at('methods-state').textContent = offers.methods.length > 0 ? '' : 'No method can pay this order.';
  at('pay').disabled = offers.methods.length === 0;
}

function chooseMethod(method) {
  state.method = method;
  const provider = state.offers.methods.find((one) => one.method === method)?.provider;
  const needsCard = scripts.get(provider)?.needsCard(method) === true;
  const wasShown = !at('card').hidden;
  if (needsCard && !wasShown) drawTestCards(providers.get(provider).testCards);
  showCard(needsCard);
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
  at('tax-id-field').hidden = address.taxId === '';
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

/** Places the order if there is none yet, then does what its payment asks for. A decline leaves the order as it is. */
async function orderAndPay(event) {
  event.preventDefault();
  if (order.placed === undefined && !at('address').reportValidity()) return;
  showProblem('payment-problem');
  at('pay').disabled = true;
  const card = Object.fromEntries(new FormData(at('payment')));
  try {
    if (order.placed !== undefined) await order.choose(state.method);
    else await placeOrder();
    await order.act(card);
  } catch (error) {
    const kept = order.placed !== undefined ? ' Your order is kept: try again, or take another method.' : '';
    showProblem('payment-problem', `${wordsOf(error)}${kept}`);
  }
  at('pay').disabled = false;
}

async function placeOrder() {
  const { email, phone, country: _country, ...address } = addressGiven();
  const { quoteId } = state.quote;
  const { optionId, country, method } = state;
  const about = asked();
  const placed = await backend.placeOrder(
    {
      ...{ quoteId, optionId, customer: filled({ email, phone }) },
      shippingAddress: { ...filled(address), country },
      payment: { method, returnUrl: order.returnUrl },
    },
    `${quoteId}-${optionId}`,
  );
  order.begin(placed, about);
  at('pay').textContent = `Pay the order, ${money(about.amount)}`;
}

/** The shopper may choose how to pay the placed order. */
async function openPayment(problem) {
  state.method ??= order.placed.payment.method;
  at('payment-section').hidden = false;
  at('other').hidden = true;
  at('pay').textContent = `Pay the order, ${money(asked().amount)}`;
  showProblem('payment-problem', problem);
  await showMethods().catch((error) => showProblem('payment-problem', wordsOf(error)));
}

function closePayment() {
  at('payment-section').hidden = true;
}

function startAgain() {
  order.forget();
  location.assign(location.pathname);
}

async function start() {
  at('again').onclick = startAgain;
  at('payment').onsubmit = orderAndPay;
  at('expiry').value = '12/40';
  at('cvc').value = '123';
  at('other').onclick = () => openPayment();
  at('payment-section').hidden = false;
  if (order.resume()) {
    if (order.placed.next !== undefined) closePayment();
    return;
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
