// Names of errors only: a function that does not use the table does not load its client.
import type { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** Codes with which another transaction on the same item, or too many requests, cancel a transaction. */
export const CONTENTION = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/** Whether a request was refused, after all its repeats, because of too many reads or writes. */
export const isThrottled = (error: unknown): boolean => error instanceof Error && THROTTLED.has(error.name);

const BUSY = new Set([...THROTTLED, 'TransactionConflictException', 'TimeoutError', 'InternalServerError']);

/**
 * Whether a request to the table failed, after all its repeats, for a reason that passes: too many reads or writes, a
 * transaction on the same item, no answer in time, or an error of the service. The caller can send the same request
 * again later.
 */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name !== 'TransactionCanceledException') return BUSY.has(error.name);
  const { CancellationReasons = [] } = error as TransactionCanceledException;
  return CancellationReasons.some(({ Code }) => Code !== undefined && CONTENTION.has(Code));
}
