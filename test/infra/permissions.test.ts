import { describe, expect, it } from 'vitest';
import { functionName } from '../../events/names.ts';
import { triggerList } from '../../events/triggers.ts';
import { outputOf, type Properties, synthesise, targetOf } from './synthesise.ts';

const { ofType } = synthesise();

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
}

const listOf = <Item>(value: Item | Item[]): Item[] => (Array.isArray(value) ? value : [value]);

function statementsOf(role: Properties): Statement[] {
  return role.Policies.flatMap(
    (policy: { PolicyDocument: { Statement: Statement[] } }) => policy.PolicyDocument.Statement,
  );
}

const roles = ofType('AWS::IAM::Role');
const documents = [
  ...roles.map((role) => ({ of: role.logicalId, statements: statementsOf(role) })),
  ...['AWS::IAM::Policy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'].flatMap((type) =>
    ofType(type).map((policy) => ({
      of: policy.logicalId,
      statements: policy.PolicyDocument.Statement as Statement[],
    })),
  ),
];

describe('permissions', () => {
  it('allows no action and no resource by a wildcard', () => {
    const allowed = documents.flatMap(({ of, statements }) =>
      // A wide statement is acceptable if it denies.
      statements.filter(({ Effect }) => Effect === 'Allow').map((statement) => ({ of, statement })),
    );
    expect(allowed.length).toBeGreaterThan(triggerList.length);
    const wide = allowed.filter(
      ({ statement: { Action, Resource } }) =>
        listOf(Action).some((action) => action.includes('*')) || JSON.stringify(Resource).includes('*'),
    );
    // A delivery stream names the objects that it adds by their time.
    // Functions that use the lake name the part of its bucket. Metrics can't be named.
    const parts = wide.map(({ of, statement: { Action, Resource } }) => [
      of.replace(/Role[0-9A-F]{8}$/, ''),
      ...listOf(Action),
      ...(JSON.stringify(Resource).match(/"[^"]*\*"/g) ?? []).toSorted(),
    ]);
    const byName = (a: string[], b: string[]) => (a.join() < b.join() ? -1 : 1);
    expect(parts.toSorted(byName)).toEqual([
      ['LakeDelivery', 's3:AbortMultipartUpload', 's3:PutObject', '"/errors/*"', '"/facts/*"'],
      ['OperationsEveryDayCloseBooks', 'cloudwatch:GetMetricData', '"*"'],
      ['ReplenishmentEvery15MinutesSendOrders', 's3:PutObject', '"/purchase-orders/*"'],
      ['ReplenishmentGetRunSkus', 's3:GetObject', '"/replenishment/*"'],
      ['ReplenishmentGetSku', 's3:GetObject', '"/replenishment/*"'],
      ['ReplenishmentMakeRunHistory', 's3:GetObject', '"/tables/*"'],
      ['ReplenishmentMakeRunHistory', 's3:PutObject', '"/replenishment/*"'],
      ['ReplenishmentMakeRunPlans', 's3:GetObject', 's3:PutObject', '"/replenishment/*"'],
      ['ReportsEveryHourAskForReports', 's3:GetObject', '"/tables/*"'],
      ['ReportsEveryHourCompactLake', 's3:GetObject', '"/facts/*"', '"/tables/*"'],
      ['ReportsEveryHourCompactLake', 's3:PutObject', '"/tables/*"'],
      ['ReportsGetReport', 's3:GetObject', '"/reports/*"'],
      ['ReportsMakeReport', 's3:GetObject', '"/reports/*"', '"/tables/*"'],
      ['ReportsMakeReport', 's3:PutObject', 's3:PutObjectTagging', '"/reports/*"'],
    ]);
  });

  it('allows no action on a key by a wildcard', () => {
    expect(ofType('AWS::KMS::Key')).toEqual([]);
    const keys = synthesise('sandbox', { context: { ownKey: 'true' } }).ofType('AWS::KMS::Key');
    expect(keys).toHaveLength(1);
    for (const key of keys) {
      const statements: Statement[] = key.KeyPolicy.Statement;
      expect(
        statements.flatMap(({ Action }) => listOf(Action)).filter((action) => action.includes('*')),
      ).toEqual([]);
      expect(key.EnableKeyRotation).toBe(true);
    }
  });

  it('uses no policy that AWS manages', () => {
    for (const role of roles) expect(role.ManagedPolicyArns).toBeUndefined();
  });

  it.each(triggerList)('%s has exactly the permissions that its trigger names', (id, trigger) => {
    const name = functionName('local', id);
    const handler = ofType('AWS::Lambda::Function').find((each) => each.FunctionName === name);
    const role = roles.find((each) => each.logicalId === targetOf(handler?.Role));
    if (role === undefined) throw new Error(`${id} has no role`);
    const statements = statementsOf(role);
    const actions = statements.flatMap(({ Action }) => listOf(Action));

    const table = actions.filter((action) => /^dynamodb:(?!.*Stream|GetRecords|GetShard)/.test(action));
    // A job writes its lease.
    const lease = trigger.kind === 'schedule' ? ['dynamodb:UpdateItem'] : [];
    const named = (trigger.table ?? []).flatMap((action): readonly string[] => tableActions[action]);
    expect(new Set(table)).toEqual(new Set([...named, ...lease]));
    expect(actions.includes('s3:PutObject')).toBe(
      trigger.lake?.some((action) => action.startsWith('write-')) === true,
    );
    expect(actions.some((action) => /^s3:.*Delete/.test(action))).toBe(false);
    expect(actions.includes('events:PutEvents')).toBe(trigger.publishes === true);
    expect(actions.includes('sqs:ReceiveMessage')).toBe(trigger.kind === 'queue');

    const secrets = statements
      .filter(({ Action }) => listOf(Action).includes('secretsmanager:GetSecretValue'))
      .flatMap(({ Resource }) => listOf(Resource).map(outputOf));
    expect(secrets).toHaveLength(trigger.secrets?.length ?? 0);
    expect(new Set(secrets).size).toBe(secrets.length);
  });

  it('contain each index of the table by its name', () => {
    const sweep = roles.find((role) => role.Description.startsWith('operations/every-minute-sweep-due-work'));
    const onIndex = statementsOf(sweep as Properties).filter(({ Resource }) =>
      JSON.stringify(Resource).includes('/index/due'),
    );
    expect(onIndex.map(({ Action }) => Action)).toEqual(['dynamodb:Query']);
  });
});

const tableActions = {
  get: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
  query: ['dynamodb:Query'],
  'query-due': ['dynamodb:Query'],
  'query-lists': ['dynamodb:Query'],
  'query-taxes': ['dynamodb:Query'],
  put: ['dynamodb:PutItem'],
  update: ['dynamodb:UpdateItem'],
  condition: ['dynamodb:ConditionCheckItem'],
} as const;
