import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Resource } from '../cloud-parts.ts';
import { AwsError } from './aws-error.ts';
import type { Clock } from './clock.ts';
import { generateSecretString, generateSecretStringProperties } from './generate-secret-string.ts';
import { ofType, readProperties } from './resource-reading.ts';

/** The value of a secret: text, or bytes in base64. */
interface SecretValue {
  readonly secretString?: string;
  readonly secretBinary?: string;
}

export interface SecretVersion extends SecretValue {
  readonly id: string;
  readonly stages: readonly string[];
  /** Seconds since 1970. */
  readonly createdAt: number;
}

interface StoredSecret {
  readonly arn: string;
  readonly name: string;
  /** A hash of the template's declaration. When the declaration changes, the secret gets a new value. */
  readonly declared: string;
  readonly versions: readonly SecretVersion[];
}

/** The secrets of the templates, kept in one file that only its owner may read. */
export interface SecretStore {
  /**
   * The secret with this name, ARN, or ARN without its random suffix. Throws an AwsError when no such secret exists.
   */
  find(secretId: string): StoredSecret;
  /** All secrets. */
  list(): readonly StoredSecret[];
  /** Adds a version and makes it the current one. The same id with the same value changes nothing. */
  put(secretId: string, value: SecretValue, versionId: string): SecretVersion;
}

const secretProperties = z.object({
  Name: z.string().optional(),
  GenerateSecretString: generateSecretStringProperties.optional(),
  SecretString: z.string().optional(),
});

/** Reads the stored secrets. Generates the secrets whose declaration in the templates is new or has changed. */
export function openSecretStore(resources: readonly Resource[], dataDir: string, clock: Clock): SecretStore {
  const path = join(dataDir, 'secrets.json');
  const stored: Record<string, StoredSecret> = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const secrets = new Map(Object.entries(stored));
  const secondsNow = (): number => clock.now().getTime() / 1000;

  function save(): void {
    mkdirSync(dataDir, { recursive: true });
    const fresh = `${path}.${randomUUID()}`;
    writeFileSync(fresh, `${JSON.stringify(Object.fromEntries(secrets), undefined, 2)}\n`, { mode: 0o600 });
    renameSync(fresh, path);
  }

  function addVersion(secret: StoredSecret, value: SecretValue, id: string): SecretVersion {
    const version = { id, stages: ['AWSCURRENT'], createdAt: secondsNow(), ...value };
    const previous = secret.versions.find(({ stages }) => stages.includes('AWSCURRENT'));
    const kept = previous === undefined ? [] : [{ ...previous, stages: ['AWSPREVIOUS'] }];
    secrets.set(secret.arn, { ...secret, versions: [version, ...kept] });
    return version;
  }

  for (const resource of ofType(resources, 'AWS::SecretsManager::Secret')) {
    const properties = readProperties(resource, secretProperties);
    const { Name, GenerateSecretString: generate, SecretString: given } = properties;
    const declared = createHash('sha256').update(JSON.stringify({ generate, given })).digest('hex');
    const known = secrets.get(resource.ref);
    if (known?.declared === declared) continue;
    const secret: StoredSecret = {
      arn: resource.ref,
      name: Name ?? nameInArn(resource.ref),
      declared,
      versions: known?.versions ?? [],
    };
    const secretString = generate === undefined ? given : generateSecretString(generate);
    secrets.set(secret.arn, secret);
    if (secretString !== undefined) addVersion(secret, { secretString }, randomUUID());
    save();
  }

  function find(secretId: string): StoredSecret {
    for (const secret of secrets.values()) {
      if ([secret.arn, secret.name, secret.arn.replace(/-\w{6}$/, '')].includes(secretId)) return secret;
    }
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }

  return {
    find,
    list: () => [...secrets.values()],
    put: (secretId, value, versionId) => {
      const secret = find(secretId);
      const same = secret.versions.find(({ id }) => id === versionId);
      if (same === undefined) {
        const added = addVersion(secret, value, versionId);
        save();
        return added;
      }
      if (same.secretString !== value.secretString || same.secretBinary !== value.secretBinary) {
        throw new AwsError('ResourceExistsException', `The version ${versionId} already has another value.`);
      }
      return same;
    },
  };
}

function nameInArn(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1).replace(/-\w{6}$/, '');
}
