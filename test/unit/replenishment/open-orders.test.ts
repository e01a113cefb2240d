import type { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { stepItem } from '../../../shared/aws/replenishment/order-items.ts';
import { createOrderStore } from '../../../shared/aws/replenishment/order-store.ts';
import { replenishmentKeys } from '../../../shared/aws/replenishment/replenishment-keys.ts';
import { eur, now } from './replenishment-builders.ts';

const ORDERS = 6_000;
/** Keys that one read of the list gives. */
const PAGE = 1_000;
const idOf = (at: number) => `rpl_${String(at).padStart(26, '0')}`;

/** A table with open orders, whose list comes in pages. Counts the reads of the list. */
function tableOfOrders() {
  const read = { list: 0 };
  const send = async ({ input }: QueryCommand) => {
    if (input.IndexName === undefined) {
      const id = String(input.ExpressionAttributeValues?.[':pk']).replace(
        replenishmentKeys.partition(''),
        '',
      );
      return { Items: [stepOf(id)] };
    }
    read.list += 1;
    const from = Number(input.ExclusiveStartKey?.at ?? 0);
    const end = Math.min(ORDERS, from + PAGE);
    const Items = Array.from({ length: end - from }, (_, at) => ({
      ...{ pk: replenishmentKeys.partition(idOf(from + at)), listSort: `${now}#${idOf(from + at)}` },
    }));
    return { Items, ...(end < ORDERS ? { LastEvaluatedKey: { at: end } } : {}) };
  };
  return { table: { name: 'table', client: { send } as never }, read };
}

const stepOf = (replenishmentOrderId: string) =>
  stepItem({
    facts: [
      {
        name: 'replenishment.proposed',
        data: {
          ...{ replenishmentOrderId: replenishmentOrderId as never, at: now, by: 'run', sequence: 1 },
          ...{ kind: 'purchase', supplierId: 'ningbo', warehouseId: 'pl-poznan' },
          lines: [
            {
              ...{ sku: 'MUG', quantity: 24, unitPrice: eur(400), needKey: 'MUG@pl-poznan' },
              reasons: ['forecast: 20 units'],
            },
          ],
          ...{ expectedAt: '2026-12-21T10:00:00.000Z', runId: 'run-1' },
        },
      },
    ],
  });

it('reads all of 6,000 open orders, and keeps none of their facts', async () => {
  const { table, read } = tableOfOrders();
  const open = await createOrderStore(table, { clock: () => new Date(now) }).open();
  expect(open).toHaveLength(ORDERS);
  expect(new Set(open.map(({ state }) => state.replenishmentOrderId)).size).toBe(ORDERS);
  expect(read.list).toBe(ORDERS / PAGE);
  expect(open[0]?.state.lines[0]).toMatchObject({ sku: 'MUG', open: 24 });
  expect(JSON.stringify(open)).not.toContain('forecast');
});
