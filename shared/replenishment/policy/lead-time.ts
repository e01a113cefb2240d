import type { CalendarDate } from '../../kernel/time.ts';
import { dayMs } from '../../kernel/time.ts';
import { inverseNormal } from './normal.ts';
import type { PlanningProblem } from './problem.ts';

/** An order of a supplier that came in by a lane. Days of the receiving site's calendar. */
export interface Receipt {
  readonly supplierId: string;
  readonly laneId: string;
  readonly orderedOn: CalendarDate;
  readonly receivedOn: CalendarDate;
}

/** What is believed before any receipt: a supplier's or carrier's own statement. */
export interface LeadTimePrior {
  readonly supplierId: string;
  /** For all lanes of the supplier if absent. */
  readonly laneId?: string | undefined;
  readonly meanDays: number;
  readonly standardDeviationDays: number;
  /** How many receipts the statement is worth. */
  readonly weight: number;
}

/** How long it takes from an order to its receipt, in days. */
export interface LeadTime {
  readonly meanDays: number;
  readonly varianceDays: number;
  /** The receipts that it was learnt from. */
  readonly receipts: number;
  /** Whether there are enough receipts to do without the prior. */
  readonly trusted: boolean;
  /** The days that are not exceeded with probability `p`. */
  quantile(p: number): number;
}

/** The receipts from which a lane is trusted to speak for itself. */
const TRUSTED_RECEIPTS = 10;

/**
 * The lead time of each supplier and lane that has a receipt or a prior of its own. Below
 * {@link TRUSTED_RECEIPTS} receipts, the prior and the receipts together: the predictive distribution of the normal
 * model with a normal-inverse-chi-squared prior (Gelman and others, "Bayesian Data Analysis", 3rd ed., section 3.3).
 * From then on, mean and sample variance of the receipts alone. Lanes with receipts and no prior at all are trusted
 * from two receipts, and a problem with one. A receipt before its order is a problem, and is left out.
 */
export function learnLeadTimes(
  receipts: readonly Receipt[],
  priors: readonly LeadTimePrior[],
  trustedFrom: number = TRUSTED_RECEIPTS,
): {
  leadTimeOf(supplierId: string, laneId: string): LeadTime | PlanningProblem;
  problems: PlanningProblem[];
} {
  const problems: PlanningProblem[] = [];
  const days = new Map<string, number[]>();
  for (const receipt of receipts) {
    const taken = (Date.parse(receipt.receivedOn) - Date.parse(receipt.orderedOn)) / dayMs;
    const key = keyOf(receipt.supplierId, receipt.laneId);
    if (taken >= 0) days.set(key, [...(days.get(key) ?? []), taken]);
    else problems.push(badReceipt(receipt));
  }
  const priorOf = new Map(priors.map((prior) => [keyOf(prior.supplierId, prior.laneId), prior]));
  const learnt = new Map<string, LeadTime | PlanningProblem>();
  return {
    problems,
    leadTimeOf(supplierId, laneId) {
      const key = keyOf(supplierId, laneId);
      const known = learnt.get(key);
      if (known !== undefined) return known;
      const prior = priorOf.get(key) ?? priorOf.get(keyOf(supplierId, undefined));
      const made = learn(`${supplierId} by ${laneId}`, { days: days.get(key) ?? [], prior, trustedFrom });
      learnt.set(key, made);
      return made;
    },
  };
}

const keyOf = (supplierId: string, laneId: string | undefined) => JSON.stringify([supplierId, laneId ?? '']);

const badReceipt = ({ supplierId, laneId, orderedOn, receivedOn }: Receipt): PlanningProblem => ({
  reason: 'bad-figure',
  subject: `${supplierId} by ${laneId}`,
  detail: `a receipt of ${receivedOn} is of an order of ${orderedOn}`,
});

interface Known {
  readonly days: readonly number[];
  readonly prior: LeadTimePrior | undefined;
  readonly trustedFrom: number;
}

function learn(subject: string, { days, prior, trustedFrom }: Known): LeadTime | PlanningProblem {
  const count = days.length;
  const mean = count === 0 ? 0 : days.reduce((sum, each) => sum + each, 0) / count;
  const squares = days.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  if (prior === undefined) {
    if (count < 2) {
      const detail = `${count} receipts and no prior: the lead time is unknown`;
      return { reason: 'no-lead-time', subject, detail };
    }
    return leadTime(mean, squares / (count - 1), { receipts: count, trusted: true });
  }
  const { meanDays, standardDeviationDays, weight } = prior;
  if (!(meanDays >= 0 && standardDeviationDays >= 0 && weight > 0 && Number.isFinite(meanDays + weight))) {
    const detail = 'the prior of the lead time needs a mean and deviation of at least zero, and a weight';
    return { reason: 'bad-figure', subject, detail };
  }
  if (count >= trustedFrom) return leadTime(mean, squares / (count - 1), { receipts: count, trusted: true });
  // Degrees of freedom and scale of the prior are such that its own predictive variance is what it states.
  const scaled = (weight ** 2 / (weight + 1)) * standardDeviationDays ** 2;
  const together = weight + count;
  const gap = ((weight * count) / together) * (mean - meanDays) ** 2;
  const variance = ((scaled + squares + gap) / together) * (1 + 1 / together);
  return leadTime((weight * meanDays + count * mean) / together, variance, {
    receipts: count,
    trusted: false,
  });
}

/** Quantiles are those of the lognormal distribution with this mean and variance: a lead time has a long right tail. */
export function leadTime(
  meanDays: number,
  varianceDays: number,
  learnt: Pick<LeadTime, 'receipts' | 'trusted'> = { receipts: 0, trusted: false },
): LeadTime {
  return {
    meanDays,
    varianceDays,
    ...learnt,
    quantile(p) {
      if (varianceDays === 0 || meanDays === 0) return meanDays;
      const spread = Math.log(1 + varianceDays / meanDays ** 2);
      return meanDays * Math.exp(-spread / 2 + Math.sqrt(spread) * inverseNormal(p));
    },
  };
}
