import { type DynamoDBClient, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { backOff } from './back-off.ts';

/** The attempts of a single write while transactions write the same item. Together they wait about two seconds. */
const MAX_SENDS = 10;

/**
 * Makes the client send a single write again that met a transaction on the same item. DynamoDB refuses such a write
 * with a TransactionConflictException, writes nothing, and the SDK does not repeat it (developer guide, "Amazon
 * DynamoDB Transactions: How it works", Transaction conflict handling). Throws the exception if the conflict stays.
 */
export function repeatConflicts(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next) => async (request) => {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await next(request);
        } catch (error) {
          if (!(error instanceof TransactionConflictException) || attempt + 1 >= MAX_SENDS) throw error;
          await backOff(attempt);
        }
      }
    },
    { step: 'initialize', name: 'repeatConflicts' },
  );
  return client;
}
