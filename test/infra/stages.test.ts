import { describe, expect, it } from 'vitest';
import { triggerList } from '../../events/triggers.ts';
import { plainName } from '../../infra/constructs/names.ts';
import { readStage } from '../../infra/stages.ts';
import { deployedContext, importOf, synthesise, targetOf } from './synthesise.ts';

const given = (context: Record<string, unknown>) => (name: string) => context[name];

describe('stages', () => {
  it('are local if none is requested', () => {
    expect(readStage(given({}))).toMatchObject({
      name: 'local',
      adminIssuer: 'http://127.0.0.1:3000/_local/issuer',
      adminAudience: 'entrepot-admin',
    });
  });

  it('name the missing value and say how to give it', () => {
    expect(() => readStage(given({ stage: 'sandbox' }))).toThrow(
      'the context value adminIssuer is missing: give it as -c adminIssuer=',
    );
    const issued = { stage: 'production', adminIssuer: deployedContext.adminIssuer };
    expect(() => readStage(given(issued))).toThrow('alarmEmail is missing');
    expect(() => readStage(given({ stage: 'staging' }))).toThrow('stage cannot be "staging"');
    expect(() => readStage(given({ stage: 'sandbox', adminIssuer: 'http://tokens.example.com' }))).toThrow(
      'adminIssuer cannot be',
    );
  });

  it('let only servers call if no origin is given', () => {
    const stage = readStage(given({ stage: 'sandbox', adminIssuer: deployedContext.adminIssuer }));
    expect(stage.allowedOrigins).toEqual([]);
  });

  it.each(['local', 'production'] as const)(
    'reserve invocations in %s for the relay and for partners’ calls where they are asked to, and none by themselves',
    (stage) => {
      const reservedIn = (context: Record<string, string>) =>
        synthesise(stage, { context })
          .ofType('AWS::Lambda::Function')
          .flatMap(({ FunctionName, ReservedConcurrentExecutions: reserved }) =>
            reserved === undefined ? [] : [[String(FunctionName).replace(/^entrepot-\w+-/, ''), reserved]],
          );
      expect(reservedIn({})).toEqual([]);
      const asked = reservedIn({ relayReservedConcurrency: '20', hookReservedConcurrency: '5' });
      const hooks = triggerList.filter(
        ([, each]) => each.kind === 'http' && each.access.kind === 'signature',
      );
      const expected = hooks.map(([id]) => [plainName(id), 5]);
      expect(hooks).toHaveLength(4);
      expect(Object.fromEntries(asked)).toEqual(
        Object.fromEntries([...expected, ['OperationsRelayFacts', 20]]),
      );
      for (const wrong of ['0', '1001', 'many'])
        expect(() => readStage(given({ hookReservedConcurrency: wrong }))).toThrow(
          'the context value hookReservedConcurrency cannot be',
        );
    },
  );

  it('encrypt the table, the secrets and the alarms with their own key where they ask for one', () => {
    const { ofType } = synthesise('production', { context: { ownKey: 'true' } });
    const [key] = ofType('AWS::KMS::Key');
    const [table] = ofType('AWS::DynamoDB::Table');
    expect(table?.SSESpecification).toMatchObject({ SSEEnabled: true, SSEType: 'KMS' });
    expect(targetOf(table?.SSESpecification.KMSMasterKeyId)).toBe(key?.logicalId);
    for (const { KmsKeyId } of ofType('AWS::SecretsManager::Secret'))
      expect(targetOf(KmsKeyId)).toBe(key?.logicalId);
    expect(importOf(ofType('AWS::SNS::Topic')[0]?.KmsMasterKeyId)).toContain(key?.logicalId);
    expect(() =>
      readStage(given({ stage: 'sandbox', adminIssuer: 'https://a.example', ownKey: 'yes' })),
    ).toThrow('ownKey cannot be "yes"');
  });

  it('keep the production data if the stack is deleted', () => {
    const { resources, data } = synthesise('production');
    const kept = [
      'AWS::DynamoDB::Table',
      'AWS::SecretsManager::Secret',
      'AWS::Events::EventBus',
      'AWS::Logs::LogGroup',
    ];
    for (const resource of Object.values(resources)) {
      if (kept.includes(resource.Type))
        expect(resource.DeletionPolicy, resource.Type).toBe('RetainExceptOnCreate');
    }
    expect(data.terminationProtection).toBe(true);
    const table = Object.values(resources).find(({ Type }) => Type === 'AWS::DynamoDB::Table');
    expect(table?.Properties.DeletionProtectionEnabled).toBe(true);
  });
});

describe('the table', () => {
  it('has the keys, indexes and stream on which the stores depend', () => {
    const [table] = synthesise().ofType('AWS::DynamoDB::Table');
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    // DynamoDB then encrypts with a key that it owns.
    expect(table?.SSESpecification).toEqual({ SSEEnabled: false });
    expect(table?.KeySchema.map((key: { AttributeName: string }) => key.AttributeName)).toEqual(['pk', 'sk']);
    const indexes = table?.GlobalSecondaryIndexes.map(
      (index: { IndexName: string; KeySchema: { AttributeName: string }[] }) => [
        index.IndexName,
        ...index.KeySchema.map((key) => key.AttributeName),
      ],
    );
    expect(indexes).toEqual([
      ['due', 'dueShard', 'dueAt'],
      ['lists', 'listKey', 'listSort'],
      ['taxes', 'taxShard', 'taxAt'],
    ]);
  });
});
