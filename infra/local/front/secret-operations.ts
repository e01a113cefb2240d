import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Meter } from '../cloud-parts.ts';
import { AwsError } from './aws-error.ts';
import { type Operation, parse } from './aws-operation.ts';
import type { SecretStore, SecretVersion } from './secret-store.ts';

const getInput = z.object({
  SecretId: z.string(),
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});
const listInput = z.object({
  Filters: z.array(z.object({ Key: z.literal('name'), Values: z.array(z.string()) })).optional(),
});
const describeInput = z.object({ SecretId: z.string() });
const putInput = z.object({
  SecretId: z.string(),
  SecretString: z.string().optional(),
  SecretBinary: z.string().optional(),
  ClientRequestToken: z.string().optional(),
});

/** The operations of Secrets Manager that the local cloud answers. Each call is counted as one `secrets.get`. */
export function secretOperations(store: SecretStore, meter: Meter): Record<string, Operation> {
  const billed =
    (operation: Operation): Operation =>
    (input) => {
      meter('secrets.get', 1);
      return operation(input);
    };
  return {
    'secretsmanager.GetSecretValue': billed((input) => {
      const { SecretId, VersionId, VersionStage } = parse(getInput, input);
      const { arn, name, versions } = store.find(SecretId);
      const stage = VersionStage ?? (VersionId === undefined ? 'AWSCURRENT' : undefined);
      const wanted = (version: SecretVersion): boolean =>
        (VersionId === undefined || version.id === VersionId) &&
        (stage === undefined || version.stages.includes(stage));
      const version = versions.find(wanted);
      if (version === undefined) {
        const label = stage === undefined ? `VersionId: ${VersionId}` : `staging label: ${stage}`;
        const message = `Secrets Manager can't find the specified secret value for ${label}`;
        throw new AwsError('ResourceNotFoundException', message);
      }
      return {
        ARN: arn,
        Name: name,
        VersionId: version.id,
        SecretString: version.secretString,
        SecretBinary: version.secretBinary,
        VersionStages: version.stages,
        CreatedDate: version.createdAt,
      };
    }),
    'secretsmanager.DescribeSecret': billed((input) => {
      const { arn, name, versions } = store.find(parse(describeInput, input).SecretId);
      const created = versions.map(({ createdAt }) => createdAt);
      return {
        ARN: arn,
        Name: name,
        RotationEnabled: false,
        VersionIdsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, stages])),
        ...(created.length === 0 ? {} : { LastChangedDate: Math.max(...created) }),
      };
    }),
    'secretsmanager.ListSecrets': billed((input) => {
      const { Filters = [] } = parse(listInput, input);
      // A value of the filter is the beginning of a name.
      const isWanted = (name: string) =>
        Filters.every(({ Values }) => Values.some((beginning) => name.startsWith(beginning)));
      const found = store.list().filter(({ name }) => isWanted(name));
      return { SecretList: found.map(({ arn, name }) => ({ ARN: arn, Name: name })) };
    }),
    'secretsmanager.PutSecretValue': billed((input) => {
      const { SecretId, SecretString, SecretBinary, ClientRequestToken } = parse(putInput, input);
      if ((SecretString === undefined) === (SecretBinary === undefined)) {
        throw new AwsError('InvalidParameterException', 'Give either SecretString or SecretBinary.');
      }
      const value = {
        ...(SecretString === undefined ? {} : { secretString: SecretString }),
        ...(SecretBinary === undefined ? {} : { secretBinary: SecretBinary }),
      };
      const version = store.put(SecretId, value, ClientRequestToken ?? randomUUID());
      const { arn, name } = store.find(SecretId);
      return { ARN: arn, Name: name, VersionId: version.id, VersionStages: version.stages };
    }),
  };
}
