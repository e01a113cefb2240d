import type { Checkout } from '../../sandbox/checkout.ts';
import { type DemoDestination, demoAddress, demoDestinations, quoteBody } from './demo-basket.ts';

/** The running parts that the last lines of a start name. */
export interface Running {
  readonly url: string;
  /** The address of the sample shop's page; undefined where there is no page. */
  readonly shopUrl: string | undefined;
  readonly partnerUrls: Readonly<Record<string, string>>;
  /** How an order of the sample shop is paid. */
  readonly checkout: Checkout;
  /** The data folder as the command line gives it. */
  readonly dataDir: string;
  /** Undefined if the data folder has no sample shop. */
  readonly storefrontKey: string | undefined;
}

const DEFAULT_URL = 'http://127.0.0.1:3000';
const DEFAULT_DATA = '.local';

/** The addresses that are known when the backend is running. */
export function firstAddresses(url: string): string[] {
  return [
    `API       ${url}`,
    `Docs      ${url}/docs`,
    `Console   ${url}/console  for operators, one click signs in`,
  ];
}

/** The next steps for the user: sign in as an operator, and requests to copy. */
export function closing(running: Running): string[] {
  const { url, shopUrl, partnerUrls, storefrontKey } = running;
  return [
    ...firstAddresses(url),
    ...(storefrontKey === undefined || shopUrl === undefined
      ? []
      : [`Shop      ${shopUrl}  to buy in a browser, by every payment method`]),
    ...Object.entries(partnerUrls).map(
      ([name, partnerUrl]) => `Sandbox   ${partnerUrl}  replaces ${name} on this machine`,
    ),
    '',
    "Print an operator's token, for /v1/admin:",
    `  ${tokenCommand(running)}`,
    ...(storefrontKey === undefined ? emptyShop(url) : requestsToCopy(running, storefrontKey)),
    '',
    'Ctrl-C stops the backend. The next start continues with the same data.',
  ];
}

/** The command that prints an operator's token, with the options for this backend. */
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
    'The shop is empty. Store these in this order: the seller, exchange rates, a warehouse with its lanes, a storefront,',
    `products, their stock. ${url}/docs shows each request.`,
  ];
}

function requestsToCopy({ url, checkout }: Running, storefrontKey: string): string[] {
  const [germany, , unitedStates] = demoDestinations;
  const shop = { url, storefrontKey, checkout };
  return [
    '',
    'Get a quote for a basket to Germany, and for the same basket to the United States:',
    ...[germany, unitedStates].flatMap((place) =>
      place === undefined ? [] : [`  ${quoteCommand(shop, place)}`],
    ),
    '',
    `Order the basket, and pay with a test card (${checkout.declinedCard} is refused; ${checkout.url} lists all cards):`,
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

/** Three lines for a shell. The answer to each line is an argument of the next. */
function payCommands(shop: Shop, place: DemoDestination): string[] {
  const { url, storefrontKey, checkout } = shop;
  const order = {
    quoteId: '$QUOTE',
    customer: { email: 'erika.musterfrau@example.com', phone: '+4915112345678' },
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
