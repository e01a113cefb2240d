import { describe, expect, test } from 'vitest';
import { type Assembly, readAssembly } from '../../../infra/local/assembly/read-assembly.ts';
import { functionResource, makeAssembly, type TestResource, tableResource } from './make-assembly.ts';

const place = { region: 'eu-central-1', account: '000000000000', apiUrl: 'http://127.0.0.1:8080' };

function read(
  resources: Record<string, TestResource>,
  handlers: Record<string, string> = {},
  sections: Record<string, unknown> = {},
): Assembly {
  return readAssembly({ assemblyDir: makeAssembly(resources, handlers, sections), ...place });
}

/** The environment that a function gets when its template writes these variables. */
function environmentOf(variables: Record<string, unknown>, sections: Record<string, unknown> = {}): unknown {
  const Environment = { Variables: variables };
  const resources = {
    Table: tableResource,
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders-dead' } },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
    Works: functionResource('works', { Environment }),
  };
  const assembly = read(resources, { works: '' }, sections);
  const found = assembly.resources.find(({ logicalId }) => logicalId === 'Works');
  return (found?.properties.Environment as { Variables: unknown } | undefined)?.Variables;
}

describe('reading a cloud assembly', () => {
  test('resolves references to names, ARNs and pseudo parameters', () => {
    const variables = {
      TABLE: { Ref: 'Table' },
      TABLE_ARN: { 'Fn::GetAtt': ['Table', 'Arn'] },
      QUEUE: { Ref: 'Dead' },
      QUEUE_ARN: { 'Fn::GetAtt': ['Dead', 'Arn'] },
      PLACE: {
        'Fn::Join': ['/', [{ Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }, { Ref: 'AWS::Partition' }]],
      },
    };
    expect(environmentOf(variables)).toEqual({
      TABLE: 'Records',
      TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:000000000000:table/Records',
      QUEUE: 'https://sqs.eu-central-1.amazonaws.com/000000000000/orders-dead',
      QUEUE_ARN: 'arn:aws:sqs:eu-central-1:000000000000:orders-dead',
      PLACE: 'eu-central-1/000000000000/aws',
    });
  });

  test('resolves the other intrinsic functions', () => {
    const dollar = '$';
    const variables = {
      SUB: { 'Fn::Sub': `${dollar}{Table}-${dollar}{Dead.Arn}-${dollar}{!Plain}` },
      SUB_LIST: { 'Fn::Sub': [`a-${dollar}{X}`, { X: { Ref: 'Table' } }] },
      PICK: { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] },
      CHOICE: { 'Fn::If': ['IsLive', 'live', 'test'] },
      GONE: { 'Fn::If': ['IsLive', { Ref: 'AWS::NoValue' }, 'kept'] },
      MAPPED: { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] },
      CODED: { 'Fn::Base64': 'abc' },
    };
    const sections = {
      Parameters: {
        Stage: { Type: 'String', Default: 'live' },
        BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/x/version' },
      },
      Conditions: {
        IsLive: {
          'Fn::And': [{ 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] }, { 'Fn::Not': [{ Condition: 'No' }] }],
        },
        No: { 'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }] },
      },
      Mappings: { Sizes: { live: { memory: '512' } } },
    };
    expect(environmentOf(variables, sections)).toEqual({
      SUB: `Records-arn:aws:sqs:eu-central-1:000000000000:orders-dead-${dollar}{Plain}`,
      SUB_LIST: 'a-Records',
      PICK: 'b',
      CHOICE: 'live',
      MAPPED: '512',
      CODED: 'YWJj',
    });
  });

  test('resolves values that another stack exports', () => {
    const sections = { Outputs: { Out: { Value: { Ref: 'Table' }, Export: { Name: 'Shop:Table' } } } };
    expect(environmentOf({ TABLE: { 'Fn::ImportValue': 'Shop:Table' } }, sections)).toEqual({
      TABLE: 'Records',
    });
  });

  test('uses this machine’s address where a template composes the address of the API', () => {
    const url = {
      'Fn::Join': [
        '',
        ['https://', { Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.amazonaws.com/v1'],
      ],
    };
    expect(environmentOf({ URL: url })).toEqual({ URL: 'http://127.0.0.1:8080/v1' });
  });

  test('gives the same generated names on every start, within the length limits of the service', () => {
    const long = 'Q'.repeat(100);
    const names = [1, 2].map(
      () => read({ [long]: { Type: 'AWS::SQS::Queue' } }).resources[0]?.attributes.QueueName,
    );
    expect(names[0]).toBe(`Shop-${long}`.slice(0, 80));
    expect(names[1]).toBe(names[0]);
  });

  test('leaves out a resource if its condition is false', () => {
    const resources = { Queue: { Type: 'AWS::SQS::Queue', Condition: 'Never' } };
    const sections = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
    expect(read(resources, {}, sections).resources).toEqual([]);
  });

  test('finds the bundled code of a function', () => {
    const assembly = read({ Works: functionResource('works') }, { works: '' });
    expect(assembly.assetPath('works.zip')).toMatch(/asset\.works$/);
  });

  test('refuses every unknown construct at once, with logical id and construct path', () => {
    const resources = {
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Metadata: { 'aws:cdk:path': 'Shop/Flow/Machine' },
      },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { Colour: 'red', RedrivePolicy: { wings: 2 } } },
      Works: functionResource('works', { Environment: { Variables: { X: { 'Fn::Cidr': [] } } } }),
      Fed: functionResource('fed', { Environment: { Variables: { X: { Ref: 'Nobody' } } } }),
    };
    const message = messageOf(() => read(resources, { works: '', fed: '' }));
    expect(message).toContain(
      'Machine (Shop/Flow/Machine): the resource type AWS::StepFunctions::StateMachine is not known',
    );
    expect(message).toContain('Queue (Shop): the property Colour of AWS::SQS::Queue is not known');
    expect(message).toContain(
      'Queue (Shop): the property RedrivePolicy.wings of AWS::SQS::Queue is not known',
    );
    expect(message).toContain('Works (Shop): the intrinsic function Fn::Cidr is not known');
    expect(message).toContain('Fed (Shop): Nobody is not in the template');
  });

  test('says what to do if there is no assembly', () => {
    expect(() => readAssembly({ assemblyDir: '/nowhere', ...place })).toThrow('cdk synth');
  });
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it did not throw');
}
