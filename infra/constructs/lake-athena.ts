import { Aws } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { stageWide } from '../../events/names.ts';
import { tablePrefix } from '../../shared/lake/lake-keys.ts';
import type { ColumnType } from '../../shared/lake/subject.ts';
import { subjects } from '../../shared/lake/subjects/index.ts';
import { views } from '../../shared/lake/views/index.ts';
import type { Stage } from '../stages.ts';
import type { EncryptionKey } from './encryption-key.ts';

/** Where Athena writes results. They are deleted after a week. */
export const RESULTS = 'athena/';
/** A question that would read more is stopped: at the list price of $5 a terabyte, 5 cents. */
const MAX_BYTES = 10_000_000_000;
/** The first day that a table may have. Athena makes the names of the days' folders from here to the present day. */
const FIRST_DAY = '2026-01-01';

/** The types of columns as Hive names them, in which Glue keeps tables. */
const hiveTypes: Readonly<Record<ColumnType, string>> = {
  VARCHAR: 'string',
  BIGINT: 'bigint',
  INTEGER: 'int',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
};

export interface LakeAthenaProps {
  readonly stage: Stage;
  readonly key: EncryptionKey | undefined;
  readonly bucket: Bucket;
}

/**
 * The tables and views of the lake for Athena: the same files and the same definitions that DuckDB reads. The days of a
 * table are computed from the names of their folders, so that nothing has to be registered when a day begins.
 */
export class LakeAthena extends Construct {
  constructor(scope: Construct, id: string, { stage, key, bucket }: LakeAthenaProps) {
    super(scope, id);
    const databaseName = stageWide(stage.name, 'lake').replaceAll('-', '_');
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: databaseName, description: 'Tables and views of the lake' },
    });
    const add = (tableInput: CfnTable.TableInputProperty & { readonly name: string }) => {
      new CfnTable(this, `Table_${tableInput.name}`, {
        catalogId: Aws.ACCOUNT_ID,
        databaseName,
        tableInput,
      }).addResourceDependency(database);
    };
    for (const { name, says, columns } of subjects)
      add({
        ...{ name, description: says, tableType: 'EXTERNAL_TABLE' },
        parameters: daysOf(`s3://${bucket.bucketName}/${tablePrefix(name)}`),
        partitionKeys: [{ name: 'day', type: 'date' }],
        storageDescriptor: {
          location: `s3://${bucket.bucketName}/${tablePrefix(name)}`,
          columns: Object.entries(columns)
            // The folder's name has the day, and a table has no column twice.
            .filter(([column]) => column !== 'day')
            .map(([column, { type, says: comment }]) => ({ name: column, type: hiveTypes[type], comment })),
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: {
            serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
          },
        },
      });
    for (const { name, says, sql, columns } of views)
      add({
        ...{ name, description: says, tableType: 'VIRTUAL_VIEW', parameters: { presto_view: 'true' } },
        viewOriginalText: prestoView(databaseName, sql, columns),
        viewExpandedText: '/* Presto View */',
        storageDescriptor: {
          columns: Object.entries(columns).map(([column, type]) => ({ name: column, type: hiveTypes[type] })),
          serdeInfo: {},
        },
      });
    this.createWorkGroup({ stage, key, bucket });
  }

  /** Who asks, asks with these limits: nobody can choose another place for results. */
  private createWorkGroup({ stage, key, bucket }: LakeAthenaProps): void {
    new CfnWorkGroup(this, 'WorkGroup', {
      name: stageWide(stage.name, 'lake'),
      description: 'Questions to the lake',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: MAX_BYTES,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${bucket.bucketName}/${RESULTS}`,
          expectedBucketOwner: Aws.ACCOUNT_ID,
          encryptionConfiguration:
            key === undefined
              ? { encryptionOption: 'SSE_S3' }
              : { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn },
        },
      },
    });
  }
}

/** The properties by which Athena computes the days of a table (Athena user guide, "Partition projection"). */
const daysOf = (location: string): Record<string, string> => ({
  EXTERNAL: 'TRUE',
  classification: 'parquet',
  'projection.enabled': 'true',
  'projection.day.type': 'date',
  'projection.day.format': 'yyyy-MM-dd',
  'projection.day.range': `${FIRST_DAY},NOW+1DAYS`,
  'projection.day.interval': '1',
  'projection.day.interval.unit': 'DAYS',
  'storage.location.template': `${location}day=\${day}/`,
});

/** A view as Athena keeps it in Glue: JSON in base 64, with the types that Trino has. */
function prestoView(
  schema: string,
  originalSql: string,
  columns: Readonly<Record<string, ColumnType>>,
): string {
  const types = { TIMESTAMP: 'timestamp(3)' } as Partial<Record<ColumnType, string>>;
  const definition = {
    ...{ originalSql, catalog: 'awsdatacatalog', schema },
    columns: Object.entries(columns).map(([name, type]) => ({
      name,
      type: types[type] ?? type.toLowerCase(),
    })),
  };
  return `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`;
}
