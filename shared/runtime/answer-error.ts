import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ProblemError } from '../kernel/problem.ts';
import { log } from './log.ts';
import { problemAnswer } from './problem-answer.ts';

/**
 * What a caller is told of an error: a refusal as it was worded, anything else as a 500 that tells nothing but
 * the request's id, by which our log has the rest.
 */
export function answerError(
  error: unknown,
  requestId: string,
  route: string,
): APIGatewayProxyStructuredResultV2 {
  if (error instanceof ProblemError) {
    log.info('REFUSED', { route, status: error.problem.status, problem: error.problem.code, requestId });
    return problemAnswer(error.problem, requestId);
  }
  log.error('FAILED', error, { route, requestId });
  return problemAnswer(
    {
      status: 500,
      code: 'internal',
      title: 'Internal error',
      detail: 'Something failed on our side. Try again with the same key.',
    },
    requestId,
  );
}
