import { describe, expect, it } from 'vitest';
import { readStage } from '../../infra/stages.ts';
import { deployedContext, synthesise } from './synthesise.ts';

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

  it('keep the production data if the stack is deleted', () => {
    const { resources, data } = synthesise('production');
    const kept = [
      'AWS::DynamoDB::Table',
      'AWS::SecretsManager::Secret',
      'AWS::Events::EventBus',
      'AWS::Logs::LogGroup',
    ];
    for (const resource of Object.values(resources)) {
      if (kept.includes(resource.Type)) expect(resource.DeletionPolicy, resource.Type).toBe('Retain');
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
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
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
    ]);
  });
});
