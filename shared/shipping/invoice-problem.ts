import type { FieldProblem, Problem } from '../kernel/problem.ts';

/** The answer to invoice lines that contradict each other; `errors` names the lines. */
export function invoicesContradict(errors: readonly FieldProblem[]): Problem {
  return {
    status: 409,
    code: 'invoices-contradict',
    title: 'Lines contradict each other or earlier ones',
    detail:
      'These lines were not written. The others were not either, unless another import ran at the same time. Correct ' +
      'these lines and send all of them again: a line that is stored already changes nothing.',
    errors,
  };
}

/** The answers to a settlement that is refused, by its reason. */
export const settlementProblems = {
  'no-dispute': {
    status: 404,
    code: 'no-dispute',
    title: 'No such dispute',
    detail: 'No line of this invoice is disputed for the parcel.',
  },
  'settled-otherwise': {
    status: 409,
    code: 'settled-otherwise',
    title: 'Settled otherwise',
    detail: 'The dispute was settled with the other outcome before.',
  },
} as const satisfies Record<string, Problem>;
