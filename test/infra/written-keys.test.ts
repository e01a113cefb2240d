import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionName } from '../../events/names.ts';
import { triggerList } from '../../events/triggers.ts';
import { OF_SHOPPERS, SET_UP } from '../../infra/constructs/written-keys.ts';
import { type Properties, synthesise, targetOf } from './synthesise.ts';

interface Statement {
  readonly Action: string | string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const listOf = <Item>(value: Item | Item[]): Item[] => (Array.isArray(value) ? value : [value]);

function statementsBy(ofType: (type: string) => Properties[]) {
  const roles = ofType('AWS::IAM::Role');
  return (name: string): Statement[] => {
    const handler = ofType('AWS::Lambda::Function').find(({ FunctionName }) => FunctionName === name);
    const role = roles.find(({ logicalId }) => logicalId === targetOf(handler?.Role));
    return role?.Policies.flatMap(
      (policy: { PolicyDocument: { Statement: Statement[] } }) => policy.PolicyDocument.Statement,
    );
  };
}

const writes = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];

describe('the items that a function may write', () => {
  it('are known for every key of the table: shoppers cause them, or operators and jobs do', () => {
    const page = readFileSync('shared/aws/table.ts', 'utf8');
    const keys = [...page.matchAll(/^ \* \| ([A-Z][^ |{]*)/gm)].map(([, start]) => start ?? '');
    expect(keys.length).toBeGreaterThan(20);
    const known = [...OF_SHOPPERS, ...SET_UP];
    expect(known.filter((start, place) => known.indexOf(start) !== place)).toEqual([]);
    expect([...new Set(keys)].toSorted()).toEqual(known.toSorted());
  });

  const statementsOf = statementsBy(synthesise().ofType);
  const open = triggerList.filter(([, each]) => each.kind === 'http' && each.access.kind !== 'scope');

  it.each(open)('are those of shoppers in %s', (id) => {
    const writing = statementsOf(functionName('local', id)).filter(({ Action }) =>
      listOf(Action).some((action) => writes.includes(action)),
    );
    for (const { Action, Condition } of writing) {
      expect(Condition).toEqual({
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': OF_SHOPPERS.map((start) => `${start}*`) },
      });
      expect(listOf(Action).filter((action) => !writes.includes(action))).toEqual([]);
    }
  });

  it('are written by some of these functions, so that the condition counts', () => {
    const bound = open.filter(([, { table = [] }]) => table.some((action) => action === 'put'));
    expect(bound.map(([id]) => id)).toEqual(
      expect.arrayContaining(['1-quote/post-quote', '2-order/post-order']),
    );
  });
});

describe('the own key of a stage', () => {
  it('is used through the table and the secrets only, and through the bucket by functions of the lake', () => {
    const statementsOf = statementsBy(synthesise('production', { context: { ownKey: 'true' } }).ofType);
    const through = (name: string) => ({
      'Fn::Join': ['', [`${name}.`, { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]],
    });
    const ofAll = { StringEquals: { 'kms:ViaService': ['dynamodb', 'secretsmanager'].map(through) } };
    const ofTheLake = { StringEquals: { 'kms:ViaService': through('s3') } };
    const found = { ofAll: 0, ofTheLake: 0 };
    for (const [id, { lake = [] }] of triggerList)
      for (const { Action, Condition } of statementsOf(functionName('production', id))) {
        if (!listOf(Action).some((action) => action.startsWith('kms:'))) continue;
        const forTheLake = lake.length > 0 && JSON.stringify(Condition).includes('s3.');
        expect(Condition, id).toEqual(forTheLake ? ofTheLake : ofAll);
        found[forTheLake ? 'ofTheLake' : 'ofAll'] += 1;
      }
    expect(found.ofAll).toBeGreaterThan(30);
    expect(found.ofTheLake).toBeGreaterThan(0);
  });
});
