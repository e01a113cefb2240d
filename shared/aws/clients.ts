import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { REQUEST_LIMITS } from './request-limits.ts';

/** The table as stores see it: a document client and the table's name. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

/** A client that keeps its connection between invocations and leaves out undefined attributes. */
export function openTable(name: string): Table {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ maxAttempts: 5, requestHandler: REQUEST_LIMITS }),
    {
      marshallOptions: { removeUndefinedValues: true },
    },
  );
  return { client, name };
}
