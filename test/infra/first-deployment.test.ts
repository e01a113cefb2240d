import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stageNames } from '../../infra/stages.ts';
import { outputOf, synthesise } from './synthesise.ts';

/** The property that gives a resource of this type its name. */
const names: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Archive': 'ArchiveName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Cognito::UserPool': 'UserPoolName',
};

/** Ids and names of AWS's own take the place of a name: a bucket's is made of the stack's and a random part. */
const nameless = ['AWS::KMS::Key', 'AWS::S3::Bucket'];

/** A bucket with objects can't be deleted with its stack, so it stays in every stage. */
const keptEverywhere = ['AWS::S3::Bucket'];

const isOfThisStack = (name: unknown): boolean => JSON.stringify(name).includes('"AWS::StackId"');

describe('a first deployment', () => {
  const context = { ownKey: 'true', relayReservedConcurrency: '20' };

  it.each(stageNames)('of %s leaves nothing behind when it is rolled back', (stage) => {
    const { resources } = synthesise(stage, stage === 'local' ? {} : { context });
    const kept = Object.entries(resources).filter(([, each]) =>
      ['Retain', 'RetainExceptOnCreate', 'Snapshot'].includes(each.DeletionPolicy ?? ''),
    );
    expect(kept.filter(([, { DeletionPolicy }]) => DeletionPolicy !== 'RetainExceptOnCreate')).toEqual([]);
    const ofProduction = kept.filter(([, { Type }]) => !keptEverywhere.includes(Type));
    expect(ofProduction.length > 0).toBe(stage === 'production');
  });

  it('finds its names free after the stack was deleted and its data was kept', () => {
    const { resources } = synthesise('production', { context });
    const kept = Object.entries(resources).filter(([, each]) => each.DeletionPolicy?.startsWith('Retain'));
    for (const [id, { Type, Properties }] of kept) {
      if (nameless.includes(Type)) {
        expect(Object.keys(Properties), id).not.toContain('BucketName');
        continue;
      }
      expect(names[Type], `${id} is kept: say how ${Type} is named`).toBeDefined();
      expect(isOfThisStack(Properties[names[Type] ?? '']), id).toBe(true);
    }
    for (const [id, { Type, Properties }] of Object.entries(resources))
      if (Type === 'AWS::Logs::LogGroup') expect(isOfThisStack(Properties.LogGroupName), id).toBe(true);
  });

  it('reserves no invocations that nobody asked for', () => {
    for (const { ReservedConcurrentExecutions } of synthesise('production').ofType('AWS::Lambda::Function'))
      expect(ReservedConcurrentExecutions).toBeUndefined();
  });
});

describe('a later deployment', () => {
  it('finds no export that another stack imports', () => {
    const { app } = synthesise('production', { context: { ownKey: 'true' } });
    const templates = app
      .synth()
      .stacks.map(({ templateFullPath }) => readFileSync(templateFullPath, 'utf8'));
    expect(templates).toHaveLength(5);
    for (const template of templates) {
      expect(template).not.toContain('"Fn::ImportValue"');
      expect(template).not.toContain('"Export"');
    }
    expect(templates.join('')).toContain('"Fn::GetStackOutput"');
  });

  it('writes no value over a secret that an operator stored', () => {
    const secrets = synthesise('production').ofType('AWS::SecretsManager::Secret');
    const partners = secrets.filter(({ logicalId }) => logicalId.startsWith('Partners'));
    expect(partners).toHaveLength(4);
    for (const secret of secrets) expect(secret).not.toHaveProperty('SecretString');
    for (const secret of partners) expect(secret).not.toHaveProperty('GenerateSecretString');
    const [signing] = secrets.filter((secret) => !partners.includes(secret));
    // Secrets Manager generates another value only where this declaration changes.
    expect(signing?.GenerateSecretString).toEqual({ PasswordLength: 64, ExcludePunctuation: true });
  });
});

describe('a restored table', () => {
  const restoredTable = 'entrepot-restored';
  const restoredTableStream = `arn:aws:dynamodb:eu-central-1:111122223333:table/${restoredTable}/stream/2026-11-29T08:00:00.000`;
  const { ofType } = synthesise('production', { context: { restoredTable, restoredTableStream } });

  it('takes the place of the own one in every function, permission, stream and alarm', () => {
    const functions = ofType('AWS::Lambda::Function');
    for (const { Environment } of functions) expect(Environment.Variables.TABLE_NAME).toBe(restoredTable);
    const sources = ofType('AWS::Lambda::EventSourceMapping').filter(
      ({ StartingPosition }) => StartingPosition,
    );
    expect(sources.map(({ EventSourceArn }) => EventSourceArn)).toEqual([
      restoredTableStream,
      restoredTableStream,
    ]);
    const roles = JSON.stringify(ofType('AWS::IAM::Role'));
    expect(roles).toContain(`:table/${restoredTable}`);
    const alarms = ofType('AWS::CloudWatch::Alarm').filter(({ Namespace }) => Namespace === 'AWS/DynamoDB');
    expect(alarms.map(({ MetricName }) => MetricName)).toEqual(['ReadThrottleEvents', 'WriteThrottleEvents']);
    for (const { Dimensions } of alarms) expect(Dimensions[0].Value).toBe(restoredTable);
    const read = JSON.stringify([functions, roles, alarms]).match(/OutputFnGetAttTable\w+/g) ?? [];
    expect(read).toEqual([]);
  });

  it('leaves the own table in the stack, so that nothing is deleted', () => {
    const own = synthesise('production').ofType('AWS::DynamoDB::Table');
    expect(ofType('AWS::DynamoDB::Table')).toEqual(own);
  });

  it('is the own one by default', () => {
    const { ofType: usual } = synthesise('production');
    for (const { Environment } of usual('AWS::Lambda::Function'))
      expect(outputOf(Environment.Variables.TABLE_NAME)).toMatch(/RefTable/);
  });
});
