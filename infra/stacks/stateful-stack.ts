import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { callbackKinds } from '../../events/callback.ts';
import { stageWide } from '../../events/names.ts';
import type { SecretName } from '../../events/triggers.ts';
import { consoleCallback } from '../console-settings.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { EncryptionKey } from '../constructs/encryption-key.ts';
import { Lake } from '../constructs/lake.ts';
import { keptName } from '../constructs/names.ts';
import { API_IDENTIFIER, OperatorPool } from '../constructs/operator-pool.ts';
import { removalOf } from '../constructs/removal.ts';
import type { Stage } from '../stages.ts';

export interface StatefulStackProps extends StackProps {
  readonly stage: Stage;
}

/** What functions and alarms need of the table. */
export type UsedTable = Pick<Table, 'tableName' | 'tableArn' | 'tableStreamArn'>;

/** The issuer of the operators' access tokens, and the audiences or clients that they may be for. */
export interface Tokens {
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** How people sign in at the stage's own user pool; undefined where the issuer is the merchant's. */
  readonly people?: { readonly clientId: string; readonly signInUrl: string; readonly scopePrefix: string };
}

/**
 * Resources that must survive every deployment: the table, the bus with its archive, the lake, the secrets, the
 * operators and the log.
 */
export class StatefulStack extends Stack {
  /** The stage's own key; undefined where AWS's keys encrypt. */
  readonly key: EncryptionKey | undefined;
  /** The log of all functions. */
  readonly log: LogGroup;
  /** The table that this stack creates. */
  readonly ownTable: Table;
  /** The table that the functions use: the stage's own, or a restored one in its place. */
  readonly table: UsedTable;
  readonly bus: EventBus;
  /** What happened, for questions and reports. */
  readonly lake: Lake;
  readonly secretArns: Readonly<Record<SecretName, string>>;
  readonly tokens: Tokens;
  /** The secret by which CloudFront proves itself to the API; undefined where the API is called directly. */
  readonly originProofArn: string | undefined;

  constructor(scope: Construct, id: string, { stage, ...props }: StatefulStackProps) {
    super(scope, id, { ...props, terminationProtection: stage.keepsData });
    this.key = stage.ownKey ? new EncryptionKey(this, 'Key', stage) : undefined;
    this.log = new LogGroup(this, 'Log', {
      logGroupName: keptName(stage, `/aws/lambda/${stageWide(stage.name)}`),
      retention: stage.logRetentionDays as RetentionDays,
      removalPolicy: removalOf(stage),
    });
    this.ownTable = this.createTable(stage);
    this.table = this.restored(stage) ?? this.ownTable;
    this.bus = this.createBus(stage);
    this.lake = new Lake(this, 'Lake', { stage, key: this.key, log: this.log });
    this.secretArns = this.createSecrets(stage);
    this.tokens = this.createTokens(stage);
    this.originProofArn = stage.domain?.firewall ? this.createOriginProof(stage) : undefined;
    this.output('TableName', this.table.tableName, 'The table that the functions use');
    this.output('LogName', this.log.logGroupName, 'The log of all functions');
  }

