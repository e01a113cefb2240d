import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** The actions that are needed to read encrypted data. */
export const keyReading = ['kms:Decrypt', 'kms:DescribeKey'];
export const keyWriting = [
  ...keyReading,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** The actions that administrators of the account may be allowed to use on the key. Each is named. */
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
  /** Statements for AWS services that use the key. The account's own roles need none. */
  readonly statements?: readonly PolicyStatement[];
}

/**
 * A key of our own that is rotated every year. Its policy leaves the decision to the policies of the account's roles.
 * In the policy of a key, the resource `*` means this key only.
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

/** The condition under which an AWS service may use a key: only for resources of this account. */
export function sourceAccountCondition(scope: Construct): Record<string, Record<string, string>> {
  return { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
}
