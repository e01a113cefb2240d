import {
  GetSecretValueCommand,
  type GetSecretValueResponse,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

import { REQUEST_LIMITS } from './request-limits.ts';

const REFRESH_MS = 5 * 60 * 1000;

/** Reads secrets, each at most once in five minutes per container, so that a rotated secret is soon used. */
export function createSecrets(
  clock: () => Date,
  client = new SecretsManagerClient({ maxAttempts: 4, requestHandler: REQUEST_LIMITS }),
) {
  const kept = new Map<string, { readonly value: Promise<string>; readonly readAt: number }>();
  return {
    /**
     * The secret's text. `whenEmpty` stands for it as long as the secret exists and nobody has stored a value; without
     * it the promise is rejected then.
     */
    read(arn: string, whenEmpty?: string): Promise<string> {
      const known = kept.get(arn);
      const now = clock().getTime();
      if (known !== undefined && now - known.readAt < REFRESH_MS) return known.value;
      const value = client
        .send(new GetSecretValueCommand({ SecretId: arn }))
        .then(textIn, (error: unknown) => {
          if (whenEmpty === undefined || !isEmpty(error)) throw error;
          return whenEmpty;
        });
      kept.set(arn, { value, readAt: now });
      // A failed read is not kept: the next caller tries again.
      value.catch(() => kept.delete(arn));
      return value;
    },
  };
}

export type Secrets = ReturnType<typeof createSecrets>;

function textIn({ SecretString }: GetSecretValueResponse): string {
  if (SecretString === undefined) throw new Error('a secret of ours is text');
  return SecretString;
}

/** A missing secret and a missing value have the same error. Only its message tells them apart. */
const isEmpty = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'ResourceNotFoundException' &&
  /secret value for staging label/i.test(error.message);
