import { describe, expect, it } from 'vitest';
import { checkKnown } from '../../infra/local/assembly/check-known.ts';
import { subjects } from '../../shared/lake/subjects/index.ts';
import { views } from '../../shared/lake/views/index.ts';
import { synthesise } from './synthesise.ts';

const asking = synthesise('sandbox', { context: { lakeAthena: 'true' } });
const tables = asking.ofType('AWS::Glue::Table').map(({ TableInput }) => TableInput);
const tableOf = (name: string) => tables.find((each) => each.Name === name);

describe('Athena', () => {
  it('exists only where the stage asks for it', () => {
    const without = synthesise('sandbox');
    for (const type of ['AWS::Glue::Database', 'AWS::Glue::Table', 'AWS::Athena::WorkGroup'])
      expect(without.ofType(type)).toEqual([]);
    expect(() => synthesise('sandbox', { context: { lakeAthena: 'yes' } })).toThrow('lakeAthena');
  });

  it('has each table of the lake with its columns, and each view', () => {
    expect(tables.map(({ Name }) => Name).sort()).toEqual(
      [...subjects, ...views].map(({ name }) => name).sort(),
    );
    for (const { name, columns } of subjects) {
      const { StorageDescriptor, PartitionKeys } = tableOf(name);
      const named = StorageDescriptor.Columns.map((column: { Name: string }) => column.Name);
      expect([...named, 'day'].sort(), name).toEqual(Object.keys(columns).sort());
      expect(PartitionKeys).toEqual([{ Name: 'day', Type: 'date' }]);
    }
    const types = Object.fromEntries(
      tableOf('orders').StorageDescriptor.Columns.map((each: { Name: string; Type: string }) => [
        each.Name,
        each.Type,
      ]),
    );
    expect(types).toMatchObject({
      total_minor: 'bigint',
      occurred_at: 'timestamp',
      row_no: 'int',
      country: 'string',
    });
  });

  it('computes the days from the names of the folders in which the tables are', () => {
    const { Parameters, StorageDescriptor } = tableOf('orders');
    const [, [, bucket, prefix]] = [0, StorageDescriptor.Location['Fn::Join'][1]];
    expect([bucket.Ref, prefix]).toEqual([expect.stringMatching(/^LakeBucket/), '/tables/v1/orders/']);
    expect(Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy-MM-dd',
    });
    expect(JSON.stringify(Parameters['storage.location.template'])).toContain(
      `/tables/v1/orders/day=${'$'}{day}/`,
    );
  });

  it.each(views)('has the SQL of the view $name as it is, and its columns', ({ name, sql, columns }) => {
    const { TableType, Parameters, ViewOriginalText, StorageDescriptor } = tableOf(name);
    expect([TableType, Parameters.presto_view]).toEqual(['VIRTUAL_VIEW', 'true']);
    const [, text = ''] = /^\/\* Presto View: ([\w+/=]+) \*\/$/.exec(ViewOriginalText) ?? [];
    const view = JSON.parse(Buffer.from(text, 'base64').toString());
    expect(view).toMatchObject({ originalSql: sql, schema: 'entrepot_sandbox_lake' });
    expect(view.columns.map((each: { name: string }) => each.name)).toEqual(Object.keys(columns));
    expect(StorageDescriptor.Columns.map((each: { Name: string }) => each.Name)).toEqual(
      Object.keys(columns),
    );
  });

  it('reads at most ten gigabytes for a question, and keeps encrypted results for a week', () => {
    const [group] = asking.ofType('AWS::Athena::WorkGroup');
    expect(group?.WorkGroupConfiguration).toMatchObject({
      ...{ EnforceWorkGroupConfiguration: true, BytesScannedCutoffPerQuery: 10_000_000_000 },
      ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } },
    });
    const rules = asking.ofType('AWS::S3::Bucket')[0]?.LifecycleConfiguration.Rules;
    const results = rules.filter(({ Prefix }: { readonly Prefix?: string }) => Prefix === 'athena/');
    expect(results).toMatchObject([{ ExpirationInDays: 7 }]);
    const own = synthesise('sandbox', { context: { lakeAthena: 'true', ownKey: 'true' } });
    const [ownGroup] = own.ofType('AWS::Athena::WorkGroup');
    expect(ownGroup?.WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration).toMatchObject({
      EncryptionOption: 'SSE_KMS',
    });
  });

  it('is known to the local cloud, which does nothing with it', () => {
    for (const type of ['AWS::Glue::Database', 'AWS::Glue::Table', 'AWS::Athena::WorkGroup'])
      for (const { logicalId: _id, ...properties } of asking.ofType(type))
        expect(checkKnown(type, properties)).toEqual([]);
  });
});