  private output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }

  private restored({ restoredTable }: Stage): UsedTable | undefined {
    if (restoredTable === undefined) return undefined;
    const { name: tableName, streamArn: tableStreamArn } = restoredTable;
    const { tableArn } = Table.fromTableAttributes(this, 'RestoredTable', { tableName, tableStreamArn });
    return { tableName, tableArn, tableStreamArn };
  }

  private createTokens(stage: Stage): Tokens {
    const { identity } = stage;
    if (identity.kind === 'issuer') return { issuer: identity.issuer, audiences: [identity.audience] };
    const callbackUrls = [
      ...identity.callbackUrls,
      ...(stage.console === undefined ? [] : [consoleCallback(stage.console)]),
    ];
    const pool = new OperatorPool(this, 'Operators', { stage, callbackUrls });
    const machines = pool.machines.userPoolClientId;
    const people = pool.people.userPoolClientId;
    this.output('UserPoolId', pool.userPoolId, 'The user pool of the operators');
    this.output('SignInUrl', pool.signInUrl, 'Where operators sign in and programs get tokens');
    this.output('MachineClientId', machines, 'The client of programs; Cognito keeps its secret');
    this.output('PeopleClientId', people, 'The client of people, without a secret');
    // As the attribute ProviderURL, which not every emulator of CloudFormation knows.
    const issuer = `https://cognito-idp.${this.region}.${this.urlSuffix}/${pool.userPoolId}`;
    return {
      ...{ issuer, audiences: [machines, people] },
      people: { clientId: people, signInUrl: pool.signInUrl, scopePrefix: `${API_IDENTIFIER}/` },
    };
  }

  private createTable(stage: Stage): Table {
    const table = new Table(this, 'Table', {
      tableName: keptName(stage, stageWide(stage.name)),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      ...(this.key === undefined
        ? { encryption: TableEncryption.DEFAULT }
        : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: this.key }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: stage.keepsData,
      removalPolicy: removalOf(stage),
    });
    table.addGlobalSecondaryIndex({
      indexName: 'due',
      partitionKey: { name: 'dueShard', type: AttributeType.STRING },
      sortKey: { name: 'dueAt', type: AttributeType.STRING },
      // The order's id is in the index key. No other attribute is projected, so a change of status does not write to
      // the index.
      projectionType: ProjectionType.KEYS_ONLY,
    });
    table.addGlobalSecondaryIndex({
      indexName: 'lists',
      partitionKey: { name: 'listKey', type: AttributeType.STRING },
      sortKey: { name: 'listSort', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    table.addGlobalSecondaryIndex({
      indexName: 'taxes',
      partitionKey: { name: 'taxShard', type: AttributeType.STRING },
      sortKey: { name: 'taxAt', type: AttributeType.STRING },
      // Only the entries of the returns, so that a return reads nothing else of an order.
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['taxEntries'],
    });
    return table;
  }

  // Events carry ids, codes and amounts, and never personal data. So the archive has no personal data, and a person's
  // data can be erased without changing the archive. Without published facts it would stay empty.
  private createBus(stage: Stage): EventBus {
    const bus = new EventBus(this, 'Bus', {
      eventBusName: keptName(stage, stageWide(stage.name)),
      description: 'Facts of orders and due work',
    });
    bus.applyRemovalPolicy(removalOf(stage));
    if (stage.publishesAllFacts)
      bus.archive('Archive', {
        archiveName: keptName(stage, stageWide(stage.name)),
        description: 'Every event, so that a repaired or new consumer can receive it again',
        eventPattern: { source: ['entrepot'] },
        retention: Duration.days(stage.archiveRetentionDays),
      });
    return bus;
  }

  private createSecrets(stage: Stage): Record<SecretName, string> {
    const quoteSigning = this.generated(stage, 'quote-signing', {
      description: 'Signs quotes, so that an order can trust the price in its quote',
      unrotated:
        'An automatic rotation would make every quote of the last 30 minutes invalid. An operator changes the key by hand when others may know it.',
    });
    const partners = callbackKinds.map((kind) => {
      const name = `partners-${kind}` as const;
      const secret = new CfnSecret(this, `Partners${titled(kind)}`, {
        name: secretName(stage, name),
        description: `The settings of each ${kind} partner, by the partner's code`,
        ...this.secretKey(),
        // The template has no value, so no deployment can put one over what an operator stored.
      });
      secret.applyRemovalPolicy(removalOf(stage));
      this.output(`Partners${titled(kind)}Secret`, secret.ref, `Settings of the ${kind} partners`);
      acknowledge(
        secret,
        'AwsSolutions-SMG4',
        'Partners issue these keys, and operators rotate them in the consoles of the partners. A rotation by AWS could not give the partner the new value.',
      );
      return [name, secret.ref] as const;
    });
    return { ...Object.fromEntries(partners), 'quote-signing': quoteSigning } as Record<SecretName, string>;
  }

  private createOriginProof(stage: Stage): string {
    return this.generated(stage, 'origin-proof', {
      description: 'CloudFront sends it to the API, which refuses calls without it',
      unrotated:
        'CloudFront takes a new value only at a deployment. The value gives no access: it shows only which way a request came.',
    });
  }

  /** A secret whose value Secrets Manager makes up. Gives its ARN. */
  private generated(
    stage: Stage,
    name: 'quote-signing' | 'origin-proof',
    { description, unrotated }: { readonly description: string; readonly unrotated: string },
  ): string {
    const id = name.split('-').map(titled).join('');
    const secret = new CfnSecret(this, id, {
      name: secretName(stage, name),
      description,
      ...this.secretKey(),
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    secret.applyRemovalPolicy(removalOf(stage));
    acknowledge(secret, 'AwsSolutions-SMG4', unrotated);
    return secret.ref;
  }

  private secretKey(): { kmsKeyId?: string } {
    return this.key === undefined ? {} : { kmsKeyId: this.key.keyArn };
  }
}

const titled = (kind: string): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;

function secretName(stage: Stage, name: SecretName | 'origin-proof'): string {
  return keptName(stage, `entrepot/${stage.name}/${name}`);
}
