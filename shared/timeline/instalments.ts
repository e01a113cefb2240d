import type { Fact } from '../../events/all-events.ts';
import type { InstalmentPlan } from '../../events/instalments.ts';
import type { Currency } from '../kernel/currency.ts';
import { add, compare, fromJson, type Money, subtract, sum, zero } from '../kernel/money.ts';
import { dayAfter, dayMs, type Instant, later } from '../kernel/time.ts';
import { currentIntent } from './intents.ts';

/** An instalment of an order, from its facts. */
export interface InstalmentState {
  readonly n: number;
  /** What the shopper owes of it: less what refunds lowered. Zero: it never falls due. */
  readonly amount: Money;
  readonly dueAt: Instant;
  /** The key of the attempt that was recorded and has no outcome yet. */
  readonly asked?: { readonly captureId: string; readonly fact: Fact };
  readonly captured?: Money;
  readonly failures: number;
  /** After a decline: when it is tried again; absent if not by itself. */
  readonly retryAt?: Instant;
  /** The latest fact about it. */
  readonly since: Fact;
}

/** The instalment that is charged next. */
export interface NextInstalment {
  readonly n: number;
  readonly captureId: string;
  readonly amount: Money;
  /** When it is charged; the time of the attempt if it was recorded and has no outcome. */
  readonly dueAt: Instant;
  readonly isAsked: boolean;
  /** Whether no other instalment is charged after it, by what is known now. */
  readonly isLast: boolean;
  readonly since: Fact;
}

/** The plan of the intent that pays the order; undefined if it is paid in one amount. */
export const planOf = (facts: readonly Fact[]): InstalmentPlan | undefined =>
  facts[0]?.name === 'order.placed' ? currentIntent(facts).plan : undefined;

/** The idempotency key of a charge: another one for each due date and each repeat after a decline. */
export const captureIdOf = (paymentId: string, n: number, failures = 0): string =>
  `${paymentId}-instalment-${n}${failures === 0 ? '' : `-${failures + 1}`}`;

/** The instalments of the order, by their number. Undefined if it is paid in one amount. */
export function instalmentsOf(facts: readonly Fact[]): readonly InstalmentState[] | undefined {
  const plan = planOf(facts);
  const [placed] = facts;
  if (plan === undefined || placed === undefined) return undefined;
  // At the time of day of the order, so that not all orders of a day fall due in the same second.
  const timeOfDay = placed.recordedAt.slice(10);
  const states = new Map<number, InstalmentState>(
    plan.instalments.map(({ n, amount, dueOn }) => [
      n,
      { n, amount: fromJson(amount), dueAt: `${dueOn}${timeOfDay}`, failures: 0, since: placed },
    ]),
  );
  const change = (n: number, since: Fact, to: (state: InstalmentState) => Partial<InstalmentState>) => {
    const state = states.get(n);
    if (state === undefined) throw new Error(`the plan has no instalment ${n}`);
    const { asked: _asked, retryAt: _retryAt, ...rest } = state;
    states.set(n, { ...rest, since, ...to(state) });
  };
  for (const fact of facts) {
    if (fact.name === 'payment.instalment_asked') {
      const { instalment, captureId } = fact.data;
      change(instalment, fact, () => ({ asked: { captureId, fact } }));
    }
    if (fact.name === 'payment.captured' && fact.data.instalment !== undefined)
      change(fact.data.instalment, fact, () => ({ captured: fromJson(fact.data.amount) }));
    if (fact.name === 'payment.instalment_failed') {
      const { instalment, retryAt } = fact.data;
      change(instalment, fact, ({ failures }) => ({
        failures: failures + 1,
        ...(retryAt === undefined ? {} : { retryAt }),
      }));
    }
    if (fact.name === 'payment.instalments_lowered')
      for (const { instalment, amount } of fact.data.lowered)
        change(instalment, fact, (state) => ({
          ...{ amount: subtract(state.amount, fromJson(amount)), since: state.since },
          ...(state.retryAt === undefined ? {} : { retryAt: state.retryAt }),
        }));
  }
  return [...states.values()];
}

/** Whether nothing falls due any more: the order stopped, or its payment was voided. */
const isOver = (facts: readonly Fact[]): boolean =>
  facts.some(
    ({ name }) => name === 'payment.voided' || name === 'order.cancelled' || name === 'order.expired',
  );

/**
 * Whether no new charge is made for now: the order is being stopped, or the shopper's bank contests a charge and nobody
 * has released the order since. What was asked for before goes on.
 */
function isPaused(facts: readonly Fact[]): boolean {
  const stop = facts.findLast(
    ({ name }) => name === 'order.cancellation_requested' || name === 'order.cancellation_refused',
  );
  if (stop?.name === 'order.cancellation_requested') return true;
  const words = facts.flatMap((fact) => (fact.name === 'payment.disputed' ? [fact] : []));
  const latest = new Map(words.map((fact) => [fact.data.providerReference, fact]));
  const isReleasedAfter = (sequence: number) =>
    facts.some((fact) => fact.name === 'screening.released' && fact.sequence > sequence);
  return [...latest.values()].some(
    ({ data, sequence }) => data.status !== 'won' && !isReleasedAfter(sequence),
  );
}

