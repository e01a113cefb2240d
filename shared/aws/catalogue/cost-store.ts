import type { CostStore } from '../../catalogue/index.ts';
import {
  type MarketingCost,
  marketingCostSchema,
  type PurchaseCost,
  purchaseCostSchema,
} from '../../catalogue/index.ts';
import { TooManyWriters } from '../../kernel/too-many-writers.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { readItems } from '../read-together.ts';
import { keys } from '../table.ts';
import { transact } from '../transaction.ts';

const MAX_ATTEMPTS = 10;

const keyOf = {
  purchase: ({ sku, validFrom }: PurchaseCost) => keys.purchaseCost(sku, validFrom),
  marketing: (cost: MarketingCost) => keys.marketingCost(cost),
} as const;

/** Costs are written here and read from the lake; the table knows them by their keys alone. */
export function createCostStore(table: Table): CostStore {
  return {
    async stored({ purchase, marketing }) {
      const wanted = [...purchase.map(keyOf.purchase), ...marketing.map(keyOf.marketing)];
      const items = await readItems(table, wanted, { consistent: true });
      const found = (from: number, to: number): unknown[] =>
        items.slice(from, to).flatMap((item) => (item === undefined ? [] : [JSON.parse(String(item.cost))]));
      return {
        purchase: found(0, purchase.length).map((each) => purchaseCostSchema.parse(each)),
        marketing: found(purchase.length, wanted.length).map((each) => marketingCostSchema.parse(each)),
      };
    },
    async put({ purchase, marketing }) {
      const items = [
        ...purchase.map((cost) => ({ ...keyOf.purchase(cost), cost: JSON.stringify(cost) })),
        ...marketing.map((cost) => ({ ...keyOf.marketing(cost), cost: JSON.stringify(cost) })),
      ].map((Item) => ({ Put: { TableName: table.name, Item } }));
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const { outcome } = await transact(table, items);
        if (outcome === 'written') return;
        await backOff(attempt);
      }
      throw new TooManyWriters('the costs');
    },
  };
}
