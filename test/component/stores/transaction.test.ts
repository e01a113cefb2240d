import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import type { Table } from '../../../shared/aws/clients.ts';
import { transact } from '../../../shared/aws/transaction.ts';

/** A table that refuses a transaction with one reason for each item, as the service does. */
function refusing(...codes: readonly string[]): Table {
  const client = {
    send: async () => {
      throw new TransactionCanceledException({
        message: `Transaction cancelled, please refer cancellation reasons [${codes.join(', ')}]`,
        CancellationReasons: codes.map((Code) => ({ Code })),
        $metadata: {},
      });
    },
  };
  return { client: client as unknown as Table['client'], name: 'Records' };
}

const none = 'None';
const condition = 'ConditionalCheckFailed';
const conflict = 'TransactionConflict';

describe('a refused transaction', () => {
  test('names every item whose condition failed', async () => {
    expect(await transact(refusing(condition, none, condition), [])).toEqual({
      outcome: 'condition',
      failed: [
        { index: 0, item: undefined },
        { index: 2, item: undefined },
      ],
    });
  });

  test.each([conflict, 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'that failed by %s can be tried again',
    async (code) => {
      expect(await transact(refusing(none, code), [])).toEqual({ outcome: 'contended', contended: [1] });
    },
  );

  test('names no conditions while another transaction uses one of its items', async () => {
    expect(await transact(refusing(conflict, none, condition), [])).toEqual({
      outcome: 'contended',
      contended: [0],
    });
  });

  test('throws for any other failure', async () => {
    await expect(transact(refusing(none, 'ValidationError'), [])).rejects.toThrow('ValidationError');
    await expect(transact(refusing(condition, 'ItemCollectionSizeLimitExceeded'), [])).rejects.toThrow();
    await expect(transact(refusing(), [])).rejects.toThrow();
  });
});
