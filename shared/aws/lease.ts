import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../kernel/time.ts';
import type { Table } from './clients.ts';
import { keys } from './table.ts';

/** The right to run a job, which one run has at a time. */
export interface Lease {
  /**
   * Takes the lease until then. Gives the time of the last completed run, or undefined if another run has the lease.
   * The same holder may take it twice, so that a call without an answer can be repeated.
   */
  take(holder: string, now: Instant, until: Instant): Promise<{ readonly completedAt?: Instant } | undefined>;
  /** Ends the lease, with the time of completion if the run was completed. Does nothing for another holder. */
  giveBack(holder: string, completedAt?: Instant): Promise<void>;
}

/** A lease is one item for each job. It expires, so that a crashed run does not stop others for long. */
export function createLease(table: Table, job: string): Lease {
  const item = { TableName: table.name, Key: keys.jobLease(job) };
  return {
    async take(holder, now, until) {
      const taken = await unlessAnothers(
        table.client.send(
          new UpdateCommand({
            ...item,
            UpdateExpression: 'SET holder = :holder, heldUntil = :until',
            ConditionExpression: 'attribute_not_exists(heldUntil) OR heldUntil <= :now OR holder = :holder',
            ExpressionAttributeValues: { ':holder': holder, ':now': now, ':until': until },
            ReturnValues: 'ALL_OLD',
          }),
        ),
      );
      if (taken === undefined) return undefined;
      const completedAt: unknown = taken.Attributes?.completedAt;
      return typeof completedAt === 'string' ? { completedAt } : {};
    },
    async giveBack(holder, completedAt) {
      const isCompleted = completedAt !== undefined;
      await unlessAnothers(
        table.client.send(
          new UpdateCommand({
            ...item,
            UpdateExpression: `REMOVE holder, heldUntil${isCompleted ? ' SET completedAt = :at' : ''}`,
            ConditionExpression: 'holder = :holder',
            ExpressionAttributeValues: { ':holder': holder, ...(isCompleted ? { ':at': completedAt } : {}) },
          }),
        ),
      );
    },
  };
}

async function unlessAnothers<T>(writing: Promise<T>): Promise<T | undefined> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
