import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ReportReady, type ReportReadyData } from '../../../events/report.ts';
import { defined } from '../../kernel/defined.ts';
import { dayMs, later } from '../../kernel/time.ts';
import type { ReadyNotice, RunId, RunStore, StoredRun } from '../../reports/run/ports.ts';
import { runIdOf } from '../../reports/run/ports.ts';
import { type ReportRun, reportRunSchema } from '../../reports/run/report-run.ts';
import { addressOf } from '../../reports/run/run-address.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { expiresAt, keys } from '../table.ts';
import { transact } from '../transaction.ts';

/** The stream hands an event over within seconds, and within a day after an outage. */
const EVENT_KEPT_MS = 7 * dayMs;
const MAX_ATTEMPTS = 5;

/**
 * Runs of reports. A run is one item, and each change of it names the revision that it was made from. What subscribers
 * hear is an item of its own in the same transaction: the stream hands it over.
 */
export function createRunStore(table: Table): RunStore {
  return {
    async load({ report, run }: RunId) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: keys.reportRun(report, run), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : { run: readRun(Item), revision: Number(Item.revision) };
    },
    save: (changed, ready) =>
      ready === undefined ? saveAlone(table, changed) : saveAndTell(table, changed, ready),
    async list(report, kind, { from = '', after, max }) {
      const pk = keys.reportRunPartition(report);
      const found: ReportRun[] = [];
      let start: Record<string, unknown> | undefined =
        after === undefined ? undefined : { ...keys.reportRun(report, after) };
      do {
        const page = await table.client.send(
          new QueryCommand({
            TableName: table.name,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
            // The tilde is behind every character of a period's name.
            ExpressionAttributeValues: { ':pk': pk, ':from': `${kind}#${from}`, ':to': `${kind}#~` },
            ScanIndexForward: false,
            Limit: max - found.length,
            ...defined({ ExclusiveStartKey: start }),
          }),
        );
        found.push(...(page.Items ?? []).map(readRun));
        start = page.LastEvaluatedKey;
      } while (start !== undefined && found.length < max);
      return found;
    },
  };
}

const readRun = (item: Record<string, unknown>): ReportRun =>
  reportRunSchema.parse(JSON.parse(String(item.run)));

function putOf(table: Table, { run, revision }: StoredRun) {
  const id = runIdOf(run.question);
  return {
    TableName: table.name,
    Item: { ...keys.reportRun(id.report, id.run), run: JSON.stringify(run), revision: revision + 1 },
    ...(revision === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'revision = :revision',
          ExpressionAttributeValues: { ':revision': revision },
        }),
  };
}

async function saveAlone(table: Table, changed: StoredRun): Promise<boolean> {
  try {
    await table.client.send(new PutCommand(putOf(table, changed)));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

async function saveAndTell(table: Table, changed: StoredRun, ready: ReadyNotice): Promise<boolean> {
  const items = [{ Put: putOf(table, changed) }, { Put: eventOf(table, changed.run, ready) }];
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const { outcome } = await transact(table, items);
    if (outcome !== 'contended') return outcome === 'written';
    await backOff(attempt);
  }
  throw new Error('a run of a report is changed by too many at once');
}

function eventOf(table: Table, { question, made }: ReportRun, { version, isRestated }: ReadyNotice) {
  if (made === undefined) throw new Error('what subscribers hear of is made');
  const { parameters: _, ...of } = question;
  const { status, madeAt, digest, files } = made;
  const data: ReportReadyData = {
    ...of,
    ...{ status, version, isRestated, madeAt, digest, href: addressOf(question) },
    files: files.map(({ form, table: shown, key, bytes }) => ({
      ...{ form, key, bytes },
      ...(shown === undefined ? {} : { table: shown }),
    })),
  };
  const { report, run } = runIdOf(question);
  return {
    TableName: table.name,
    Item: {
      ...keys.reportReady(report, run, digest),
      event: ReportReady.name,
      reported: JSON.stringify(ReportReady.data.parse(data)),
      expiresAt: expiresAt(later(madeAt, EVENT_KEPT_MS)),
    },
  };
}
