import { keyReused, notFound, type Problem } from '../../kernel/problem.ts';

/**
 * Why evidence is not submitted. `not-by-api`: the provider takes none by an API. `evidence-not-wanted`: the dispute is
 * decided, or the provider has evidence. `evidence-too-late`: the time of the provider has passed.
 */
export type EvidenceRefusal =
  | 'dispute-unknown'
  | 'not-by-api'
  | 'evidence-not-wanted'
  | 'evidence-too-late'
  | 'request-reused';

/** The answer to an operator whose evidence is not submitted. */
export function evidenceProblem(code: EvidenceRefusal): Problem {
  const title = 'Evidence not submitted';
  switch (code) {
    case 'dispute-unknown':
      return notFound('dispute of the order');
    case 'request-reused':
      return keyReused;
    case 'not-by-api': {
      const detail =
        'This provider takes no evidence by an API. Get the document, submit it in the dashboard of the provider, and ' +
        'record that with `by`: hand.';
      return { status: 422, code, title, detail, errors: [{ pointer: '/by', code, detail: 'only by hand' }] };
    }
    case 'evidence-too-late':
      return {
        ...{ status: 409, code, title },
        detail: 'The time for the evidence has passed. Record with `by`: hand what was submitted in time.',
      };
    default:
      return {
        ...{ status: 409, code, title },
        detail: 'The dispute is decided, or the provider has the evidence already.',
      };
  }
}
