/** Where the local cloud lists what runs beside it: `{ storefrontKey?, shop?, sandboxes? }`. It is local only. */
export const LOCAL_ADDRESSES_PATH = '/_local/addresses.json';

/** Script of the front page: the backend's state, this address in the example, and what runs on this machine. */
export const frontScript = `const byId = (id) => document.getElementById(id);
for (const place of document.querySelectorAll('.origin')) place.textContent = location.origin;

async function showState() {
  const answer = await fetch('/v1/health').catch(() => undefined);
  const isUp = answer !== undefined && answer.ok;
  byId('state').classList.add(isUp ? 'up' : 'down');
  byId('state-text').textContent = (isUp ? 'up, ' : 'down, ') + byId('state-text').textContent;
}

function card({ to, title, text, address }) {
  const row = document.createElement('li');
  const link = row.appendChild(document.createElement('a'));
  link.className = 'card';
  link.href = to;
  link.appendChild(document.createElement('strong')).textContent = title;
  link.appendChild(document.createElement('span')).textContent = text;
  link.appendChild(document.createElement('code')).textContent = address;
  return row;
}

const shopCard = (shop) =>
  card({ to: shop, title: 'Sample shop', text: 'Fill a basket, pay with a test card, follow the order.', address: shop });

const sandboxCard = ([name, url]) =>
  card({
    to: url + '/',
    title: name,
    text: 'Sandbox of a partner: its test data, faults and objects.',
    address: url,
  });

async function showLocal() {
  const answer = await fetch('${LOCAL_ADDRESSES_PATH}').catch(() => undefined);
  if (answer === undefined || !answer.ok) return;
  const { storefrontKey, shop, sandboxes = {} } = await answer.json();
  byId('sandboxes').replaceChildren(
    ...(shop === undefined ? [] : [shopCard(shop)]),
    ...Object.entries(sandboxes).map(sandboxCard),
  );
  byId('local').hidden = false;
  if (storefrontKey === undefined) return;
  byId('key-line').hidden = false;
  byId('key').textContent = storefrontKey;
  for (const place of document.querySelectorAll('.key')) place.textContent = storefrontKey;
}

void showState();
if (byId('local') !== null) void showLocal();
`;
