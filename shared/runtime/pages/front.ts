interface Link {
  readonly to: string;
  readonly title: string;
  readonly text: string;
}

interface Section {
  readonly title: string;
  readonly links: readonly Link[];
}

/** The sections of the front page. To link a new screen, add a row here. */
const sections: readonly Section[] = [
  {
    title: 'Read',
    links: [
      {
        to: '/docs',
        title: 'Documentation',
        text: 'Start here: every route, with requests that you can send from the page.',
      },
      {
        to: '/v1/openapi.json',
        title: 'OpenAPI',
        text: 'The contract of the routes, for generators of clients.',
      },
      { to: '/v1/asyncapi.json', title: 'AsyncAPI', text: 'The contract of the events on the bus.' },
      { to: '/v1/health', title: 'Health', text: 'Shows whether the backend and its table answer.' },
    ],
  },
];

const linkHtml = ({ to, title, text }: Link) =>
  `<li><a class="card" href="${to}"><strong>${title}</strong><span>${text}</span><code>${to}</code></a></li>`;

const sectionHtml = ({ title, links }: Section) =>
  `<section><h2>${title}</h2><ul class="cards">${links.map(linkHtml).join('')}</ul></section>`;

/** The script fills it with the local cloud's data; hidden until there is some. */
const localHtml = `<section id="local" hidden>
<h2>On this machine</h2>
<p>The partners are sandboxes that speak the real protocols. The page of each lists test cards, words that it reacts to, and faults; <code>docs/sandboxes.md</code> shows how to pay by hand.</p>
<ul class="cards" id="sandboxes"></ul>
<p id="key-line" hidden>Publishable key of the sample shop: <code id="key"></code></p>
</section>`;

const firstQuoteHtml = `<section>
<h2>Price a basket</h2>
<p>What two T-shirts cost at a door in Hamburg, duty and tax included, with the rule behind each figure:</p>
<pre tabindex="0"><code>curl -s <span class="origin"></span>/v1/quotes \\
  -H 'content-type: application/json' \\
  -H 'x-entrepot-key: <span class="key">YOUR-PUBLISHABLE-KEY</span>' \\
  -d '{"destination":{"country":"DE","postalCode":"20095"},"currency":"EUR",
       "lines":[{"sku":"TSHIRT-COTTON-NAVY","quantity":2}]}'</code></pre>
</section>`;

/**
 * The front page of a stage. The stage `local` adds the sandboxes and the key of the sample shop: only the local cloud
 * has them.
 */
export function frontHtml({ stage, build }: { readonly stage: string; readonly build: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Entrepot</title>
<link rel="icon" href="/front/icon.svg">
<link rel="stylesheet" href="/front/style.css">
</head>
<body>
<header>
<h1>Entrepot</h1>
<p>A backend for cross-border commerce. One order: quoted with duty and tax, reserved, paid, screened, declared, dispatched, tracked, delivered.</p>
<p class="state"><span id="state" class="dot"></span><span id="state-text">stage ${escapeHtml(stage)}, build ${escapeHtml(build)}</span></p>
</header>
<main>
${sections.map(sectionHtml).join('\n')}
${stage === 'local' ? localHtml : ''}
${firstQuoteHtml}
</main>
<script src="/front/script.js"></script>
</body>
</html>
`;
}

const escapeHtml = (text: string) =>
  text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
