import { toInstant } from '../../shared/kernel/time.ts';
import { findOrderRisks } from '../../shared/replenishment/inbound/find-order-risks.ts';
import { orderRiskKinds, settleRisks } from '../../shared/replenishment/inbound/supply-risks.ts';
import { sendDueOrders } from '../../shared/replenishment/purchasing/sending/send-due-orders.ts';
import { sendingDeps } from '../../shared/runtime/deps/purchase-sending.ts';
import { schedule } from '../../shared/runtime/schedule.ts';

export const handler = schedule(sendingDeps, async (deps, run) => {
  const handed = await sendDueOrders(deps, run);
  const now = toInstant(deps.clock());
  const settled = await settleRisks(deps, await findOrderRisks(deps, now), orderRiskKinds, now);
  return { ...handed, ...settled };
});
