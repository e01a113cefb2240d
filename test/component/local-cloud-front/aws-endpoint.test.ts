import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeEventBusCommand, EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Resource } from '../../../infra/local/cloud-parts.ts';
import { startAwsEndpoint } from '../../../infra/local/front/aws-endpoint.ts';
import { createEventBus } from '../../../infra/local/front/event-bus.ts';
import {
  generateSecretString,
  generateSecretStringProperties,
} from '../../../infra/local/front/generate-secret-string.ts';
import { bus, frontParts, queue, region, resource, temporaryFolder } from './front-parts.ts';

const signingArn = `arn:aws:secretsmanager:${region}:111122223333:secret:shop/signing-Local1`;
const fixedArn = `arn:aws:secretsmanager:${region}:111122223333:secret:shop/fixed-Local1`;

const secrets = (fixed = 'as-declared'): Resource[] => [
  resource(
    'AWS::SecretsManager::Secret',
    'Signing',
    {
      Name: 'shop/signing',
      GenerateSecretString: {
        SecretStringTemplate: '{"keyId":"k1"}',
        GenerateStringKey: 'key',
        PasswordLength: 40,
        ExcludePunctuation: true,
      },
    },
    { ref: signingArn },
  ),
  resource('AWS::SecretsManager::Secret', 'Fixed', { SecretString: fixed }, { ref: fixedArn }),
];