/** Whether the shopper has paid the first instalment, with the mandate for the others. */
const hasBegun = (states: readonly InstalmentState[]): boolean =>
  states.some(({ n, captured }) => n === 1 && captured !== undefined);

/** Whether an instalment is still owed and nothing was charged for it, nor is being charged. */
const isOpen = ({ n, amount, captured, asked }: InstalmentState): boolean =>
  n > 1 && captured === undefined && asked === undefined && amount.amountMinor > 0;

/**
 * The later instalment that is charged next, however long it takes until then. One that was asked for and has no
 * outcome goes first, under the same key. Undefined: none is, because all are paid, the order stopped, the first one is
 * not paid yet, or those that are left were declined as often as the plan allows. What was charged while the order
 * stopped is in the answer to the void, and goes back.
 */
export function nextInstalment(facts: readonly Fact[]): NextInstalment | undefined {
  const states = instalmentsOf(facts);
  if (states === undefined || !hasBegun(states) || isOver(facts)) return undefined;
  const { paymentId } = currentIntent(facts);
  const asked = states.find((state) => state.asked !== undefined && state.captured === undefined);
  const [first] = states
    .filter((state) => isOpen(state) && chargedAt(state) !== undefined)
    .toSorted((a, b) => ((chargedAt(a) ?? '') < (chargedAt(b) ?? '') ? -1 : 1));
  const next = asked ?? (isPaused(facts) ? undefined : first);
  if (next === undefined) return undefined;
  const owed = states.filter(({ captured, amount }) => captured === undefined && amount.amountMinor > 0);
  return {
    n: next.n,
    captureId: next.asked?.captureId ?? captureIdOf(paymentId, next.n, next.failures),
    amount: next.amount,
    dueAt: next.asked?.fact.recordedAt ?? chargedAt(next) ?? next.dueAt,
    isAsked: next.asked !== undefined,
    isLast: owed.every(({ n }) => n === next.n),
    since: next.since,
  };
}

const chargedAt = ({ dueAt, failures, retryAt }: InstalmentState): Instant | undefined =>
  failures === 0 ? dueAt : retryAt;

/**
 * When a declined instalment is tried again: the days of the plan after its due date, and not before the next day.
 * Undefined after the last try of the plan. `failures` are those before this one.
 */
export function retryAt(
  { retryAfterDays }: InstalmentPlan,
  { dueAt, failures }: Pick<InstalmentState, 'dueAt' | 'failures'>,
  now: Instant,
): Instant | undefined {
  const days = retryAfterDays[failures];
  if (days === undefined) return undefined;
  const planned = `${dayAfter(dueAt.slice(0, 10), days)}${dueAt.slice(10)}`;
  return [planned, later(now, dayMs)].toSorted().at(-1);
}

/** What is owed and was not charged. Zero for an order that is paid in one amount, and for one that stopped. */
export function owedLater(facts: readonly Fact[], currency: Currency): Money {
  const states = isOver(facts) ? [] : (instalmentsOf(facts) ?? []);
  const owed = states.filter(({ captured }) => captured === undefined);
  return sum(
    owed.map(({ amount }) => amount),
    currency,
  );
}

/** The part of it that a refund may lower: instalments after the first that are not being charged. */
export function lowerable(facts: readonly Fact[], currency: Currency): Money {
  return sum(
    lowerableStates(facts).map(({ amount }) => amount),
    currency,
  );
}

function lowerableStates(facts: readonly Fact[]): readonly InstalmentState[] {
  const states = isOver(facts) ? [] : (instalmentsOf(facts) ?? []);
  return hasBegun(states) ? states.filter(isOpen) : [];
}

/** What lowers the instalments by an amount, the latest first, and the rest that has to be given back. */
export function lowering(
  facts: readonly Fact[],
  amount: Money,
): {
  readonly lowered: readonly { readonly instalment: number; readonly amount: Money }[];
  readonly rest: Money;
} {
  let rest = amount;
  const latestFirst = lowerableStates(facts).toSorted((a, b) => b.n - a.n);
  const lowered = latestFirst.flatMap(({ n, amount: owed }) => {
    if (rest.amountMinor === 0 || rest.currency !== owed.currency) return [];
    const part = compare(owed, rest) < 0 ? owed : rest;
    rest = subtract(rest, part);
    return [{ instalment: n, amount: part }];
  });
  return { lowered, rest };
}

/** What refunds lowered so far. Zero for an order that is paid in one amount. */
export const loweredSoFar = (facts: readonly Fact[], currency: Currency): Money =>
  facts.reduce(
    (all, fact) => (fact.name === 'payment.instalments_lowered' ? add(all, fromJson(fact.data.amount)) : all),
    zero(currency),
  );
