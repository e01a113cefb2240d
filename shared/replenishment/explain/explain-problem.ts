import type { Problem } from '../../kernel/problem.ts';
import type { NotExplained } from './explain-sku.ts';

const details: Readonly<Record<NotExplained, string>> = {
  'no-run': 'No run has planned anything yet. Start one: POST /v1/admin/replenishment/runs.',
  'not-in-run': 'The last run knew no such product: it was not sold, and no supplier offers it.',
};

/** Why a product can't be explained, as the caller reads it. */
export const explainProblem = (why: NotExplained): Problem => ({
  ...{ status: 404, code: why, title: 'Not planned', detail: details[why] },
});
