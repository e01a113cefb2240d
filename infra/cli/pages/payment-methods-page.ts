import { formatMoney, money } from '../../../shared/kernel/money.ts';
import { cashLimits } from '../../../shared/payment/cash/limits.ts';
import type { OfferedMethod } from '../../../shared/payment/provider.ts';
import { providerOffers } from '../../../shared/payment/providers/offers.ts';
import { proofs } from '../../../test/contract/suites/payment/proofs.ts';

const OPENING = `# Payment methods

\`npm run pages\` writes this page from the registry of payment providers and from the names of their tests. A method that no
test shows is not on it. [The storefront guide](storefront.md) says how a shop offers methods, and
[the guide for providers](add-a-payment-provider.md) what the words of the table mean.

Every test runs against the provider's sandbox, which speaks the provider's protocol with its signatures. No test calls a
real provider. \`npx vitest run --config test/vitest.config.ts test/contract/payment-providers.test.ts -t "payment provider <code>"\` runs
those of one provider. Its tests of signatures (forged in ten ways, two secrets), of faults (timeouts, lost answers,
garbage, 429) and of every type of event are there as well.
`;

const SHOWN = ['create', 'capture', 'void', 'refund', 'webhook'] as const;
const all = Object.values(proofs);

interface Row {
  readonly code: string;
  readonly offer: OfferedMethod;
  readonly countries: readonly string[] | undefined;
  readonly currencies: readonly string[];
}

/** docs/payment-methods.md: what each provider does by each method, with the tests that show it, and the markets. */
export function paymentMethodsPage(): string {
  const rows = providerOffers.flatMap(({ code, methods }) => rowsOf(code, methods));
  return [OPENING, ...methodTable(rows), ...tests(), ...marketTable(rows), ...cashTable(), ''].join('\n');
}

/** One row a method: its entries differ in countries and currencies only. */
function rowsOf(code: string, methods: readonly OfferedMethod[]): Row[] {
  return [...Map.groupBy(methods, ({ method }) => method).values()].flatMap((entries) => {
    const [offer] = entries;
    if (offer === undefined) return [];
    const isEverywhere = entries.some(({ countries }) => countries === undefined);
    const countries = isEverywhere ? undefined : entries.flatMap((entry) => entry.countries ?? []);
    const currencies = entries.flatMap((entry) => entry.currencies);
    return [{ code, offer, countries, currencies: [...new Set(currencies)] }];
  });
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function methodTable(rows: readonly Row[]): string[] {
  return [
    '## By provider',
    '',
    'The numbers are those of the tests below the table.',
    '',
    line(['provider', 'method', 'flow', 'captured', 'in part', 'refunds, days', ...SHOWN]),
    line(['---', '---', '---', '---', '---', '---:', ...SHOWN.map(() => '---')]),
    ...rows.map(({ code, offer }) =>
      line([
        ...[code, offer.method, offer.flow, offer.captures, offer.partialCapture],
        String(offer.refundWindowDays ?? 'no limit known'),
        ...SHOWN.map((shown) => numbersOf(offer, shown)),
      ]),
    ),
    '',
  ];
}

const numbersOf = (offer: OfferedMethod, shown: (typeof SHOWN)[number]): string =>
  all.flatMap(({ shows, isFor }, index) => (shows === shown && isFor(offer) ? [index + 1] : [])).join(', ');

const tests = (): string[] => [
  'The tests, each behind `payment provider <code> > <method>: money` or `<method>: webhooks`:',
  '',
  ...all.map(({ title }, index) => `${index + 1}. ${title}`),
  '',
];

/** What carriers collect: a method of no provider. */
const cashTable = (): string[] => [
  '',
  '## Cash on delivery',
  '',
  'A carrier collects `cash-on-delivery`, and no provider. [Reconciliation](reconciliation.md#cash-on-delivery) says how.',
  '`test/unit/payment/cash-on-delivery.test.ts`, `test/unit/ledger/cash-journals.test.ts` and',
  '`test/end-to-end/cash-on-delivery.test.ts` show it. The most that is collected for one order:',
  '',
  line(['country', 'at most']),
  line(['---', '---:']),
  ...cashLimits.map(({ country, currency, mostMinor }) =>
    line([country, formatMoney(money(mostMinor, currency))]),
  ),
];

function marketTable(rows: readonly Row[]): string[] {
  const countries = [...new Set(rows.flatMap((row) => row.countries ?? []))].sort();
  const worldwide = rows.filter((row) => row.countries === undefined);
  return [
    '## By market',
    '',
    'In every country, in the currencies that the provider takes:',
    '',
    ...worldwide.map(
      ({ code, offer, currencies }) => `- ${offer.method} by ${code}: ${currencies.join(', ')}`,
    ),
    '',
    'In single countries also:',
    '',
    line(['country', 'methods']),
    line(['---', '---']),
    ...countries.map((country) =>
      line([
        country,
        rows
          .filter((row) => row.countries?.includes(country))
          .map(({ code, offer }) => `${offer.method} (${code})`)
          .join(', '),
      ]),
    ),
  ];
}
