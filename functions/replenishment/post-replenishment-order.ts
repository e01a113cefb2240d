import { fingerprint } from '../../shared/kernel/hash.ts';
import { invalid, keyReused, ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import {
  orderByHandSchema,
  proposalsByHand,
  repeatedLines,
} from '../../shared/replenishment/purchasing/order-by-hand.ts';
import { orderIdOfRequest } from '../../shared/replenishment/purchasing/order-id.ts';
import { placingProblem } from '../../shared/replenishment/purchasing/order-problem.ts';
import { orderView, replenishmentOrderSchema } from '../../shared/replenishment/purchasing/order-view.ts';
import { placeProposals } from '../../shared/replenishment/purchasing/place-proposals.ts';
import { replenishmentOrderDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { unknownWarehouse } from '../../shared/stock/index.ts';

export const contract = defineContract({
  id: 'replenishment/post-replenishment-order',
  summary: 'Propose a purchase order or a transfer order',
  body: orderByHandSchema,
  idempotent: true,
  answers: { 201: { description: 'The order, once per idempotency key', schema: replenishmentOrderSchema } },
  problems: [422, 503],
});

export const handler = http(
  contract,
  replenishmentOrderDeps,
  async ({ body, idempotencyKey, caller }, deps) => {
    const id = orderIdOfRequest(idempotencyKey);
    const print = fingerprint(body);
    const known = await deps.orders.load(id);
    if (known !== undefined) {
      if (known.steps[0]?.request?.print !== print) throw new ProblemError(keyReused);
      return { status: 201, body: orderView(known) };
    }
    const named = [
      { pointer: '/warehouseId', warehouseId: body.warehouseId },
      ...(body.kind === 'transfer'
        ? [{ pointer: '/fromWarehouseId', warehouseId: body.fromWarehouseId }]
        : []),
    ];
    const warehouses = await deps.knownWarehouses(named.map(({ warehouseId }) => warehouseId));
    const unknown = named.filter(({ warehouseId }) => !warehouses.has(warehouseId));
    const errors = [...unknown.map(({ pointer }) => unknownWarehouse(pointer)), ...repeatedLines(body)];
    if (errors.length > 0) throw new ProblemError(invalid(errors));
    const run = {
      runId: `request:${id}`,
      by: 'operator',
      now: toInstant(deps.clock()),
      request: { key: idempotencyKey, print },
      operator: caller.subject ?? 'operator',
    } as const;
    const problem = placingProblem(await placeProposals(deps, run, proposalsByHand(body)));
    if (problem !== undefined) throw new ProblemError(problem);
    const placed = await deps.orders.load(id);
    if (placed === undefined) throw new Error('an order that was placed is there');
    return { status: 201, body: orderView(placed) };
  },
);
