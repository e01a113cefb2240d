import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** Actions that reading and writing encrypted data takes. */
export const keyReading = ['kms:Decrypt', 'kms:DescribeKey'];
export const keyWriting = [
  ...keyReading,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** What administrators of the account may be allowed to do with the key, each action by name. */
const administration = [
  ...keyWriting,
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:CreateGrant',
  'kms:DeleteAlias',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:ListRetirableGrants',
  'kms:PutKeyPolicy',
  'kms:RetireGrant',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

export interface EncryptionKeyProps {
  readonly alias: string;
  readonly description: string;
  readonly keep: boolean;
  /** Statements for services that use the key besides the account's own roles. */
  readonly statements?: readonly PolicyStatement[];
}

/**
 * A key of our own, changed every year. Its policy leaves the decision to the account's roles; in a key
 * policy the resource `*` means this key and no other.
 */
export class EncryptionKey extends Key {
  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    const account = new PolicyStatement({
      sid: 'AccountRolesDecide',
      principals: [new AccountRootPrincipal()],
      actions: administration,
      resources: ['*'],
    });
    super(scope, id, {
      alias: props.alias,
      description: props.description,
      enableKeyRotation: true,
      removalPolicy: props.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      policy: new PolicyDocument({ statements: [account, ...(props.statements ?? [])] }),
    });
  }
}

/** Lets a service of this account use a key, for this account's own things only. */
export function sourceAccountCondition(scope: Construct): Record<string, Record<string, string>> {
  return { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
}
