import type { Resource } from '../cloud-parts.ts';
import { checkKnown } from './check-known.ts';
import { type Identity, type IdentityInput, identities } from './identities.ts';
import { noValue, resolve, resolveCondition, type Scope } from './intrinsics.ts';
import { readStacks, type Stack, type TemplateResource } from './stacks.ts';

/** The folder of an assembly, and the values that replace those of an AWS account. */
export interface AssemblyOptions {
  readonly assemblyDir: string;
  readonly region: string;
  readonly account: string;
  /** Where the HTTP API answers on this machine, without a trailing slash. */
  readonly apiUrl: string;
  /** Values for template parameters that have no default. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A synthesised app in which every value is resolved. */
export interface Assembly {
  readonly resources: readonly Resource[];
  /** Outputs of each stack, by stack name and output id. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The folder of a function's bundled code, found by the `S3Key` of the function's `Code` property. */
  assetPath(objectKey: string): string | undefined;
}

/**
 * Reads a cloud assembly and resolves it as CloudFormation would do at a deployment.
 *
 * Throws one Error that lists every resource type, property and value that the local cloud does not understand. Each
 * is named by its logical id and construct path. So a user sees all of them before anything starts.
 */
export function readAssembly(options: AssemblyOptions): Assembly {
  const stacks = readStacks(options.assemblyDir);
  const problems: string[] = [];
  const exported = new Map<string, () => unknown>();
  const outside: Outside = {
    exported: (name) => exportedValue(exported, name),
    output: (stack, name) => outputValue(stacks, readers, { stack, name }),
  };
  const readers = stacks.map((stack) => readStack(stack, options, outside));
  for (const [index, { template }] of stacks.entries()) {
    const scope = readers[index]?.scope;
    if (scope === undefined) continue;
    for (const { Value, Export } of Object.values(template.Outputs ?? {})) {
      if (Export !== undefined) {
        exported.set(String(resolve(Export.Name, scope)), () => resolve(Value, scope));
      }
    }
  }
  const resources = readers.flatMap((reader) => reader.resources(problems));
  const outputs = Object.fromEntries(readers.map((reader) => [reader.name, reader.outputs(problems)]));
  if (problems.length > 0) {
    const list = problems.map((problem) => `  - ${problem}`).join('\n');
    throw new Error(`The local cloud does not understand the synthesised templates:\n${list}`);
  }
  const assetPaths = new Map(stacks.flatMap((stack) => [...stack.assetPaths]));
  return { resources, outputs, assetPath: (objectKey) => assetPaths.get(objectKey) };
}

function exportedValue(exported: ReadonlyMap<string, () => unknown>, name: string): unknown {
  const give = exported.get(name);
  if (give === undefined) throw new Error(`no stack exports ${name}`);
  return give();
}

/** What a stack reads of others. */
type Outside = Pick<Scope, 'exported' | 'output'>;

function outputValue(
  stacks: readonly Stack[],
  readers: readonly StackReader[],
  { stack, name }: { readonly stack: string; readonly name: string },
): unknown {
  const index = stacks.findIndex((each) => each.name === stack);
  const { Value } = stacks[index]?.template.Outputs?.[name] ?? {};
  const scope = readers[index]?.scope;
  if (Value === undefined || scope === undefined) throw new Error(`no stack ${stack} has an output ${name}`);
  return resolve(Value, scope);
}

interface StackReader {
  readonly name: string;
  readonly scope: Scope;
  resources(problems: string[]): Resource[];
  outputs(problems: string[]): Record<string, unknown>;
}

function readStack(stack: Stack, options: AssemblyOptions, outside: Outside): StackReader {
  const { template, name } = stack;
  const identified = new Map<string, Identity>();
  const pseudo = pseudoParameters(name, options);
  const scope: Scope = {
    ref: (target) => {
      if (target in pseudo) return pseudo[target];
      if (template.Parameters?.[target] !== undefined)
        return parameterOf(template, target, options.parameters);
      return identify(target).ref;
    },
    attribute: (logicalId, attribute) => {
      const value = identify(logicalId).attributes[attribute];
      if (value === undefined) throw new Error(`Fn::GetAtt ${logicalId}.${attribute} is not known`);
      return value;
    },
    condition: (condition) => {
      const body = template.Conditions?.[condition];
      if (body === undefined) throw new Error(`the condition ${condition} is not in the template`);
      return resolveCondition(body, scope);
    },
    mapping: (map, first, second) => {
      const value = template.Mappings?.[map]?.[first]?.[second];
      if (value === undefined) throw new Error(`the mapping ${map} has no ${first}.${second}`);
      return value;
    },
    ...outside,
  };

  function identify(logicalId: string): Identity {
    const known = identified.get(logicalId);
    if (known !== undefined) return known;
    const resource = template.Resources?.[logicalId];
    if (resource === undefined) throw new Error(`${logicalId} is not in the template`);
    const give = identities[resource.Type];
    if (give === undefined) throw new Error(`${logicalId} is of the unknown type ${resource.Type}`);
    const input: IdentityInput = {
      logicalId,
      stack: name,
      region: options.region,
      account: options.account,
      apiUrl: options.apiUrl,
      property: (property) => {
        const given = resolve(resource.Properties?.[property], scope);
        return given === noValue ? undefined : given;
      },
    };
    const identity = give(input);
    identified.set(logicalId, identity);
    return identity;
  }

  function read(logicalId: string, resource: TemplateResource): Resource {
    const { ref, attributes } = identify(logicalId);
    const resolved = resolve(resource.Properties ?? {}, scope) as Record<string, unknown>;
    const properties = withLocalUrls(resolved, options) as Record<string, unknown>;
    const { Type: type, Metadata: metadata = {} } = resource;
    return { logicalId, stack: name, type, properties, metadata, ref, attributes };
  }

  return {
    name,
    scope,
    resources: (problems) =>
      Object.entries(template.Resources ?? {}).flatMap(([logicalId, resource]) => {
        const path = resource.Metadata?.['aws:cdk:path'] ?? stack.constructPaths.get(logicalId) ?? name;
        const where = `${logicalId} (${String(path)})`;
        try {
          if (resource.Condition !== undefined && !scope.condition(resource.Condition)) return [];
          const unknown = checkKnown(resource.Type, resource.Properties ?? {});
          problems.push(...unknown.map((problem) => `${where}: ${problem}`));
          return unknown.length > 0 ? [] : [read(logicalId, resource)];
        } catch (error) {
          problems.push(`${where}: ${(error as Error).message}`);
          return [];
        }
      }),
    outputs: (problems) => {
      const given = Object.entries(template.Outputs ?? {}).flatMap(([id, { Value }]) => {
        try {
          return [[id, withLocalUrls(resolve(Value, scope), options)] as const];
        } catch (error) {
          problems.push(`output ${id} of ${name}: ${(error as Error).message}`);
          return [];
        }
      });
      return Object.fromEntries(given);
    },
  };
}

/** The names that a template may refer to without a declaration (CloudFormation user guide, "Pseudo parameters"). */
function pseudoParameters(
  stack: string,
  { region, account }: Pick<AssemblyOptions, 'region' | 'account'>,
): Readonly<Record<string, unknown>> {
  return {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stack}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': noValue,
  };
}

function parameterOf(
  template: Stack['template'],
  target: string,
  given: AssemblyOptions['parameters'],
): unknown {
  const { Default, Type } = template.Parameters?.[target] ?? {};
  const value = given?.[target] ?? Default;
  if (value === undefined) throw new Error(`the parameter ${target} has no value`);
  if (Type?.startsWith('AWS::SSM::Parameter::Value') && given?.[target] === undefined) {
    // The parameter's default is the name of a parameter in an AWS account. The local cloud has no such store.
    throw new Error(`the parameter ${target} is read from Systems Manager, which is not run locally`);
  }
  return value;
}

// CDK builds an API's URL from the API's id instead of using ApiEndpoint. The local cloud answers at its own URL.
function withLocalUrls(value: unknown, options: AssemblyOptions): unknown {
  if (typeof value === 'string') {
    return value.replace(/https:\/\/[0-9a-f]{10}\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g, options.apiUrl);
  }
  if (Array.isArray(value)) return value.map((item) => withLocalUrls(item, options));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withLocalUrls(item, options)] as const),
  );
}
