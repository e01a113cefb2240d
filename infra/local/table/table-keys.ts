import type { Resource } from '../cloud-parts.ts';
import { isTable } from './create-tables.ts';

/** The key attributes of a table, and those of its global indexes by index name. */
export interface TableKeys extends KeyAttributes {
  readonly indexes: ReadonlyMap<string, KeyAttributes>;
}

export interface KeyAttributes {
  readonly partitionKey: string;
  readonly sortKey: string | undefined;
}

type Schema = readonly { readonly AttributeName: string; readonly KeyType: string }[];

/** The keys of each declared table, by table name. */
export function keysOfTables(resources: readonly Resource[]): ReadonlyMap<string, TableKeys> {
  return new Map(
    resources.filter(isTable).map(({ ref, properties }) => {
      const indexes = (properties.GlobalSecondaryIndexes ?? []) as { IndexName: string; KeySchema: Schema }[];
      return [
        ref,
        {
          ...attributesOf(properties.KeySchema as Schema),
          indexes: new Map(indexes.map(({ IndexName, KeySchema }) => [IndexName, attributesOf(KeySchema)])),
        },
      ];
    }),
  );
}

function attributesOf(schema: Schema): KeyAttributes {
  const named = (type: string) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  return { partitionKey: named('HASH') ?? '', sortKey: named('RANGE') };
}
