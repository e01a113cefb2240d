/** Where the local cloud tells what runs beside it: `{ storefrontKey?, sandboxes? }`. Nothing answers there elsewhere. */
export const LOCAL_SHOP_PATH = '/_local/shop.json';

/** Script of the front page: the state of the backend, this address in the example, and what runs on this machine. */
export const frontScript = `const byId = (id) => document.getElementById(id);
for (const place of document.querySelectorAll('.origin')) place.textContent = location.origin;

async function showState() {
  const answer = await fetch('/v1/health').catch(() => undefined);
  const isUp = answer !== undefined && answer.ok;
  byId('state').classList.add(isUp ? 'up' : 'down');
  byId('state-text').textContent = (isUp ? 'up, ' : 'down, ') + byId('state-text').textContent;
}

function sandboxCard([name, url]) {
  const row = document.createElement('li');
  const link = row.appendChild(document.createElement('a'));
  link.className = 'card';
  link.href = url + '/_sandbox/state';
  link.appendChild(document.createElement('strong')).textContent = name;
  link.appendChild(document.createElement('span')).textContent = 'What it still has to do and the calls that it made.';
  link.appendChild(document.createElement('code')).textContent = url;
  return row;
}

async function showLocal() {
  const answer = await fetch('${LOCAL_SHOP_PATH}').catch(() => undefined);
  if (answer === undefined || !answer.ok) return;
  const { storefrontKey, sandboxes = {} } = await answer.json();
  byId('sandboxes').replaceChildren(...Object.entries(sandboxes).map(sandboxCard));
  byId('local').hidden = false;
  if (storefrontKey === undefined) return;
  byId('key-line').hidden = false;
  byId('key').textContent = storefrontKey;
  for (const place of document.querySelectorAll('.key')) place.textContent = storefrontKey;
}

void showState();
if (byId('local') !== null) void showLocal();
`;
