/** A route of an HTTP API by its key: `GET /v1/orders/{orderId}`, `ANY /{proxy+}` or `$default`. */
export interface Keyed {
  readonly routeKey: string;
}

/** The route for a request, with the values of its path parameters. */
interface RouteMatch<R> {
  readonly route: R;
  /** Decoded values by parameter name; undefined when the route has no parameters. */
  readonly pathParameters?: Readonly<Record<string, string>>;
}

export interface RouteTable<R> {
  /** Finds the route for a method and the decoded segments of a path. */
  match(method: string, segments: readonly string[]): RouteMatch<R> | undefined;
}

interface Branch<R> {
  readonly literals: Map<string, Branch<R>>;
  parameter?: Branch<R>;
  /** The routes that end at this segment, by method. */
  readonly ends: Map<string, Leaf<R>>;
  /** The routes that end at this segment with a greedy parameter, by method. */
  readonly greedy: Map<string, Leaf<R>>;
}

interface Leaf<R> {
  readonly route: R;
  readonly parameterNames: readonly string[];
}

/**
 * Makes the route table of an HTTP API. A full match goes before a greedy one, and both go before `$default` (API
 * Gateway developer guide, "Routing API requests"). Between two matches of one kind, segments are compared from the
 * left: a literal segment goes before a parameter. A named method goes before ANY. Throws an Error for a route key
 * that is not understood or appears twice.
 */
export function createRouteTable<R extends Keyed>(routes: readonly R[]): RouteTable<R> {
  const root = createBranch<R>();
  let fallback: R | undefined;
  for (const route of routes) {
    if (route.routeKey === '$default') fallback = route;
    else addRoute(root, route);
  }
  return {
    match: (method, segments) => {
      const found =
        search(root, { method, segments, greedily: false }, 0, []) ??
        search(root, { method, segments, greedily: true }, 0, []);
      if (found !== undefined) return found;
      return fallback === undefined ? undefined : { route: fallback };
    },
  };
}

function addRoute<R extends Keyed>(root: Branch<R>, route: R): void {
  const [, method, path] = /^([A-Z]+) \/(.*)$/.exec(route.routeKey) ?? [];
  if (method === undefined || path === undefined)
    throw new Error(`the route key ${route.routeKey} is not understood`);
  const parameterNames: string[] = [];
  const segments = path.split('/');
  let branch = root;
  let ends = branch.ends;
  for (const [index, segment] of segments.entries()) {
    const [, name, plus] = /^\{([\w.:-]+)(\+?)\}$/.exec(segment) ?? [];
    if (name === undefined) branch = childOf(branch, segment);
    else if (plus === '') {
      branch.parameter ??= createBranch();
      branch = branch.parameter;
    } else if (index < segments.length - 1) {
      throw new Error(`the route key ${route.routeKey} has a greedy parameter before its end`);
    }
    if (name !== undefined) parameterNames.push(name);
    ends = plus === '+' ? branch.greedy : branch.ends;
  }
  if (ends.has(method)) throw new Error(`the route ${route.routeKey} is declared twice`);
  ends.set(method, { route, parameterNames });
}

interface Asked {
  readonly method: string;
  readonly segments: readonly string[];
  /** Whether the last parameter of the route takes the rest of the path. */
  readonly greedily: boolean;
}

function search<R>(
  branch: Branch<R>,
  asked: Asked,
  depth: number,
  values: readonly string[],
): RouteMatch<R> | undefined {
  const { method, segments, greedily } = asked;
  const segment = segments[depth];
  if (segment === undefined) return greedily ? undefined : matchOf(branch.ends, method, values);
  const literal = branch.literals.get(segment);
  const byLiteral = literal === undefined ? undefined : search(literal, asked, depth + 1, values);
  if (byLiteral !== undefined) return byLiteral;
  if (branch.parameter !== undefined && segment !== '') {
    const withValue = [...values, segment];
    const byParameter = search(branch.parameter, asked, depth + 1, withValue);
    if (byParameter !== undefined) return byParameter;
  }
  const rest = greedily ? segments.slice(depth).join('/') : '';
  return rest === '' ? undefined : matchOf(branch.greedy, method, [...values, rest]);
}

function matchOf<R>(
  leaves: ReadonlyMap<string, Leaf<R>>,
  method: string,
  values: readonly string[],
): RouteMatch<R> | undefined {
  const leaf = leaves.get(method) ?? leaves.get('ANY');
  if (leaf === undefined) return undefined;
  const { route, parameterNames } = leaf;
  if (parameterNames.length === 0) return { route };
  const pathParameters = Object.fromEntries(parameterNames.map((name, index) => [name, values[index] ?? '']));
  return { route, pathParameters };
}

function childOf<R>(branch: Branch<R>, segment: string): Branch<R> {
  let child = branch.literals.get(segment);
  if (child === undefined) {
    child = createBranch();
    branch.literals.set(segment, child);
  }
  return child;
}

function createBranch<R>(): Branch<R> {
  return { literals: new Map(), ends: new Map(), greedy: new Map() };
}
