import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { preparingOnce } from './prepared-calls.ts';
import { repeatConflicts } from './repeat-conflicts.ts';
import { REQUEST_LIMITS } from './request-limits.ts';

/** The table as stores see it: a document client and the table's name. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

/**
 * The client of every store: it leaves out undefined attributes, and sends a single write again that met a transaction.
 */
export function tableClient(config: DynamoDBClientConfig): DynamoDBDocumentClient {
  const client = repeatConflicts(new DynamoDBClient(config));
  return preparingOnce(
    DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
  );
}

/** The table behind a client that keeps its connection between invocations. */
export function openTable(name: string): Table {
  return { client: tableClient({ maxAttempts: 5, requestHandler: REQUEST_LIMITS }), name };
}
