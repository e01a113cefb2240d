import { ProblemError } from '../kernel/problem.ts';
import { reportBlocked } from '../order/index.ts';
import { type StartedPayment, startPayment, startProblem } from '../payment/index.ts';

/**
 * Starts the payment of an order that was placed. A refusal is thrown as its problem. If the provider can't be asked at
 * all, the order is marked at once, as by a step of the journey: somebody has to repair the settings, and the shopper
 * can repeat the request.
 */
export async function startOrReport(
  deps: Parameters<typeof startPayment>[0],
  orderId: string,
  request: Parameters<typeof startPayment>[2],
): Promise<StartedPayment> {
  const started = await startPayment(deps, orderId, request);
  if (started.ok) return started.value;
  const { error } = started;
  if (error.reason === 'provider-blocked')
    await reportBlocked(deps, orderId, { by: 'shopper' }, { step: 'payment', reason: error.blocker });
  throw new ProblemError(startProblem(error));
}
