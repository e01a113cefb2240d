import * as z from 'zod';
import type { CatalogueStore, Product } from '../catalogue/index.ts';
import { fingerprint } from '../kernel/hash.ts';
import { idSchema } from '../kernel/ids.ts';
import { ProblemError } from '../kernel/problem.ts';
import { toInstant } from '../kernel/time.ts';
import { type Acting, actOnOrder } from '../replenishment/purchasing/act-on-order.ts';
import { orderProblem } from '../replenishment/purchasing/order-problem.ts';
import { orderView, type ReplenishmentOrderView } from '../replenishment/purchasing/order-view.ts';
import type { OrderStore } from '../replenishment/purchasing/ports.ts';

/** What the contracts of steps of an order have in common. */
export const orderStepContract = {
  params: z.strictObject({ replenishmentOrderId: idSchema('replenishmentOrder') }),
  idempotent: true,
  problems: [404, 409, 422, 503],
} as const;

/** The products of the lines of a request, by SKU; one that the catalogue does not have is not in it. */
export async function productsOfLines(
  catalogue: Pick<CatalogueStore, 'productsBySku'>,
  lines: readonly { readonly sku: string }[],
): Promise<ReadonlyMap<string, Product>> {
  const products = await catalogue.productsBySku(lines.map(({ sku }) => sku));
  return new Map(products.map((product) => [product.sku, product]));
}

interface StepRequest {
  readonly replenishmentOrderId: string;
  /** What is asked, for recognising a repeat. */
  readonly asked: unknown;
  readonly idempotencyKey: string;
  readonly operator: string | undefined;
}

/**
 * An operator's step of an order, once per key; gives the order as it is afterwards. Throws the problem of a refusal.
 */
export async function replenishmentStep(
  { orders, clock }: { readonly orders: OrderStore; readonly clock: () => Date },
  { replenishmentOrderId, asked, idempotencyKey, operator = 'operator' }: StepRequest,
  acting: Pick<Acting, 'commandOf' | 'effectsOf'>,
): Promise<ReplenishmentOrderView> {
  const result = await actOnOrder({ orders }, replenishmentOrderId, {
    now: toInstant(clock()),
    by: 'operator',
    operator,
    request: { key: idempotencyKey, print: fingerprint(asked) },
    ...acting,
  });
  if (!result.ok) throw new ProblemError(orderProblem(result.error));
  return orderView(result.value);
}
