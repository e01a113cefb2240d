import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
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
import type { SecretName } from '../../events/triggers.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { EncryptionKey } from '../constructs/encryption-key.ts';
import { logGroupName, stageWide } from '../constructs/names.ts';
import { removalOf } from '../constructs/removal.ts';
import type { Stage } from '../stages.ts';

export interface StatefulStackProps extends StackProps {
  readonly stage: Stage;
}

/** Resources that must survive every deployment: the table, the bus with its archive, the secrets and the log. */
export class StatefulStack extends Stack {
  /** The stage's own key; undefined where AWS's keys encrypt. */
  readonly key: EncryptionKey | undefined;
  /** The log of all functions. */
  readonly log: LogGroup;
  readonly table: Table;
  readonly bus: EventBus;
  readonly secretArns: Readonly<Record<SecretName, string>>;

  constructor(scope: Construct, id: string, { stage, ...props }: StatefulStackProps) {
    super(scope, id, { ...props, terminationProtection: stage.keepsData });
    this.key = stage.ownKey ? new EncryptionKey(this, 'Key', stage) : undefined;
    this.log = new LogGroup(this, 'Log', {
      logGroupName: logGroupName(stage.name),
      retention: stage.logRetentionDays as RetentionDays,
      removalPolicy: removalOf(stage),
    });
    this.table = this.createTable(stage);
    this.bus = this.createBus(stage);
    this.secretArns = this.createSecrets(stage);
  }

  private createTable(stage: Stage): Table {
    const table = new Table(this, 'Table', {
      tableName: stageWide(stage.name),
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
  // data can be erased without changing the archive.
  private createBus(stage: Stage): EventBus {
    const bus = new EventBus(this, 'Bus', {
      eventBusName: stageWide(stage.name),
      description: 'Facts of orders and due work',
    });
    bus.applyRemovalPolicy(removalOf(stage));
    bus.archive('Archive', {
      archiveName: stageWide(stage.name),
      description: 'Every event, so that a repaired or new consumer can receive it again',
      eventPattern: { source: ['entrepot'] },
      retention: Duration.days(stage.archiveRetentionDays),
    });
    return bus;
  }

  private createSecrets(stage: Stage): Record<SecretName, string> {
    const quoteSigning = new CfnSecret(this, 'QuoteSigning', {
      name: secretName(stage, 'quote-signing'),
      description: 'Signs quotes, so that an order can trust the price in its quote',
      ...this.secretKey(),
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    quoteSigning.applyRemovalPolicy(removalOf(stage));
    acknowledge(
      quoteSigning,
      'AwsSolutions-SMG4',
      'An automatic rotation would make every quote of the last 30 minutes invalid. An operator changes the key by hand when others may know it.',
    );
    const partners = callbackKinds.map((kind) => {
      const name = `partners-${kind}` as const;
      const secret = new CfnSecret(this, `Partners${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, {
        name: secretName(stage, name),
        description: `The settings of each ${kind} partner, by the partner's code`,
        ...this.secretKey(),
        // At first there is no partner. The operator stores the settings after the first deployment.
        secretString: '{}',
      });
      secret.applyRemovalPolicy(removalOf(stage));
      acknowledge(
        secret,
        'AwsSolutions-SMG4',
        'Partners issue these keys, and operators rotate them in the consoles of the partners. A rotation by AWS could not give the partner the new value.',
      );
      return [name, secret.ref] as const;
    });
    return { ...Object.fromEntries(partners), 'quote-signing': quoteSigning.ref } as Record<
      SecretName,
      string
    >;
  }

  private secretKey(): { kmsKeyId?: string } {
    return this.key === undefined ? {} : { kmsKeyId: this.key.keyArn };
  }
}

function secretName(stage: Stage, name: SecretName): string {
  return `entrepot/${stage.name}/${name}`;
}
