import type { Bill } from '../../../shared/usage/bill.ts';
import { textTable } from '../terminal/text-table.ts';
import { amountText, type Money, moneyText } from './money-text.ts';
import { type NarratedOrder, parcelName } from './narrate-order.ts';

interface ChargeJson {
  readonly kind: string;
  readonly description: string;
  readonly amount: Money;
  readonly formula: string;
  readonly ruleId: string;
  readonly legalReference: string;
}

/** The parts of an operator's view of an order that are shown as tables. */
export interface TabledOrder extends NarratedOrder {
  readonly landedCost: {
    readonly incoterm: string;
    readonly ruleSet: { readonly version: string; readonly date: string };
    readonly consignments: readonly {
      readonly consignmentId: string;
      readonly warehouseId: string;
      readonly scheme: string;
      readonly dataSet?: string;
      readonly charges: readonly ChargeJson[];
    }[];
    readonly totals: Readonly<Record<string, Money>>;
  };
  readonly ledger: readonly {
    readonly description: string;
    readonly postings: readonly { readonly account: string; readonly amount: Money }[];
  }[];
}

/** The landed cost of an order: each charge with its computation, its rule and its law. */
export function landedCostTable({ landedCost }: TabledOrder): string {
  const { incoterm, ruleSet, consignments, totals } = landedCost;
  const rows = consignments.flatMap(({ warehouseId, scheme, dataSet, charges }) => [
    [
      '',
      `From ${warehouseId}: ${scheme}`,
      dataSet === undefined ? 'no declaration' : `declared as ${dataSet}`,
    ],
    ...charges.map((charge) => [
      amountText(charge.amount),
      charge.kind === 'goods' ? charge.description : `${charge.description}\n${charge.formula}`,
      charge.kind === 'goods' ? '' : `${charge.legalReference}\n[${charge.ruleId}]`,
    ]),
  ]);
  const { total } = totals;
  return [
    `Landed cost, ${incoterm}, by the rules of ${ruleSet.date} (${ruleSet.version})`,
    textTable(
      [
        { title: total?.currency ?? '', width: 9, align: 'right' },
        { title: 'charge, and how it is computed', width: 48 },
        { title: 'law and rule', width: 37 },
      ],
      rows,
      { total: [total === undefined ? '' : amountText(total), 'total, at the door', ''], indent: 2 },
    ),
  ].join('\n');
}

/** The ledger of an order: the debits and credits of each journal, which sum to zero. */
export function ledgerTable(order: TabledOrder): string {
  const rows = order.ledger.flatMap(({ description, postings }) =>
    postings.map(({ account, amount }, index) => {
      const isDebit = amount.amount >= 0;
      const shown = moneyText({ ...amount, amount: Math.abs(amount.amount) });
      return [
        index === 0 ? withParcelNames(order, description) : '',
        account,
        isDebit ? shown : '',
        isDebit ? '' : shown,
      ];
    }),
  );
  return [
    'Ledger: every journal sums to zero',
    textTable(
      [
        { title: 'journal', width: 38 },
        { title: 'account' },
        { title: 'debit', align: 'right' },
        { title: 'credit', align: 'right' },
      ],
      rows,
      { indent: 2 },
    ),
  ].join('\n');
}

/** The bill: the counted units at list price, in millionths of a dollar for each order. */
export function billTable({ lines, totalPerOrderNanoUsd }: Bill): string {
  const millionths = (nano: number) => (nano / 1000).toFixed(2);
  return [
    'Bill of one such order at AWS list prices, in millionths of a US dollar',
    textTable(
      [
        { title: 'USD / 1M', align: 'right', width: 10 },
        { title: 'count', align: 'right', width: 9 },
        { title: 'of' },
      ],
      lines.map(({ label, count, perOrderNanoUsd }) => [millionths(perOrderNanoUsd), String(count), label]),
      { total: [millionths(totalPerOrderNanoUsd), '', 'total'], indent: 2 },
    ),
  ].join('\n');
}

/** Replaces the id of each parcel by its name, such as `parcel 1`. */
function withParcelNames(order: TabledOrder, description: string): string {
  return order.parcels.reduce(
    (text, { parcelId }, index) => text.replace(parcelId, parcelName(order, index)),
    description,
  );
}
