import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { TradeRulesImported } from '../../../events/trade-rules.ts';
import type { OwnRules, RuleStore } from '../../duties/rule-import/index.ts';
import type { Rule } from '../../duties/rules/schema.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { fresh } from '../fresh.ts';
import { readAll } from '../read-all.ts';
import { keys } from '../table.ts';
import { transact } from '../transaction.ts';

/** The most characters of rows per item: an item holds 400 kB, and a character takes up to four bytes. */
const PART_LENGTH = 90_000;

/**
 * A deployment's own trade rules by version, in parts. One item names the current version and changes together with the
 * event of the import. Earlier versions stay, so that earlier quotes can be computed again.
 */
export function createRuleStore(table: Table, clock: () => Date): RuleStore {
  const version = fresh(clock, () => readVersion(table));
  let kept: OwnRules | undefined;
  return {
    async current() {
      const named = await version.get();
      if (named === undefined) return undefined;
      if (kept?.version !== named) kept = await readRules(table, named);
      return kept;
    },
    at: (named) => readRules(table, named),
    async replace(rules, { previous, reported }) {
      const text = JSON.stringify(rules.rows);
      for (let part = 0; part * PART_LENGTH < text.length; part += 1) {
        const rows = text.slice(part * PART_LENGTH, (part + 1) * PART_LENGTH);
        await table.client.send(
          new PutCommand({ TableName: table.name, Item: { ...keys.rulePart(rules.version, part), rows } }),
        );
      }
      version.forget();
      return makeCurrent(table, rules.version, previous, JSON.stringify(reported));
    },
  };
}

async function makeCurrent(
  table: Table,
  version: string,
  previous: string | undefined,
  reported: string,
): Promise<'replaced' | 'moved-on'> {
  const items = [
    {
      Put: {
        TableName: table.name,
        Item: { ...keys.currentRules, version },
        ...(previous === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'version = :previous',
              ExpressionAttributeValues: { ':previous': previous },
            }),
      },
    },
    {
      Put: {
        TableName: table.name,
        Item: { ...keys.rulesReport(version), event: TradeRulesImported.name, reported },
      },
    },
  ];
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const { outcome } = await transact(table, items);
    if (outcome === 'written') return 'replaced';
    if (outcome === 'condition') return 'moved-on';
    await backOff(attempt);
  }
  throw new Error('the trade rules are imported by too many at once');
}

async function readVersion(table: Table): Promise<string | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { ...keys.currentRules } }),
  );
  return Item === undefined ? undefined : String(Item.version);
}

async function readRules(table: Table, version: string): Promise<OwnRules | undefined> {
  const { pk } = keys.rulePart(version, 0);
  const items = await readAll(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :part)',
    ExpressionAttributeValues: { ':pk': pk, ':part': 'PART#' },
  });
  if (items.length === 0) return undefined;
  // They were checked at their import.
  const rows = JSON.parse(items.map(({ rows: part }) => String(part)).join('')) as Rule[];
  return { version, rows };
}
