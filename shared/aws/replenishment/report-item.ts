import type { Table } from '../clients.ts';
import { REPORT_KEY } from '../table.ts';
import type { TransactItem } from '../transaction.ts';

/** What subscribers of the bus hear: an item of its own, which the stream hands over. It expires. */
export const reportItem = (
  table: Table,
  {
    pk,
    event,
    reported,
    expiresAt,
  }: {
    readonly pk: string;
    readonly event: string;
    readonly reported: object;
    readonly expiresAt: number;
  },
): TransactItem => ({
  Put: {
    TableName: table.name,
    Item: { pk, sk: REPORT_KEY, event, reported: JSON.stringify(reported), expiresAt },
  },
});
