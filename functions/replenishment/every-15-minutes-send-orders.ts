import { toInstant } from '../../shared/kernel/time.ts';
import { orderRiskKinds, orderRisks, settleRisks } from '../../shared/replenishment/inbound/supply-risks.ts';
import { sendDueOrders } from '../../shared/replenishment/purchasing/sending/send-due-orders.ts';
import { sendingDeps } from '../../shared/runtime/deps/purchase-sending.ts';
import { schedule } from '../../shared/runtime/schedule.ts';

export const handler = schedule(sendingDeps, async (deps, run) => {
  const handed = await sendDueOrders(deps, run);
  const now = toInstant(deps.clock());
  const [open, ports] = await Promise.all([deps.orders.open(), deps.risks.congestedPorts()]);
  const settled = await settleRisks(deps, orderRisks(open, ports, now), orderRiskKinds, now);
  return { ...handed, ...settled };
});
