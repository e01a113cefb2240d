import type { Problem } from '../kernel/problem.ts';
import type { QuoteRefusal } from './refusal.ts';

/** The answer to a caller whose basket has no price. */
export function quoteProblem({ reason, problems }: QuoteRefusal): Problem {
  return {
    status: 422,
    code: reason,
    title: 'No quote for this basket',
    detail: problems.map(({ detail }) => detail).join('; '),
    errors: problems,
  };
}

/** The same where the slot was named in the query of a refresh, beside a basket that is stored already. */
export function refreshProblem(refused: QuoteRefusal): Problem {
  const problems = refused.problems.map((problem) =>
    problem.pointer === '/deliverySlot/slotId' ? { ...problem, pointer: '#/query/slotId' } : problem,
  );
  return quoteProblem({ ...refused, problems });
}
