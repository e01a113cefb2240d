import type { EngineAnswer } from './engine-client.ts';
import type { Input } from './table-actions.ts';

const API = 'com.amazonaws.dynamodb.v20120810';
const THROTTLED = 'The level of configured throughput for the table was exceeded.';
const CONFLICT = 'Transaction is ongoing for the item';

/** Whether DynamoDB answers the operation with a reason for each of its actions. */
const isTransaction = (operation: string) =>
  operation === 'TransactWriteItems' || operation === 'TransactGetItems';

/** The answer to an operation that meets a partition key over its limit. `over`: the places of such actions. */
export function throttled(operation: string, input: Input, over: readonly number[]): string {
  if (!isTransaction(operation)) return refusal('ProvisionedThroughputExceededException', THROTTLED);
  const message = 'Throughput exceeds the current capacity of one partition.';
  return cancelled(input, over, { code: 'ThrottlingError', message });
}

/** The answer to a request that is throttled as a whole. */
export const throttledWhole = refusal('ProvisionedThroughputExceededException', THROTTLED);

/** The answer to an operation that meets a transaction on the same item. `met`: the places of such actions. */
export function conflicting(operation: string, input: Input, met: readonly number[]): string {
  if (!isTransaction(operation)) return refusal('TransactionConflictException', CONFLICT);
  return cancelled(input, met, { code: 'TransactionConflict', message: CONFLICT });
}

/** The answer to a transaction whose token is known from another one. */
export const idempotentMismatch: EngineAnswer = {
  status: 400,
  body: Buffer.from(
    refusal(
      'IdempotentParameterMismatchException',
      'An error occurred (IdempotentParameterMismatchException)',
    ),
  ),
};

function refusal(type: string, message: string): string {
  return JSON.stringify({ __type: `${API}#${type}`, message });
}

/** A transaction is cancelled as a whole, with a reason for each action. */
function cancelled(
  { TransactItems }: Input,
  places: readonly number[],
  { code, message }: { readonly code: string; readonly message: string },
): string {
  const codes = (TransactItems as unknown[]).map((_, place) => (places.includes(place) ? code : 'None'));
  return JSON.stringify({
    __type: `${API}#TransactionCanceledException`,
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    CancellationReasons: codes.map((Code) => (Code === 'None' ? { Code } : { Code, Message: message })),
  });
}
