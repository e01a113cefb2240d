import type { RunProblem } from '../../../../shared/replenishment/run/run-problem.ts';

/** Whether a problem is a limit that has cut needs: the budget, a container, a dock, a storage. */
export const isLimit = ({ code }: RunProblem): boolean =>
  code === 'limit-reached' || code === 'budget-infeasible';
