import * as z from 'zod';

/** What a run could not plan as a whole. The rest of the run went on. */
const runProblemCodes = [
  'network-cycle',
  'network-not-a-tree',
  'no-lane',
  'unknown-warehouse',
  'lane-not-priced',
  'solver-failed',
  'transfer-not-planned',
  'budget-infeasible',
  'limit-reached',
  'no-rate',
  'no-freight',
  'channel-not-compared',
  'row-refused',
  'feast-table-ends',
] as const;

export const runProblemSchema = z
  .strictObject({
    code: z.enum(runProblemCodes),
    /** The warehouse, lane, SKU, supplier or limit that it is about. */
    subject: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'RunProblem' });

export type RunProblem = z.infer<typeof runProblemSchema>;

/** The problems that a run keeps; more are likely to have the same cause. */
const MAX_PROBLEMS = 50;

/** Each problem once, at most as many as a run keeps. */
export function distinctProblems(problems: readonly RunProblem[]): RunProblem[] {
  const byName = new Map(problems.map((each) => [`${each.code} ${each.subject}`, each]));
  return [...byName.values()].slice(0, MAX_PROBLEMS);
}
