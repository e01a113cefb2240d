import {
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { CallbackKind } from '../../../events/callback.ts';
import type { partnerStages } from './partner-options.ts';

/** The secrets of the stages in an account. */
export interface SecretsOfStage {
  /** The id of the secret of a kind of partners. Throws an Error where there is none, or more than one. */
  find(stage: (typeof partnerStages)[number], kind: CallbackKind): Promise<string>;
  /** Stores a value in a secret that exists. Gives its name. Throws an Error without the value. */
  put(id: string, value: string): Promise<string>;
}

/** The errors of the service that somebody can act on, in words. */
const ADVICE: Readonly<Record<string, string>> = {
  ResourceNotFoundException: 'there is no such secret in this account and region: deploy the stage first',
  AccessDeniedException: 'your credentials may not do this',
  CredentialsProviderError: 'no credentials are found: set AWS_PROFILE, or sign in',
};

/**
 * The secrets of the account of your credentials, found as the AWS command line finds it. `AWS_ENDPOINT_URL` leads to
 * another cloud.
 */
export function openSecrets(client = new SecretsManagerClient({})): SecretsOfStage {
  return {
    async find(stage, kind) {
      const name = `entrepot/${stage}/partners-${kind}`;
      const answer = await inWords(name, () =>
        client.send(new ListSecretsCommand({ Filters: [{ Key: 'name', Values: [name] }] })),
      );
      // What production keeps has a part of its stack's id after its name.
      const found = (answer.SecretList ?? []).filter((one) =>
        new RegExp(`^${name}(-[0-9a-f]+)?$`).test(one.Name ?? ''),
      );
      const [only, another] = found.flatMap(({ ARN }) => (ARN === undefined ? [] : [ARN]));
      if (only === undefined)
        throw new Error(`no secret is called ${name} in this account and region: deploy the stage first`);
      if (another === undefined) return only;
      const all = found.map(({ ARN }) => `  ${ARN}`).join('\n');
      throw new Error(
        `the account has ${found.length} secrets of earlier stacks and of this one. Name the one that the deployment printed with --secret-id:\n${all}`,
      );
    },
    async put(id, value) {
      const answer = await inWords(id, () =>
        client.send(new PutSecretValueCommand({ SecretId: id, SecretString: value })),
      );
      return answer.Name ?? id;
    },
  };
}

/** The answer of a call, or an Error in words. The service's own message may quote the request, so it is left out. */
async function inWords<Answer>(what: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    const name = error instanceof Error ? error.name : 'error';
    const isRegion = error instanceof Error && error.message === 'Region is missing';
    const advice = isRegion
      ? 'no region is set: set AWS_REGION, or region in the profile, such as eu-central-1'
      : (ADVICE[name] ?? name);
    throw new Error(`${what}: ${advice}`);
  }
}
