// Draws the payment: the methods on offer, the card, and what the shopper does next.
import { encodeQR } from './qr.mjs';
import { at, element } from './view.mjs';
import { dayAndTime, methodName, money, timeLeft } from './words.mjs';

/** The methods with a choice, and the others with their reasons. `onChoose(method)` is called for each choice. */
export function drawMethods({ methods, refused }, chosen, { titleOf, onChoose }) {
  const options = methods.map(({ method, provider }) => {
    const radio = element('input', {
      type: 'radio',
      name: 'method',
      value: method,
      checked: method === chosen,
      onchange: () => onChoose(method),
    });
    const title = titleOf(provider);
    const name = methodName(method, title);
    const by = name === title ? '' : `by ${title}`;
    return element('label', { className: 'option method' }, radio, name, element('small', {}, by));
  });
  at('methods').replaceChildren(at('methods').querySelector('legend'), ...options);
  at('not-offered').hidden = refused.length === 0;
  at('not-offered').querySelector('summary').textContent =
    `${refused.length} other methods, and why they can’t pay this order`;
  at('not-offered')
    .querySelector('ul')
    .replaceChildren(
      ...refused.map(({ method, provider, detail }) => {
        const title = titleOf(provider);
        const name = element('span', {}, `${methodName(method, title)} by ${title}`);
        // The API names the provider by its code.
        const why = detail.replace(/^\S+(?= takes this method$)/, (code) => titleOf(code));
        return element('li', {}, name, element('span', {}, why));
      }),
    );
}

/** Shows or hides the fields of a card. Hidden fields are disabled, so that the browser does not ask for them. */
export function showCard(isShown) {
  at('card').hidden = !isShown;
  at('card').disabled = !isShown;
}

export function drawTestCards(cards) {
  const grouped = (number) => number.replace(/(.{4})(?=.)/g, '$1 ');
  const options = cards.map(({ number, effect }) =>
    element('option', { value: number }, `${grouped(number)}: ${effect}`),
  );
  const take = () => {
    at('number').value = grouped(at('test-card').value);
  };
  at('test-card').replaceChildren(...options);
  at('test-card').onchange = take;
  take();
}

/**
 * What the shopper does next: a code to scan, a voucher, a message on the phone, or the way back to the provider's page.
 * `shopperUrl` is the sandbox's page in the place of the phone or the counter.
 */
export function drawNext(next, { name, amount, shopperUrl } = {}) {
  const draw = { qr: qrParts, voucher: voucherParts, push: pushParts, redirect: redirectParts }[next?.type];
  at('next').hidden = draw === undefined;
  at('next').dataset.type = next?.type ?? '';
  if (draw === undefined) return at('next').replaceChildren();
  at('next').replaceChildren(...draw(next, { name, price: money(amount), shopperUrl }));
  tick();
}

function qrParts({ payload, expiresAt }, { name, price, shopperUrl }) {
  const svg = encodeQR(payload, 'svg', { ecc: 'medium' });
  const image = element('img', {
    className: 'code',
    alt: `Code to scan: ${price} by ${name}`,
    src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`,
  });
  return [
    element('div', {}, image),
    element(
      'div',
      {},
      element('p', {}, `Scan the code with the app of your bank or wallet, and confirm ${price}.`),
      endLine('The code can be paid for', expiresAt),
      textOf('The code as text', payload),
      actions(
        ...(/^(?!https?:)[a-z][a-z0-9+.-]*:/.test(payload) ? [link(payload, 'Open the app', 'plain')] : []),
        stepIn(shopperUrl, 'Pay as the phone'),
      ),
    ),
  ];
}

function voucherParts({ reference, url, expiresAt }, { name, price, shopperUrl }) {
  return [
    element(
      'div',
      {},
      element('p', {}, `Pay ${price} by ${name} with this number, at a counter or in the app of your bank.`),
      element('p', { className: 'reference', id: 'reference' }, reference),
      endLine('The voucher can be paid for', expiresAt),
      actions(
        copyButton('Copy the number', reference),
        ...(url === undefined ? [] : [link(url, 'Open the voucher', 'plain')]),
        stepIn(shopperUrl, 'Pay at the counter'),
      ),
    ),
  ];
}

function pushParts({ expiresAt }, { name, price, shopperUrl }) {
  return [
    element(
      'div',
      {},
      element('p', {}, `A message is on your phone. Confirm ${price} by ${name} there.`),
      endLine('It can be confirmed for', expiresAt),
      actions(stepIn(shopperUrl, 'Confirm as the phone')),
    ),
  ];
}

function redirectParts({ url }, { name }) {
  const back = element('a', { className: 'main', href: url }, `Go on to the page of ${name}`);
  const words = 'You have not paid yet, or the payment was not reported yet.';
  return [element('div', {}, element('p', {}, words), actions(back))];
}

const actions = (...parts) => element('div', { className: 'actions' }, ...parts);

const link = (href, text, className) =>
  element('a', { className, href, target: '_blank', rel: 'noopener' }, text);

/** What a phone or a counter does outside: here the sandbox has a page for it. */
const stepIn = (url, text) => link(url, `${text} (sandbox)`, 'main');

function textOf(title, text) {
  const shown = element('p', { className: 'reference', id: 'payload' }, text);
  return element('details', {}, element('summary', {}, title), shown, copyButton('Copy the code', text));
}

function copyButton(words, text) {
  const button = element('button', { type: 'button' }, words);
  button.onclick = async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  };
  return button;
}

/** Until when it can be paid, with the time that is left. */
function endLine(words, expiresAt) {
  if (expiresAt === undefined) return element('p', {}, 'Pay it soon: the goods are reserved for a while.');
  const left = element('span', { className: 'countdown', role: 'timer' });
  left.dataset.until = expiresAt;
  return element('p', {}, `${words} `, left, `, until ${dayAndTime(expiresAt)}.`);
}

/** Writes the time that is left, each second while there is a countdown. */
function tick() {
  const left = at('next').querySelector('.countdown');
  if (left === null) return;
  const words = timeLeft(Date.parse(left.dataset.until), Date.now());
  left.textContent = words ?? 'no time any more';
  clearTimeout(tick.timer);
  if (words !== undefined) tick.timer = setTimeout(tick, 1_000);
}
