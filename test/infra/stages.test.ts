import { describe, expect, it } from 'vitest';
import { plainName } from '../../events/names.ts';
import { triggerList } from '../../events/triggers.ts';
import { readStage } from '../../infra/stages.ts';
import { outputOf, synthesise, targetOf } from './synthesise.ts';

const CERTIFICATE = 'arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c3d';
const given = (context: Record<string, unknown>) => (name: string) => context[name];

const sandbox =
  (context: Record<string, unknown> = {}) =>
  () =>
    readStage(given({ stage: 'sandbox', ...context }));
const production =
  (context: Record<string, unknown> = {}) =>
  () =>
    readStage(given({ stage: 'production', alarmEmail: 'alarms@shop.test', ...context }));

describe('stages', () => {
  it('are local if none is requested, with the local issuer', () => {
    expect(readStage(given({}))).toMatchObject({
      name: 'local',
      identity: {
        ...{ kind: 'issuer', issuer: 'http://127.0.0.1:3000/_local/issuer', audience: 'entrepot-admin' },
      },
    });
  });

  it('name the missing value and say how to give it', () => {
    expect(() => readStage(given({ stage: 'production' }))).toThrow(
      'the context value alarmEmail is missing: give it as -c alarmEmail=<an e-mail address>',
    );
    expect(() => readStage(given({ stage: 'staging' }))).toThrow('stage cannot be "staging"');
    expect(sandbox({ adminIssuer: 'http://tokens.shop.test' })).toThrow('adminIssuer cannot be');
    expect(sandbox({ adminAudience: 'shop' })).toThrow('adminAudience belongs to adminIssuer');
    expect(sandbox({ ownKey: 'yes' })).toThrow('ownKey cannot be "yes"');
  });

  it.each([
    ['alarmEmail', '<your address>'],
    ['alarmEmail', 'alarms@example.com'],
    ['adminIssuer', 'https://issuer.example.com/'],
    ['adminIssuer', 'https://<issuer>/'],
    ['allowedOrigins', 'TODO'],
    ['domainName', 'changeme'],
    ['domainName', 'api.example.org'],
  ])('stop at a placeholder in %s: %s', (name, value) => {
    const rest = { domainName: 'api.shop.test', hostedZoneId: 'Z1D633PJN98FT9', certificateArn: CERTIFICATE };
    expect(sandbox({ ...(name === 'domainName' ? rest : {}), [name]: value })).toThrow(
      `the context value ${name} is still the placeholder`,
    );
  });

  it('have a user pool by default, and an issuer of their own where one is named', () => {
    expect(sandbox()().identity).toEqual({ kind: 'pool', callbackUrls: ['http://localhost:8400/callback'] });
    const callbackUrls = 'https://ops.shop.test/callback, http://localhost:9000/';
    expect(sandbox({ operatorCallbackUrls: callbackUrls })().identity).toMatchObject({
      callbackUrls: [expect.any(String), 'https://ops.shop.test/callback', 'http://localhost:9000/'],
    });
    expect(sandbox({ operatorCallbackUrls: 'http://ops.shop.test/' })).toThrow(
      'operatorCallbackUrls cannot be',
    );
    expect(sandbox({ adminIssuer: 'https://tokens.shop.test/', adminAudience: 'ops' })().identity).toEqual({
      ...{ kind: 'issuer', issuer: 'https://tokens.shop.test/', audience: 'ops' },
    });
  });

  it('let only servers call if no origin is given, and name only https origins in production', () => {
    expect(sandbox()().allowedOrigins).toEqual([]);
    const wrong = ['*', 'http://shop.test', 'shop.test', 'https://shop.test/', 'https://a.test, *', ''];
    for (const allowedOrigins of wrong)
      expect(production({ allowedOrigins }), allowedOrigins).toThrow('allowedOrigins cannot be');
    expect(sandbox({ allowedOrigins: '*' })().allowedOrigins).toEqual(['*']);
    expect(production({ allowedOrigins: 'https://a.test:8443,https://b.test' })().allowedOrigins).toEqual([
      ...['https://a.test:8443', 'https://b.test'],
    ]);
  });

  it('take the values of a domain together, and the firewall only with one', () => {
    const domain = {
      domainName: 'api.shop.test',
      hostedZoneId: 'Z1D633PJN98FT9',
      certificateArn: CERTIFICATE,
    };
    expect(production(domain)().domain).toEqual({
      ...{ name: 'api.shop.test', zoneId: 'Z1D633PJN98FT9', certificateArn: CERTIFICATE, firewall: false },
    });
    expect(production({ domainName: 'api.shop.test' })).toThrow('hostedZoneId, certificateArn is missing');
    expect(production({ waf: 'true' })).toThrow('waf needs domainName');
    expect(production({ ...domain, domainName: 'https://api.shop.test' })).toThrow('domainName cannot be');
    expect(production({ ...domain, waf: 'true' })).toThrow('in us-east-1, because CloudFront reads it there');
    const certificateArn = CERTIFICATE.replace('eu-central-1', 'us-east-1');
    expect(production({ ...domain, certificateArn, waf: 'true' })().domain?.firewall).toBe(true);
  });

  it('take a restored table with the stream of that table', () => {
    const stream =
      'arn:aws:dynamodb:eu-central-1:111122223333:table/entrepot-r1/stream/2026-11-29T08:00:00.000';
    expect(production({ restoredTable: 'entrepot-r1', restoredTableStream: stream })().restoredTable).toEqual(
      {
        ...{ name: 'entrepot-r1', streamArn: stream },
      },
    );
    expect(production({ restoredTable: 'entrepot-r1' })).toThrow('restoredTableStream is missing');
    expect(production({ restoredTable: 'other', restoredTableStream: stream })).toThrow(
      'restoredTableStream is not a stream of the table other',
    );
  });

  it.each(['local', 'production'] as const)(
    'reserve invocations in %s for the relay, partners’ calls and quotes where they are asked to, and none by themselves',
    (stage) => {
      const reservedIn = (context: Record<string, string>) =>
        synthesise(stage, { context })
          .ofType('AWS::Lambda::Function')
          .flatMap(({ FunctionName, ReservedConcurrentExecutions: reserved }) =>
            reserved === undefined ? [] : [[String(FunctionName).replace(/^entrepot-\w+-/, ''), reserved]],
          );
      expect(reservedIn({})).toEqual([]);
      const asked = reservedIn({
        ...{ relayReservedConcurrency: '20', hookReservedConcurrency: '5', quoteReservedConcurrency: '40' },
      });
      const hooks = triggerList.filter(
        ([, each]) => each.kind === 'http' && each.access.kind === 'signature',
      );
      const expected = hooks.map(([id]) => [plainName(id), 5]);
      expect(hooks).toHaveLength(5);
      expect(Object.fromEntries(asked)).toEqual(
        Object.fromEntries([
          ...expected,
          ['OperationsRelayFacts', 20],
          ['QuotePostQuote', 40],
          ['QuotePostQuoteRefresh', 40],
        ]),
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
    expect(outputOf(ofType('AWS::SNS::Topic')[0]?.KmsMasterKeyId)).toContain(key?.logicalId);
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

describe('the archive of the bus', () => {
  const archives = (context: Record<string, string>) =>
    synthesise('sandbox', { context }).ofType('AWS::Events::Archive');

  it('exists only where other systems receive the facts', () => {
    expect(archives({})).toEqual([]);
    expect(archives({ publishAllFacts: 'true' })).toHaveLength(1);
  });
});
