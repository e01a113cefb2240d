import type { Problem } from '../kernel/problem.ts';
import type { QuoteRefusal } from './refusal.ts';

/** The answer to a caller whose basket can't be priced. */
export function quoteProblem({ reason, problems }: QuoteRefusal): Problem {
  return {
    status: 422,
    code: reason,
    title: 'No quote for this basket',
    detail: problems.map(({ detail }) => detail).join('; '),
    errors: problems,
  };
}

/** The same for a refresh, where the query names the slot and the basket is already stored. */
export function refreshProblem(refused: QuoteRefusal): Problem {
  const problems = refused.problems.map((problem) =>
    problem.pointer === '/deliverySlot/slotId' ? { ...problem, pointer: '#/query/slotId' } : problem,
  );
  return quoteProblem({ ...refused, problems });
}
