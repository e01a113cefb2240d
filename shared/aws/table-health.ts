import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from './clients.ts';

/** Whether the table answers a read. */
export async function tableAnswers(table: Table): Promise<boolean> {
  try {
    await table.client.send(new GetCommand({ TableName: table.name, Key: { pk: 'HEALTH', sk: 'HEALTH' } }));
    return true;
  } catch {
    return false;
  }
}
