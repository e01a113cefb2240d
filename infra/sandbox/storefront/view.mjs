// Draws the data of the shop. Texts are inserted as text and never as HTML.
import { clockTime, countryName, days, factInWords, isOver, money } from './words.mjs';

/** An element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export const at = (id) => document.getElementById(id);

export function showProblem(id, message) {
  at(id).textContent = message ?? '';
  at(id).hidden = message === undefined;
}

/** The lines of the basket. `onChange(sku, quantity)` is called for each change; quantity 0 removes the line. */
export function drawBasket(lines, { products, barred }, onChange) {
  const rows = lines.map(({ sku, quantity }) => {
    const { name, price } = products.get(sku);
    const why = barred.get(sku);
    const count = element('input', {
      type: 'number',
      min: 1,
      max: 99,
      value: quantity,
      required: true,
      'aria-label': `Quantity of ${name}`,
      onchange: () => onChange(sku, Math.min(99, Math.max(1, Math.round(Number(count.value)) || 1))),
    });
    const remove = element(
      'button',
      { type: 'button', 'aria-label': `Remove ${name}`, onclick: () => onChange(sku, 0) },
      '✕',
    );
    const note =
      why === undefined
        ? element('small', {}, `${money(price)} each, before shipping, duty and tax`)
        : element('small', { className: 'barred' }, why);
    return element('li', {}, element('div', {}, name, note), count, remove);
  });
  at('basket').replaceChildren(...(rows.length > 0 ? rows : [element('li', {}, 'The basket is empty.')]));
}

export function drawCountries(codes, chosen) {
  at('country').replaceChildren(
    ...codes.map((code) => element('option', { value: code, selected: code === chosen }, countryName(code))),
  );
}

export function drawProducts(products) {
  const options = [...products.values()].map(({ sku, name, price }) =>
    element('option', { value: sku }, `${name}, ${money(price)}`),
  );
  at('product').replaceChildren(...options);
}

const SUMS = [
  ['goods', 'Goods'],
  ['shipping', 'Shipping'],
  ['duty', 'Import duty'],
  ['tax', 'Tax'],
  ['fees', 'Fees'],
];

/** The price of a quote with its options. `onOption(optionId)` is called when an option is chosen. */
export function drawPrice({ options }, chosenId, onOption) {
  const chosen = options.find(({ optionId }) => optionId === chosenId) ?? options[0];
  const legend = at('options').querySelector('legend');
  at('options').replaceChildren(
    legend,
    ...options.map((option) => drawOption(option, option === chosen, onOption)),
  );
  drawSums(chosen);
  at('pay').textContent = `Order and pay ${money(chosen.totals.total)}`;
}

function drawOption({ optionId, labels, service, promise, totals }, checked, onOption) {
  const others = labels.filter((label) => label !== service);
  const radio = element('input', {
    type: 'radio',
    name: 'option',
    value: optionId,
    checked,
    onchange: () => onOption(optionId),
  });
  const words = element(
    'span',
    {},
    `Arrives ${days(promise)}`,
    element('small', {}, [service, ...others].join(', ')),
  );
  return element('label', { className: 'option' }, radio, words, element('b', {}, money(totals.total)));
}

function drawSums({ totals, landedCost }) {
  // Goods, shipping, duty and tax are always shown, because a shopper looks for duty and tax even when they are zero.
  const shown = SUMS.filter(([key]) => key !== 'fees' || totals.fees.amount !== 0);
  at('sums').replaceChildren(
    ...shown.map(([key, name]) =>
      element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, money(totals[key]))),
    ),
  );
  at('total').textContent = money(totals.total);
  const charges = landedCost.consignments.flatMap(({ shipFrom, charges: of }) =>
    of.map((charge) => ({ shipFrom, ...charge })),
  );
  at('charges').replaceChildren(
    ...charges.map(({ shipFrom, description, amount, formula, legalReference }) =>
      element(
        'li',
        {},
        `${money(amount)}: ${description}, from ${countryName(shipFrom)}`,
        element('small', {}, `${formula} (${legalReference})`),
      ),
    ),
  );
}

/** The order's state in these words, its parcels and its events. `look` is `good`, `waiting` or `bad`. */
export function drawOrder({ orderId, status, timeline, parcels }, { words, look }) {
  at('order-title').textContent =
    isOver(status) || status === 'placed' ? 'Your order' : 'Your order is under way';
  if (at('order-state').textContent !== words) at('order-state').textContent = words;
  at('order-state').className = `good ${look}`;
  at('order').dataset.status = status;
  at('order').dataset.orderId = orderId;
  const tracked = parcels.filter(({ trackingNumber }) => trackingNumber !== undefined);
  at('parcels').replaceChildren(
    ...tracked.map(({ trackingNumber, warehouseId, promise }) =>
      element('li', {}, `Parcel ${trackingNumber} from ${warehouseId}, promised for ${days(promise)}`),
    ),
  );
  // The timeline has the time of a scan, and the parcel has the carrier's text for it.
  const scans = new Map(parcels.flatMap((parcel) => parcel.scans.map((scan) => [scan.scannedAt, scan])));
  for (const entry of timeline) addEntry(entry, scans.get(entry.occurredAt));
}

/**
 * Inserts an entry by its time, because partners may report late. Existing entries stay, so that a screen reader
 * reads each entry once.
 */
function addEntry({ sequence, fact, occurredAt }, scan) {
  const shown = [...at('timeline').children];
  if (shown.some((item) => item.dataset.sequence === String(sequence))) return;
  const time = element('time', { dateTime: occurredAt }, clockTime(occurredAt));
  const item = element('li', { 'data-fact': fact, 'data-sequence': sequence }, factInWords(fact, scan), time);
  const later = shown.find((other) => other.querySelector('time').dateTime > occurredAt);
  at('timeline').insertBefore(item, later ?? null);
}
