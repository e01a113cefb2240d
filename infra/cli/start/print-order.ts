import type { Bill } from '../../local/meter/bill.ts';

interface MoneyJson {
  readonly amount: number;
  readonly currency: string;
}

interface ChargeJson {
  readonly kind: string;
  readonly description: string;
  readonly amount: MoneyJson;
  readonly formula: string;
  readonly ruleId: string;
  readonly legalReference: string;
}

interface OperatorOrder {
  readonly landedCost: {
    readonly incoterm: string;
    readonly ruleSet: { readonly version: string; readonly date: string };
    readonly consignments: readonly {
      readonly warehouseId: string;
      readonly shipFrom: string;
      readonly scheme: string;
      readonly dataSet?: string;
      readonly charges: readonly ChargeJson[];
    }[];
    readonly totals: Readonly<Record<string, MoneyJson>>;
  };
  readonly ledger: readonly {
    readonly description: string;
    readonly postings: readonly { readonly account: string; readonly amount: MoneyJson }[];
  }[];
}

const DIGITS: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, CLP: 0, BHD: 3 };

function show({ amount, currency }: MoneyJson): string {
  const digits = DIGITS[currency] ?? 2;
  return `${(amount / 10 ** digits).toFixed(digits).padStart(9)} ${currency}`;
}

/** The landed cost of an order as lines: each figure with the computation and the law behind it. */
export function landedCostLines({ landedCost }: OperatorOrder): string[] {
  const { incoterm, ruleSet, consignments, totals } = landedCost;
  const lines = [`Landed cost (${incoterm}, rule set ${ruleSet.version}, rules of ${ruleSet.date})`];
  for (const consignment of consignments) {
    const declared =
      consignment.dataSet === undefined ? 'no declaration' : `declared as ${consignment.dataSet}`;
    lines.push(
      `  from ${consignment.warehouseId} (${consignment.shipFrom}), ${consignment.scheme}, ${declared}`,
    );
    for (const charge of consignment.charges) {
      lines.push(`    ${show(charge.amount)}  ${charge.kind.padEnd(8)} ${charge.description}`);
      if (charge.kind !== 'goods') lines.push(`    ${' '.repeat(15)}${charge.formula}  [${charge.ruleId}]`);
    }
  }
  for (const [name, amount] of Object.entries(totals)) lines.push(`  ${name.padEnd(10)}${show(amount)}`);
  return lines;
}

/** The ledger of an order as lines: debits, then credits, each journal summing to zero. */
export function ledgerLines({ ledger }: OperatorOrder): string[] {
  const lines = ['Ledger'];
  for (const journal of ledger) {
    lines.push(`  ${journal.description}`);
    for (const { account, amount } of journal.postings) {
      const side = amount.amount >= 0 ? 'debit ' : 'credit';
      lines.push(`    ${side} ${show({ ...amount, amount: Math.abs(amount.amount) })}  ${account}`);
    }
  }
  return lines;
}

/** The bill as lines: what was counted, at list price, in millionths of a dollar an order. */
export function billLines({ lines, totalPerOrderNanoUsd }: Bill, orders: number): string[] {
  const micro = (nano: number) => (nano / 1000).toFixed(2).padStart(9);
  return [
    `Bill at AWS list prices, ${orders} order${orders === 1 ? '' : 's'}, in millionths of a US dollar`,
    ...lines.map(
      ({ label, count, perOrderNanoUsd }) =>
        `  ${micro(perOrderNanoUsd)}  ${String(count).padStart(8)}  ${label}`,
    ),
    `  ${micro(totalPerOrderNanoUsd)}            in all`,
  ];
}
