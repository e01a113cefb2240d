import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { isBusy } from '../aws/busy.ts';
import { notFound, ProblemError } from '../kernel/problem.ts';
import { TooManyWriters } from '../kernel/too-many-writers.ts';
import { UnknownOrder } from '../timeline/index.ts';
import { log } from './log.ts';
import { problemAnswer, problems } from './problem-answer.ts';

/**
 * The answer to an error: a refusal with its own problem; a 503 where the table, or what is to be written, is too busy
 * now; anything else as a 500 with only the request's id, by which the error is found in our log.
 */
export function answerError(
  error: unknown,
  requestId: string,
  route: string,
): APIGatewayProxyStructuredResultV2 {
  const refusal = error instanceof UnknownOrder ? new ProblemError(notFound('order')) : error;
  if (refusal instanceof ProblemError) {
    const { problem } = refusal;
    log.info('REFUSED', { route, status: problem.status, problem: problem.code, requestId });
    return problemAnswer(problem, requestId);
  }
  if (isBusy(error) || error instanceof TooManyWriters) {
    log.warn('BUSY', { route, requestId, reason: error instanceof Error ? error.name : undefined });
    return problemAnswer(problems.busy, requestId);
  }
  log.error('FAILED', error, { route, requestId });
  return problemAnswer(problems.internal, requestId);
}
