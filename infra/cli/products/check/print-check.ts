import { formatMoney, fromJson } from '../../../../shared/kernel/money.ts';
import type { CheckedProduct } from '../../../../shared/quote/check/checked-product.ts';
import { type Column, textTable } from '../../terminal/text-table.ts';

/** What was found, and what it assumed. */
export interface Check {
  readonly checked: readonly CheckedProduct[];
  readonly terms: Terms;
}

/** What the check assumed. */
interface Terms {
  readonly date: string;
  readonly policy: string;
  readonly units: number;
  readonly channel: string;
  readonly freightPercent: number;
  readonly rates: string;
  /** Of the rules. */
  readonly version: string;
}

/** Lines of the table of refusals, and of the reasons. */
const [MAX_ROWS, MAX_REASONS] = [60, 20];

const markets: readonly Column[] = [
  { title: 'market' },
  { title: 'priced', align: 'right' },
  { title: 'with a range', align: 'right' },
  { title: 'refused', align: 'right' },
  { title: 'by an old tariff', align: 'right' },
  { title: 'a proof of origin helps', align: 'right' },
];

const found: readonly Column[] = [
  { title: 'SKU', width: 22 },
  { title: 'market' },
  { title: 'code' },
  { title: 'result', width: 22 },
  { title: 'missing', width: 14 },
  { title: 'why', width: 60 },
];

const count = (checked: readonly CheckedProduct[], is: (each: CheckedProduct) => boolean) =>
  String(checked.filter(is).length);

/** A table by market, the products that want something, and how often each reason occurs. */
export function checkText(checked: readonly CheckedProduct[], terms: Terms, all: boolean): string {
  const { date, policy, units, channel, freightPercent, rates, version } = terms;
  const byMarket = [...Map.groupBy(checked, ({ market }) => market)].map(([market, own]) => [
    market,
    count(own, ({ outcome }) => outcome === 'priced'),
    count(own, ({ outcome }) => outcome === 'range'),
    count(own, ({ outcome }) => outcome === 'refused'),
    count(own, ({ old }) => old !== undefined),
    count(own, ({ proofs }) => proofs.length > 0),
  ]);
  const shown = checked.filter((each) => all || each.outcome !== 'priced');
  const rows = shown.slice(0, all ? undefined : MAX_ROWS).map(rowOf);
  const left = shown.length - rows.length;
  return [
    `Rules ${version} on ${date}: ${units === 1 ? 'one unit' : `${units} units`} an order, duty paid, by ${channel}, freight ${freightPercent} %, exchange rates ${rates}, policy ${policy}.`,
    textTable(markets, byMarket),
    ...(rows.length === 0 ? [] : [textTable(found, rows)]),
    ...(left > 0 ? [`… and ${left} more: --json has all of them`] : []),
    ...reasons(checked),
  ].join('\n\n');
}

function rowOf(each: CheckedProduct): string[] {
  const { sku, market, hsCode, outcome, charges, range, missing, detail = '', proofs, old } = each;
  const result = charges === undefined ? outcome : formatMoney(fromJson(charges));
  const notes = [
    detail,
    range === undefined
      ? ''
      : `duty from ${range.least} to ${range.most}, by ${range.lines} lines under the code`,
    ...(old ?? []).map((edition) => `the tariff ${edition} may be old`),
    ...proofs.map(
      ({ agreement, charges: lower }) => `${formatMoney(fromJson(lower))} with a proof of ${agreement}`,
    ),
  ];
  return [sku, market, hsCode, result, missing.join(', '), notes.filter((note) => note !== '').join('; ')];
}

function reasons(checked: readonly CheckedProduct[]): string[] {
  const refused = checked.filter(({ outcome }) => outcome === 'refused');
  if (refused.length === 0) return ['Every product is priced in every market.'];
  // Without what differs from product to product.
  const textOf = ({ reason, detail = '' }: CheckedProduct) =>
    `${reason}: ${detail.replaceAll(/\b\d{6,10}\b/g, '…')}`;
  const counted = [...Map.groupBy(refused, textOf)].toSorted(([, a], [, b]) => b.length - a.length);
  const lines = counted
    .slice(0, MAX_REASONS)
    .map(([text, own]) => `${String(own.length).padStart(6)}  ${text}`);
  const left = counted.length - lines.length;
  return [['Refused:', ...lines, ...(left > 0 ? [`        … and ${left} more reasons`] : [])].join('\n')];
}

/** Everything that was found, for a program: amounts in minor units of the currency of the product's base price. */
export function checkJson(checked: readonly CheckedProduct[], terms: Terms): string {
  return JSON.stringify({ ...terms, products: checked }, undefined, 2);
}
