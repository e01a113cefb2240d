/** The names that a template value may refer to. Each function throws an Error that says what is missing. */
export interface Scope {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
  exported(name: string): unknown;
  /** The output of another stack. */
  output(stack: string, name: string): unknown;
}

/** The value of a property that the template removes with `AWS::NoValue`. */
export const noValue = Symbol('AWS::NoValue');

/**
 * Replaces each CloudFormation intrinsic function in a template value with its result.
 *
 * Throws an Error that names the function when the function is not known, or when it refers to something that does
 * not exist. A value that is only partly resolved must not reach a running function.
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && isIntrinsic(only[0])) {
    const give = intrinsics[only[0]];
    if (give === undefined) throw new Error(`the intrinsic function ${only[0]} is not known`);
    return give(only[1], scope);
  }
  const resolved: Record<string, unknown> = {};
  for (const [key, item] of entries) {
    const given = resolve(item, scope);
    if (given !== noValue) resolved[key] = given;
  }
  return resolved;
}

/** Resolves a condition of a template or of `Fn::If`: `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not`. */
export function resolveCondition(value: unknown, scope: Scope): boolean {
  return resolve(value, scope) === true;
}

// `Condition` is an intrinsic function only when its value is a name: an IAM statement has an ordinary key
// `Condition`.
function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

const intrinsics: Record<string, (argument: unknown, scope: Scope) => unknown> = {
  Ref: (argument, scope) => scope.ref(text(argument)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : list(argument);
    return scope.attribute(text(logicalId), attribute.map((part) => text(resolve(part, scope))).join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, items] = list(argument);
    return list(resolve(items, scope)).map(text).join(text(separator));
  },
  'Fn::Sub': (argument, scope) => substitute(argument, scope),
  'Fn::Select': (argument, scope) => {
    const [index, items] = list(argument);
    const chosen = list(resolve(items, scope))[Number(resolve(index, scope))];
    if (chosen === undefined) throw new Error('Fn::Select asks for an item that the list does not have');
    return chosen;
  },
  'Fn::Split': (argument, scope) => {
    const [separator, whole] = list(argument);
    return text(resolve(whole, scope)).split(text(separator));
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = list(argument);
    return resolve(scope.condition(text(name)) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(argument);
    return JSON.stringify(resolve(left, scope)) === JSON.stringify(resolve(right, scope));
  },
  'Fn::And': (argument, scope) => list(argument).every((item) => truth(item, scope)),
  'Fn::Or': (argument, scope) => list(argument).some((item) => truth(item, scope)),
  'Fn::Not': (argument, scope) => !truth(list(argument)[0], scope),
  'Fn::ImportValue': (argument, scope) => scope.exported(text(resolve(argument, scope))),
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName } = Object(resolve(argument, scope)) as Readonly<Record<string, unknown>>;
    return scope.output(text(StackName), text(OutputName));
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = list(resolve(argument, scope)).map(text);
    return scope.mapping(text(map), text(first), text(second));
  },
  'Fn::Base64': (argument, scope) => Buffer.from(text(resolve(argument, scope))).toString('base64'),
  'Fn::Length': (argument, scope) => list(resolve(argument, scope)).length,
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(resolve(argument, scope)),
};

function truth(item: unknown, scope: Scope): boolean {
  if (typeof item === 'object' && item !== null && 'Condition' in item) {
    return scope.condition(text(item.Condition));
  }
  return resolve(item, scope) === true;
}

function substitute(argument: unknown, scope: Scope): string {
  const [template, given] = typeof argument === 'string' ? [argument, {}] : list(argument);
  const variables = (given ?? {}) as Record<string, unknown>;
  return text(template).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (name in variables) return text(resolve(variables[name], scope));
    const dot = name.indexOf('.');
    return text(dot < 0 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1)));
  });
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`text expected where the template gives ${JSON.stringify(value)}`);
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`a list expected where the template gives ${JSON.stringify(value)}`);
}
