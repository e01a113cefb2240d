import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { TableAction, Trigger } from '../../events/triggers.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';
import { keyReading, keyWriting } from './encryption-key.ts';

interface Permission {
  readonly actions: readonly string[];
  readonly index?: 'due' | 'lists' | 'taxes';
  readonly writes?: true;
}

/** The IAM actions of each table action, and the index that it uses. */
const tableActions: Readonly<Record<TableAction, Permission>> = {
  get: { actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'] },
  query: { actions: ['dynamodb:Query'] },
  'query-due': { actions: ['dynamodb:Query'], index: 'due' },
  'query-lists': { actions: ['dynamodb:Query'], index: 'lists' },
  'query-taxes': { actions: ['dynamodb:Query'], index: 'taxes' },
  put: { actions: ['dynamodb:PutItem'], writes: true },
  update: { actions: ['dynamodb:UpdateItem'], writes: true },
  condition: { actions: ['dynamodb:ConditionCheckItem'] },
};

/** The statements that allow a function only the actions that its trigger declares. */
export function statementsFor(trigger: Trigger, data: StatefulStack): PolicyStatement[] {
  const { table = [], secrets = [], publishes } = trigger;
  const statements = tableStatements(table, data);
  if (secrets.length > 0) {
    const resources = secrets.map((name) => data.secretArns[name]);
    statements.push(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources }));
  }
  const usesStream = trigger.kind === 'stream';
  if (table.length > 0 || secrets.length > 0 || usesStream) {
    const writes = table.some((action) => tableActions[action].writes);
    statements.push(...keyStatements(writes ? keyWriting : keyReading, data));
  }
  if (publishes) {
    statements.push(
      new PolicyStatement({ actions: ['events:PutEvents'], resources: [data.bus.eventBusArn] }),
    );
  }
  return statements;
}

/** Lets a function use the key of the stage; nothing where the stage uses keys that AWS owns. */
export function keyStatements(actions: readonly string[], { key }: StatefulStack): PolicyStatement[] {
  return key === undefined ? [] : [new PolicyStatement({ actions: [...actions], resources: [key.keyArn] })];
}

// One statement for the table and one for each index, so that an action is allowed only on the part that it names.
function tableStatements(wanted: readonly TableAction[], data: StatefulStack): PolicyStatement[] {
  const byIndex = new Map<string | undefined, string[]>();
  for (const { actions, index } of wanted.map((each) => tableActions[each])) {
    byIndex.set(index, [...(byIndex.get(index) ?? []), ...actions]);
  }
  return [...byIndex].map(([index, actions]) => {
    const { tableArn } = data.table;
    return new PolicyStatement({
      actions,
      resources: [index === undefined ? tableArn : `${tableArn}/index/${index}`],
    });
  });
}