async function start(resources: readonly Resource[], dataDir = temporaryFolder()) {
  const parts = frontParts([bus(), queue('orders'), ...resources], { dataDir });
  const endpoint = await startAwsEndpoint(parts, createEventBus(parts));
  const settings = {
    endpoint: endpoint.url,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  const eventBridge = new EventBridgeClient(settings);
  const secretsManager = new SecretsManagerClient(settings);
  onTestFinished(async () => {
    eventBridge.destroy();
    secretsManager.destroy();
    await endpoint.stop();
  });
  return { parts, eventBridge, secretsManager, url: endpoint.url, dataDir };
}

describe('EventBridge client', () => {
  const entry = {
    Source: 'entrepot',
    DetailType: 'order.placed',
    Detail: '{"orderId":"ord_1"}',
    EventBusName: 'shop',
  };
  it('puts events', async () => {
    const { parts, eventBridge } = await start([]);
    const time = new Date('2026-03-01T10:00:00Z');
    const given = await eventBridge.send(
      new PutEventsCommand({
        Entries: [
          { ...entry, Time: time },
          { ...entry, Detail: 'no' },
        ],
      }),
    );
    expect(given.FailedEntryCount).toBe(1);
    expect(given.Entries).toEqual([
      { EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
    ]);
    expect(parts.metered).toEqual({ 'events.put': 1 });
  });

  it('is metered by chunks of 64 KB', async () => {
    const { parts, eventBridge } = await start([]);
    const Detail = JSON.stringify({ text: 'x'.repeat(100 * 1024) });
    await eventBridge.send(new PutEventsCommand({ Entries: [entry, { ...entry, Detail }] }));
    expect(parts.metered).toEqual({ 'events.put': 3 });
  });

  it('receives the errors of the service', async () => {
    const { parts, eventBridge } = await start([]);
    const tooMany = new PutEventsCommand({ Entries: Array.from({ length: 11 }, () => entry) });
    await expect(eventBridge.send(tooMany)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(eventBridge.send(new DescribeEventBusCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
    expect(parts.logged).toEqual([expect.stringContaining('AWSEvents.DescribeEventBus')]);
  });
});

describe('Secrets Manager client', () => {
  it('reads a generated secret by name, ARN and partial ARN', async () => {
    const { parts, secretsManager } = await start(secrets());
    const byName = await secretsManager.send(new GetSecretValueCommand({ SecretId: 'shop/signing' }));
    const value = JSON.parse(byName.SecretString ?? '');
    expect(value).toEqual({ keyId: 'k1', key: expect.stringMatching(/^[A-Za-z0-9]{40}$/) });
    expect(byName).toMatchObject({ ARN: signingArn, Name: 'shop/signing', VersionStages: ['AWSCURRENT'] });
    expect(byName.CreatedDate?.getTime()).toBeCloseTo(Date.now(), -5);
    for (const SecretId of [signingArn, signingArn.slice(0, -7)]) {
      const same = await secretsManager.send(new GetSecretValueCommand({ SecretId }));
      expect(same.SecretString).toBe(byName.SecretString);
    }
    expect(parts.metered).toEqual({ 'secrets.get': 3 });
  });

  it('keeps secrets over a restart, in a file that only the owner can read', async () => {
    const first = await start(secrets());
    const get = new GetSecretValueCommand({ SecretId: 'shop/signing' });
    const before = await first.secretsManager.send(get);
    const second = await start(secrets(), first.dataDir);
    expect((await second.secretsManager.send(get)).SecretString).toBe(before.SecretString);
    expect(statSync(join(first.dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('takes a new value from the template only if the template changed', async () => {
    const first = await start(secrets());
    const put = new PutSecretValueCommand({ SecretId: 'shop/fixed', SecretString: 'put-by-hand' });
    await first.secretsManager.send(put);
    const get = new GetSecretValueCommand({ SecretId: fixedArn });
    const second = await start(secrets(), first.dataDir);
    expect((await second.secretsManager.send(get)).SecretString).toBe('put-by-hand');
    const third = await start(secrets('declared-anew'), first.dataDir);
    expect((await third.secretsManager.send(get)).SecretString).toBe('declared-anew');
  });

  it('stores a value, keeps the previous one, and ignores a repeat of the same version', async () => {
    const { secretsManager } = await start(secrets());
    const token = 'f3a6e1f2-0000-4000-8000-000000000001';
    const put = { SecretId: 'shop/fixed', SecretString: 'second', ClientRequestToken: token };
    const given = await secretsManager.send(new PutSecretValueCommand(put));
    expect(given).toMatchObject({ VersionId: token, VersionStages: ['AWSCURRENT'] });
    await secretsManager.send(new PutSecretValueCommand(put));
    await expect(
      secretsManager.send(new PutSecretValueCommand({ ...put, SecretString: 'other' })),
    ).rejects.toBeInstanceOf(ResourceExistsException);
    const get = { SecretId: 'shop/fixed' };
    const current = await secretsManager.send(new GetSecretValueCommand(get));
    const previous = await secretsManager.send(
      new GetSecretValueCommand({ ...get, VersionStage: 'AWSPREVIOUS' }),
    );
    expect([current.SecretString, previous.SecretString]).toEqual(['second', 'as-declared']);
    const described = await secretsManager.send(new DescribeSecretCommand(get));
    expect(described.VersionIdsToStages).toEqual({
      [token]: ['AWSCURRENT'],
      [previous.VersionId ?? '']: ['AWSPREVIOUS'],
    });
    const binary = { SecretId: 'shop/fixed', SecretBinary: Buffer.from([1, 2, 255]) };
    await secretsManager.send(new PutSecretValueCommand(binary));
    const bytes = await secretsManager.send(new GetSecretValueCommand(get));
    expect(Buffer.from(bytes.SecretBinary ?? [])).toEqual(binary.SecretBinary);
  });

  it('finds no secret that does not exist', async () => {
    const { secretsManager } = await start(secrets());
    for (const get of [{ SecretId: 'nope' }, { SecretId: 'shop/fixed', VersionStage: 'AWSPREVIOUS' }]) {
      await expect(secretsManager.send(new GetSecretValueCommand(get))).rejects.toBeInstanceOf(
        ResourceNotFoundException,
      );
    }
  });

  it('refuses a request without a signature', async () => {
    const { url } = await start(secrets());
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'x-amz-target': 'secretsmanager.GetSecretValue' },
      body: '{"SecretId":"shop/fixed"}',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });
});

describe('generateSecretString', () => {
  const generate = (options: object): string =>
    generateSecretString(generateSecretStringProperties.parse(options));

  it('includes one character of each required type, and none of the excluded', () => {
    for (let round = 0; round < 200; round += 1) {
      const password = generate({ PasswordLength: 4, ExcludeCharacters: '"\\' });
      for (const type of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/]) expect(password).toMatch(type);
      expect(password).not.toMatch(/["\\]/);
    }
    expect(generate({ ExcludeNumbers: true, ExcludePunctuation: true })).toMatch(/^[A-Za-z]{32}$/);
    expect(generate({ ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true })).toMatch(
      /^\d{32}$/,
    );
  });

  it('refuses impossible options', () => {
    expect(() => generate({ PasswordLength: 2 })).toThrow(/each type/);
    expect(() => generate({ GenerateStringKey: 'key' })).toThrow(/together/);
  });
});
