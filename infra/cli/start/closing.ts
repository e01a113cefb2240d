import type { Checkout } from '../../sandbox/checkout.ts';
import { type DemoDestination, demoAddress, demoDestinations, quoteBody } from './demo-basket.ts';

/** The running parts, for the lines at the end of a start. */
export interface Running {
  readonly url: string;
  /** Where the page of the sample shop is. */
  readonly shopUrl: string;
  readonly partnerUrls: Readonly<Record<string, string>>;
  /** How an order of the sample shop is paid. */
  readonly checkout: Checkout;
  /** As it was given on the command line. */
  readonly dataDir: string;
  /** Undefined: the data folder holds no sample shop. */
  readonly storefrontKey: string | undefined;
}

const DEFAULT_URL = 'http://127.0.0.1:3000';
const DEFAULT_DATA = '.local';

/** The addresses that are known as soon as the backend is up. */
export function firstAddresses(url: string): string[] {
  return [`API       ${url}`, `Docs      ${url}/docs`];
}

/** What to do next: how an operator signs in, and requests to copy. */
export function closing(running: Running): string[] {
  const { url, shopUrl, partnerUrls, storefrontKey } = running;
  return [
    ...firstAddresses(url),
    ...(storefrontKey === undefined ? [] : [`Shop      ${shopUrl}  to buy in a browser, with test cards`]),
    ...Object.entries(partnerUrls).map(
      ([name, partnerUrl]) => `Sandbox   ${partnerUrl}  stands in for ${name} on this machine`,
    ),
    '',
    "Print an operator's token, for /v1/admin:",
    `  ${tokenCommand(running)}`,
    ...(storefrontKey === undefined ? emptyShop(url) : requestsToCopy(running, storefrontKey)),
    '',
    'Ctrl-C stops it; the next start carries on.',
  ];
}

/** The command that prints an operator's token, with the options that this start needs. */
export function tokenCommand({ url, dataDir }: Pick<Running, 'url' | 'dataDir'>): string {
  return [
    'npx entrepot token',
    ...(url === DEFAULT_URL ? [] : ['--url', url]),
    ...(dataDir === DEFAULT_DATA ? [] : ['--data', shellWord(dataDir)]),
  ].join(' ');
}

function emptyShop(url: string): string[] {
  return [
    '',
    'The shop is empty. Store in this order: the seller, exchange rates, a warehouse with its lanes, a storefront,',
    `products, their stock. ${url}/docs shows each request.`,
  ];
}

function requestsToCopy({ url, checkout }: Running, storefrontKey: string): string[] {
  const [germany, , unitedStates] = demoDestinations;
  const shop = { url, storefrontKey, checkout };
  return [
    '',
    'Quote a basket to Germany, and the same one to the United States:',
    ...[germany, unitedStates].flatMap((place) =>
      place === undefined ? [] : [`  ${quoteCommand(shop, place)}`],
    ),
    '',
    `Order it, and pay with a test card (${checkout.declinedCard} is refused; ${checkout.url} lists all):`,
    ...(germany === undefined ? [] : payCommands(shop, germany).map((line) => `  ${line}`)),
  ];
}

interface Shop {
  readonly url: string;
  readonly checkout: Checkout;
  readonly storefrontKey: string;
}

function quoteCommand({ url, storefrontKey }: Shop, place: DemoDestination): string {
  return [
    `curl -s ${url}/v1/quotes -H 'content-type: application/json'`,
    `-H 'x-entrepot-key: ${storefrontKey}' -d ${shellWord(JSON.stringify(quoteBody(place)))}`,
  ].join(' ');
}

/** Three lines for a shell: the answer of each is an argument of the next. */
function payCommands(shop: Shop, place: DemoDestination): string[] {
  const { url, storefrontKey, checkout } = shop;
  const order = {
    quoteId: '$QUOTE',
    customer: { email: 'erika.musterfrau@example.com' },
    shippingAddress: demoAddress,
    payment: { method: 'card' },
  };
  const body = JSON.stringify(order).replace('$QUOTE', `'"$QUOTE"'`);
  return [
    `QUOTE=$(${quoteCommand(shop, place)} | grep -o 'quo_[0-9A-Z]*' | head -n 1)`,
    [
      `SECRET=$(curl -s ${url}/v1/orders -H 'content-type: application/json'`,
      `-H 'x-entrepot-key: ${storefrontKey}' -H "idempotency-key: $QUOTE" -d '${body}'`,
      `| grep -o '"clientSecret":"[^"]*' | cut -d '"' -f 4)`,
    ].join(' '),
    checkout.payCommand,
  ];
}

/** The text as one word of a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
