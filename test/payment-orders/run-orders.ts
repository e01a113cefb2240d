import { formatMoney } from '../../shared/kernel/money.ts';
import { checkBooks, type OrderResult } from './check-books.ts';
import { drawsOf } from './draws.ts';
import { Life } from './life.ts';
import { drawPlan, placeOrder } from './order.ts';
import { type Sandboxes, startSandboxes } from './sandboxes.ts';

export interface RunOptions {
  readonly orders: number;
  readonly seed: number;
  /** The place of the first order, so that one that failed can be run alone. */
  readonly from?: number;
  readonly onOrder?: (done: number) => void;
}

/** An order whose books are wrong, or that met an error: with what happened to it. */
interface Failure {
  readonly place: number;
  readonly problems: readonly string[];
  readonly log: readonly string[];
  /** The names of the order's facts. */
  readonly facts: readonly string[];
}

export interface RunResult {
  readonly results: readonly OrderResult[];
  readonly failures: readonly Failure[];
  readonly refusedCalls: number;
}

/**
 * Carries orders through random lives over every provider's real adapter and its sandbox, in this process: lost
 * answers, copies, forged and late calls, other amounts, declines, payments after the end, disputes, providers that are
 * out. Then compares every provider's books with ours. The same seed draws the same lives.
 */
export async function runOrders({ orders, seed, from = 0, onOrder }: RunOptions): Promise<RunResult> {
  const sandboxes = await startSandboxes(seed);
  const results: OrderResult[] = [];
  const failures: Failure[] = [];
  try {
    for (let place = from; place < from + orders; place += 1) {
      const { result, failure } = await liveOnce(sandboxes, seed, place);
      if (result !== undefined) results.push(result);
      if (failure !== undefined) failures.push(failure);
      onOrder?.(place - from + 1);
    }
    return { results, failures, refusedCalls: sandboxes.refusedCalls() };
  } finally {
    await sandboxes.stop();
  }
}

async function liveOnce(
  sandboxes: Sandboxes,
  seed: number,
  place: number,
): Promise<{ readonly result?: OrderResult; readonly failure?: Failure }> {
  const draws = drawsOf(seed, place);
  sandboxes.setAhead(0);
  const plan = drawPlan(sandboxes, place, draws);
  const life = new Life(sandboxes, placeOrder(sandboxes, plan, place + 1, draws), draws);
  const failed = (problems: readonly string[]): Failure => ({
    place,
    problems,
    log: [`${plan.provider.plugIn.code} ${plan.offer.method} ${formatMoney(plan.amount)}`, ...life.log],
    facts: life.order.facts().map(({ name }) => name),
  });
  try {
    await life.random();
    await life.settle();
    if (draws.chance(0.8)) {
      await life.send();
      await life.settle();
    }
    if (await life.refuseIfHeld()) await life.settle();
    if (draws.chance(0.3)) {
      life.log.push('pays late');
      await life.payLate();
      await life.settle();
      if (await life.refuseIfHeld()) await life.settle();
    }
    const result = await checkBooks(sandboxes, life.order);
    return result.problems.length === 0 ? { result } : { result, failure: failed(result.problems) };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { failure: failed([text]) };
  } finally {
    sandboxes.partners.faults.clear();
    // Nothing of this order is left for the next one.
    await sandboxes.calls();
  }
}
