import { invariant } from '../../../../shared/kernel/invariant.ts';
import { formatMoney, fromJson } from '../../../../shared/kernel/money.ts';
import {
  journalsOf,
  paymentFees,
  type Statement,
  type StatementEntry,
  statementOf,
} from '../../../../shared/ledger/index.ts';
import { exampleId, factsOf, GOODS, priceOrder, products, type Step } from './example-order.ts';
import { lost, paidAndSent, refundedAndDisputed, won } from './example-steps.ts';

/** What the balance of an account means, by its name before the colon. */
const MEANINGS: Readonly<Record<string, string>> = {
  bank: 'paid out to our bank account',
  'chargeback-losses': 'lost in disputes',
  chargebacks: 'contested, and held by the provider',
  'customer-deposits': 'paid for goods that have not left',
  'duty-owed': 'duty owed to the authority',
  'provider-clearing': 'owed to us by the provider',
  'provider-fees': 'kept by the provider: a cost',
  'refunds-granted': 'refunds without their tax: less income',
  sales: 'income from goods, without tax',
  'shipping-income': 'income from shipping, without tax',
  'tax-on-deposits': 'tax that is owed before its price is income',
  'tax-owed': 'VAT owed to the member state, by scheme',
};

/** The page with the journals of one order and its balances, and with both ends of its dispute. */
export function orderStatementPage(): string {
  const landedCost = priceOrder();
  const open = [...paidAndSent(landedCost), ...refundedAndDisputed(landedCost)];
  const ending = (steps: readonly Step[]) => statementOfSteps([...open, ...steps]);
  const [before, ifWon, ifLost] = [statementOfSteps(open), won(landedCost), lost(landedCost)];
  return [
    ...introduction(formatMoney(fromJson(landedCost.totals.total))),
    '## The order until the dispute is open',
    '',
    ...entries(before.entries, open),
    '## Balances while the dispute is open',
    '',
    ...balances(before),
    ...fees(open),
    ...section('If the dispute is won', ending(ifWon), [...open, ...ifWon], before.entries.length),
    ...section('If the dispute is lost', ending(ifLost), [...open, ...ifLost], before.entries.length),
  ].join('\n');
}

const statementOfSteps = (steps: readonly Step[]): Statement => statementOf(journalsOf([], factsOf(steps)));

function introduction(total: string): string[] {
  const goods = GOODS.map(({ sku, quantity, warehouseId }) => {
    const description = products.find((product) => product.sku === sku)?.description;
    return `${quantity} x ${description} from \`${warehouseId}\``;
  });
  return [
    '# Statement of one order',
    '',
    'This page shows every journal of one order, and what the accounts come to. `npm run pages` writes it: the price is that of a quote, the journals are those of `shared/ledger/journals.ts`, and `shared/ledger/statement.ts` makes the statement. A test fails when the page and the code differ.',
    '',
    `A shopper in Berlin buys ${goods.join(' and ')}, for ${total}, delivered duty paid. The goods leave in two parcels: the first one is imported under IOSS, the second one is sold inside the Union under the Union scheme (OSS). The shopper pays by card; later the shopper gets a part of the price back, and disputes the payment of the first parcel. The catalogue, the rate cards and the figures of the payment provider are made up.`,
    '',
    'The amount of a line goes from the account in the column credit to the account in the column debit. Dates are in UTC. A text after a colon is a subaccount: the provider, the authority, or the member state with the scheme. All accounts are explained under the balances.',
    '',
  ];
}

/** What the provider was expected to keep of each capture, and what it keeps. */
function fees(steps: readonly Step[]): string[] {
  const rows = paymentFees(factsOf(steps)).map(
    ({ reference, amount, rule, expected, charged, difference }) => {
      invariant(rule?.fixed !== undefined, 'the example has terms with a fixed fee', {});
      const said = `${rule.percent} % and ${formatMoney(fromJson(rule.fixed))}`;
      const figures = [amount, expected, charged, difference].map((each) => each && formatMoney(each));
      return `| ${[reference, said, ...figures].join(' | ')} |`;
    },
  );
  return [
    '## Fees expected and charged',
    '',
    'The terms that the merchant agreed with the provider say the fee of each capture. `GET /v1/admin/orders/{orderId}` has it as `fees`, beside the fee that the settlement, or before it the answer to the capture, names. The fee of the dispute is not in it. [The report of payments](reports.md#payments-fees) adds the fees of a period up.',
    '',
    '| capture | terms | captured | expected | charged | charged above expected |',
    '|---|---|---:|---:|---:|---:|',
    ...rows,
    '',
  ];
}

function section(title: string, statement: Statement, steps: readonly Step[], from: number): string[] {
  return [`## ${title}`, '', ...entries(statement.entries.slice(from), steps), ...balances(statement)];
}

function entries(all: readonly StatementEntry[], steps: readonly Step[]): string[] {
  return all.flatMap(({ factSequence, occurredAt, text, lines, differences }) => {
    const why = steps[factSequence - 1]?.why;
    invariant(why !== undefined, 'every journal of the page has a reason', { factSequence, text });
    return [
      '| date | text | debit | credit | amount |',
      '|---|---|---|---|---:|',
      ...lines.map(
        ({ debit = '', credit = '', amount }) =>
          `| ${occurredAt.slice(0, 10)} | ${shortened(text)} | ${debit} | ${credit} | ${formatMoney(amount)} |`,
      ),
      '',
      ...differences.flatMap((amount) => [`**This journal does not balance: ${formatMoney(amount)}.**`, '']),
      why,
      '',
    ];
  });
}

/** The text with short names of the two parcels instead of their long ids. */
const shortened = (text: string): string =>
  text.replace(exampleId('parcel', 1), 'first parcel').replace(exampleId('parcel', 2), 'second parcel');

const balances = ({ balances: all, totals }: Statement): string[] => [
  'A debit is above zero, a credit below.',
  '',
  '| account | meaning | balance |',
  '|---|---|---:|',
  ...all.map(({ account, amount }) => `| ${account} | ${meaningOf(account)} | ${formatMoney(amount)} |`),
  ...totals.map((total) => `| **sum in ${total.currency}** | | **${formatMoney(total)}** |`),
  '',
];

function meaningOf(account: string): string {
  const meaning = MEANINGS[account.split(':')[0] ?? ''];
  invariant(meaning !== undefined, 'every account of the page is explained', { account });
  return meaning;
}
