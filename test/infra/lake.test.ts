import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../infra/local/front/event-pattern.ts';
import { readStage } from '../../infra/stages.ts';
import { synthesise, targetOf } from './synthesise.ts';

const { ofType, resources } = synthesise('production');
const [bucket] = ofType('AWS::S3::Bucket');
const [stream] = ofType('AWS::KinesisFirehose::DeliveryStream');

describe("the lake's bucket", () => {
  it('is the only one, has no name of its own, and stays whatever happens to its stack', () => {
    expect(ofType('AWS::S3::Bucket')).toHaveLength(1);
    expect(bucket).not.toHaveProperty('BucketName');
    for (const name of ['local', 'sandbox', 'production'] as const) {
      const found = Object.values(synthesise(name).resources).find(({ Type }) => Type === 'AWS::S3::Bucket');
      expect(found).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    }
  });

  it('is encrypted, closed to the public, and reached by TLS alone', () => {
    expect(bucket).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
        ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    const [policy] = ofType('AWS::S3::BucketPolicy');
    expect(policy?.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        ...{ Effect: 'Deny', Action: 's3:*' },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  it("is encrypted by the stage's own key where it has one, and so is the delivery stream", () => {
    const own = synthesise('production', { context: { ownKey: 'true' } });
    const [rule] = own.ofType('AWS::S3::Bucket')[0]?.BucketEncryption.ServerSideEncryptionConfiguration ?? [];
    expect(rule).toMatchObject({ BucketKeyEnabled: true });
    expect(rule.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('aws:kms');
    const [delivery] = own.ofType('AWS::KinesisFirehose::DeliveryStream');
    expect(delivery?.DeliveryStreamEncryptionConfigurationInput.KeyType).toBe('CUSTOMER_MANAGED_CMK');
  });

  it('moves facts to cheaper storage, and never deletes any', () => {
    const rules: Record<string, unknown>[] = bucket?.LifecycleConfiguration.Rules;
    expect(rules.find(({ Prefix }) => Prefix === 'facts/')).toMatchObject({
      Transitions: [
        { StorageClass: 'STANDARD_IA', TransitionInDays: 60 },
        { StorageClass: 'GLACIER_IR', TransitionInDays: 365 },
      ],
    });
    const deleting = rules.filter(
      (rule) => 'ExpirationInDays' in rule || 'NoncurrentVersionExpiration' in rule,
    );
    // What a run of replenishment wrote is made again every day.
    expect(deleting.map(({ Prefix }) => Prefix).toSorted()).toEqual(['replenishment/', 'reports/']);
  });

  it('deletes files of reports 90 days after they were made, if another version replaced them', () => {
    const rules: Record<string, unknown>[] = bucket?.LifecycleConfiguration.Rules;
    expect(rules.filter(({ Prefix }) => Prefix === 'reports/')).toEqual([
      {
        ...{ Id: 'ReplacedReportsAreDeleted', Prefix: 'reports/', Status: 'Enabled', ExpirationInDays: 90 },
        TagFilters: [{ Key: 'replaced', Value: 'true' }],
      },
    ]);
    const [maker] = ofType('AWS::IAM::Role').filter(({ Description }) =>
      String(Description).startsWith('reports/make-report: '),
    );
    expect(JSON.stringify(maker?.Policies)).toContain('s3:PutObjectTagging');
    const others = ofType('AWS::IAM::Role').filter((role) =>
      JSON.stringify(role).includes('PutObjectTagging'),
    );
    expect(others).toHaveLength(1);
  });
});

describe("the lake's delivery stream", () => {
  it('writes compressed objects by the day of arrival, few and large', () => {
    expect(stream).toMatchObject({
      DeliveryStreamType: 'DirectPut',
      DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
      ExtendedS3DestinationConfiguration: {
        Prefix: 'facts/received=!{timestamp:yyyy-MM-dd}/',
        ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/received=!{timestamp:yyyy-MM-dd}/',
        CompressionFormat: 'GZIP',
        FileExtension: '.ndjson.gz',
        BufferingHints: { IntervalInSeconds: 900, SizeInMBs: 128 },
      },
    });
  });

  it('is written into by the relay to the lake, what repeats for it, the intake of visits and the count of what is billed, and by nobody else', () => {
    const roles = Object.entries(resources).filter(([, resource]) =>
      JSON.stringify(resource).includes('firehose:PutRecord'),
    );
    expect(roles.map(([id]) => id.replace(/Role[0-9A-F]{8}$/, '')).toSorted()).toEqual([
      ...[
        'OperationsEveryDayCloseBooks',
        'OperationsOnUnrelayedItem',
        'OperationsRelayToLake',
        'ReportsPostVisits',
      ],
    ]);
  });

  it('waits as long as the stage says', () => {
    const stage = (lakeBufferSeconds?: string) =>
      readStage((name) => ({ stage: 'local', lakeBufferSeconds })[name]);
    expect([stage(), stage('60')].map(({ lakeBufferSeconds }) => lakeBufferSeconds)).toEqual([900, 60]);
    expect(() => stage('5')).toThrow('lakeBufferSeconds');
    const { ofType: of } = synthesise('production', { context: { lakeBufferSeconds: '60' } });
    const [delivery] = of('AWS::KinesisFirehose::DeliveryStream');
    expect(delivery?.ExtendedS3DestinationConfiguration.BufferingHints.IntervalInSeconds).toBe(60);
  });
});

describe("the mapping of the table's stream to the lake", () => {
  const mapping = ofType('AWS::Lambda::EventSourceMapping').find(({ FunctionName }) =>
    targetOf(FunctionName)?.startsWith('OperationsRelayToLake'),
  );

  it('gathers large batches, and repeats them for as long as the stream keeps them', () => {
    expect(mapping).toMatchObject({
      ...{ BatchSize: 1_000, MaximumBatchingWindowInSeconds: 300, MaximumRecordAgeInSeconds: 23 * 3_600 },
      ...{ BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'] },
    });
    expect(mapping).not.toHaveProperty('MaximumRetryAttempts');
    expect(mapping?.DestinationConfig.OnFailure.Destination).toBeDefined();
  });

  it('lets no more than five patterns of items pass', () => {
    const filters = mapping?.FilterCriteria.Filters as { Pattern: string }[];
    expect(filters.length).toBeLessThanOrEqual(5);
    const matchers = filters.map(({ Pattern }) => compilePattern(JSON.parse(Pattern)));
    const passes = (eventName: string, pk: string, sk: string) => {
      const Keys = { pk: { S: pk }, sk: { S: sk } };
      return matchers.some((matches) => matches({ eventName, dynamodb: { Keys, NewImage: Keys } }));
    };
    const written = (eventName: string) =>
      [
        ['ORDER#ord_1', 'FACT#000001'],
        ['MOVEMENT#TEA', 'KEY#k'],
        ['QUOTE#quo_1', 'QUOTE'],
        ['QUOTE#quo_1', 'REFUSED'],
        ['CALLBACK#carrier#easypost#evt', 'CALLBACK'],
        ['RULES#2', 'REPORT'],
        ['PRODUCT#TEA', 'PRODUCT'],
        ['COST#PURCHASE#TEA', 'FROM#2026-11-27'],
        ['COST#MARKETING#shop', '2026-11-27#DE#search'],
        ['RATES', 'daily#2026-11-27'],
        ['ORDER#ord_1', 'ORDER'],
        ['SELLER', 'SELLER'],
        ['STOREFRONT#1', 'STOREFRONT'],
      ].map(([pk = '', sk = '']) => passes(eventName, pk, sk));

    expect(written('INSERT')).toEqual([...Array(10).fill(true), false, false, false]);
    // An erasure changes the items of facts, quotes and calls.
    expect(written('MODIFY')).toEqual([...Array(6).fill(false), ...Array(4).fill(true), false, false, false]);
    expect(written('REMOVE')).toEqual(Array(13).fill(false));
  });
});
