import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LakeAction, TableAction, Trigger } from '../../events/triggers.ts';
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
  const { table = [], secrets = [], publishes, captures, counts, lake = [] } = trigger;
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
  // CloudWatch knows no resource for the reading of metrics, and no condition on their names.
  if (counts)
    statements.push(new PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }));
  if (lake.length > 0) statements.push(...lakeStatements(lake, data));
  return statements;
}

/** The objects of the lake that each action is for, by the beginning of their keys, and what it allows. */
const lakeActions: Readonly<
  Record<LakeAction, { readonly prefix: string; readonly action: string; readonly tags?: true }>
> = {
  'read-facts': { prefix: 'facts', action: 's3:GetObject' },
  'read-tables': { prefix: 'tables', action: 's3:GetObject' },
  'write-tables': { prefix: 'tables', action: 's3:PutObject' },
  'read-reports': { prefix: 'reports', action: 's3:GetObject' },
  'write-reports': { prefix: 'reports', action: 's3:PutObject', tags: true },
  'read-replenishment': { prefix: 'replenishment', action: 's3:GetObject' },
  'write-replenishment': { prefix: 'replenishment', action: 's3:PutObject' },
  'write-purchase-orders': { prefix: 'purchase-orders', action: 's3:PutObject' },
};

/** The objects that a function reads or writes in the lake's bucket, as its statements name them. */
export const lakeResources = ({ lake = [] }: Trigger, data: StatefulStack): readonly string[] => [
  ...new Set(lake.map((each) => `${data.lake.bucketArnElsewhere}/${lakeActions[each].prefix}/*`)),
];

/** Without the permission to list, S3 answers that a missing object is forbidden, and not that it is missing. */
function lakeStatements(wanted: readonly LakeAction[], { lake, key, region, urlSuffix }: StatefulStack) {
  const bucketArn = lake.bucketArnElsewhere;
  const byAction = Map.groupBy(wanted, (each) => lakeActions[each].action);
  return [
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }),
    ...[...byAction].map(
      ([action, each]) =>
        new PolicyStatement({
          actions: [action, ...(each.some((name) => lakeActions[name].tags) ? ['s3:PutObjectTagging'] : [])],
          resources: each.map((name) => `${bucketArn}/${lakeActions[name].prefix}/*`),
        }),
    ),
    ...(key === undefined
      ? []
      : [
          new PolicyStatement({
            actions: byAction.has('s3:PutObject') ? keyWriting : keyReading,
            resources: [key.keyArn],
            conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.${urlSuffix}` } },
          }),
        ]),
  ];
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
