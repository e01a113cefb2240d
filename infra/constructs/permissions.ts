import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { TableAction, Trigger } from '../../events/triggers.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';
import { keyReading, keyWriting } from './encryption-key.ts';
import { writtenKeys } from './written-keys.ts';

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
  const { table = [], secrets = [], publishes, captures } = trigger;
  const statements = tableStatements(trigger, table, data);
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
  if (captures) {
    statements.push(
      new PolicyStatement({ actions: ['firehose:PutRecord'], resources: [data.lake.streamArn] }),
    );
  }
  return statements;
}

/**
 * Lets a function use the key of the stage through the table and the secrets, and not by itself; nothing where the
 * stage uses keys that AWS owns.
 */
export function keyStatements(actions: readonly string[], data: StatefulStack): PolicyStatement[] {
  const { key } = data;
  if (key === undefined) return [];
  const services = ['dynamodb', 'secretsmanager'].map((name) => `${name}.${data.region}.${data.urlSuffix}`);
  return [
    new PolicyStatement({
      actions: [...actions],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': services } },
    }),
  ];
}

// One statement for the table and one for each index, so that an action is allowed only on the part that it names.
function tableStatements(
  trigger: Trigger,
  wanted: readonly TableAction[],
  data: StatefulStack,
): PolicyStatement[] {
  const written = writtenKeys(trigger);
  const groups = Map.groupBy(
    wanted.map((each) => tableActions[each]),
    ({ index, writes }) => `${index ?? ''} ${written !== undefined && writes === true}`,
  );
  return [...groups.values()].map((permissions) => {
    const [first] = permissions;
    const { index, writes } = first ?? {};
    const { tableArn } = data.table;
    return new PolicyStatement({
      actions: permissions.flatMap(({ actions }) => actions),
      resources: [index === undefined ? tableArn : `${tableArn}/index/${index}`],
      ...(written === undefined || writes !== true
        ? {}
        : { conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...written] } } }),
    });
  });
}
