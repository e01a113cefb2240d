import type { z } from 'zod';
import { fieldProblems } from '../../../shared/kernel/issues.ts';
import { type FieldProblem, invalid, otherVersion, type Problem } from '../../../shared/kernel/problem.ts';
import { bodyTooLarge, problemAnswer, problems } from '../../../shared/runtime/problem-answer.ts';
import type { Described, DescribedRoute } from './described-routes.ts';
import type { Components, JsonSchema } from './json-schema.ts';

/** Every status of an operation: success first, then the refusals with their reasons. */
export function responses(route: DescribedRoute, components: Components): JsonSchema {
  const own = answers(route.contract, components);
  const refused = bothForms(gatewayResponses(route), problemResponses(route));
  const busy = withGatewayForm(refused[BUSY]);
  return { ...refused, ...own, [BUSY]: withOwnForm(busy, own[BUSY]) };
}

/** One response object of OpenAPI. */
interface Response {
  readonly description: string;
  readonly headers?: JsonSchema;
  readonly content?: JsonSchema;
}
type Responses = Record<string, Response>;

const BUSY = '503';

const retryAfter = {
  'Retry-After': {
    description: 'The seconds after which the request may be repeated. API Gateway itself does not send it.',
    schema: { type: 'integer', minimum: 1 },
  },
};

/** Where no function can run, API Gateway answers 503 before our code is reached. */
function withGatewayForm(problem: Response | undefined): Response {
  return {
    description: `${problem?.description}\n\nWhere too many functions run already, API Gateway gives this answer in its own form.`,
    headers: retryAfter,
    content: {
      ...problem?.content,
      'application/json': {
        schema: { $ref: '#/components/schemas/GatewayMessage' },
        example: { message: 'Service Unavailable' },
      },
    },
  };
}

/** A status that both the gateway and our function may answer has both forms. */
function bothForms(gateway: Responses, own: Responses): Responses {
  const both = Object.entries(own).flatMap(([status, response]) => {
    const other = gateway[status];
    if (other === undefined) return [];
    const description = `${response.description}\n\n${other.description}`;
    return [[status, { ...other, description, content: { ...response.content, ...other.content } }]];
  });
  return { ...gateway, ...own, ...Object.fromEntries(both) };
}

/** Adds what the route itself answers with the same status. */
function withOwnForm(refused: Response, own: Response | undefined): Response {
  if (own === undefined) return refused;
  return {
    ...refused,
    description: `${own.description}\n\n${refused.description}`,
    content: { ...refused.content, ...own.content },
  };
}

const version = {
  ETag: { description: 'The version of what is stored, for `If-Match`', schema: { type: 'string' } },
};

function answers({ answers, versioned }: Described, components: Components): Responses {
  const headers = versioned === true ? { headers: version } : {};
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, csv, html, pdf }]) => {
      if (pdf === true) return [status, { description, content: { 'application/pdf': { schema: {} } } }];
      if (schema === undefined) return [status, { description }];
      const json = { 'application/json': { schema: components.of(schema, 'output') } };
      const text = { schema: { type: 'string' } };
      const content = {
        ...json,
        ...(csv === undefined ? {} : { 'text/csv': text }),
        ...(html === undefined ? {} : { 'text/html': text }),
      };
      return [status, { description, ...headers, content }];
    }),
  );
}

/** The answers that API Gateway gives before it calls our function. They have its own short form. */
const gatewayMessages = {
  400: {
    key: 'The address or a header is malformed',
    token: 'The address or a header is malformed',
    message: 'Bad Request',
  },
  401: {
    key: 'The header `x-entrepot-key` is missing',
    token: 'A valid bearer token is missing',
    message: 'Unauthorized',
  },
  403: {
    key: 'No storefront has this key',
    token: 'The token does not have the scope',
    message: 'Forbidden',
  },
  429: {
    key: 'More requests a second than the stage accepts on this route',
    token: 'More requests a second than the stage accepts on this route',
    message: 'Too Many Requests',
  },
  431: {
    key: 'The request line and the values of the headers have more than 10,240 bytes together',
    token: 'The request line and the values of the headers have more than 10,240 bytes together',
    message: 'Request Header Fields Too Large',
  },
} as const;

function gatewayResponses({ trigger: { access } }: DescribedRoute): Responses {
  const isGuarded = access.kind === 'storefront' || access.kind === 'scope';
  return Object.fromEntries(
    ([400, 401, 403, 429, 431] as const)
      .filter((status) => isGuarded || (status !== 401 && status !== 403))
      .map((status) => {
        const { key, token, message } = gatewayMessages[status];
        const example = { message };
        return [
          status,
          {
            ...(status === 429 ? { headers: retryAfter } : {}),
            description: `${access.kind === 'scope' ? token : key}. API Gateway gives this answer in its own form.`,
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/GatewayMessage' }, example },
            },
          },
        ];
      }),
  );
}

function problemResponses(route: DescribedRoute): Responses {
  const documented = [...commonProblems(route), ...route.refusals];
  checkStatuses(route, documented);
  const byStatus = Map.groupBy(documented, ({ status }) => status);
  return Object.fromEntries([...byStatus].map(([status, alike]) => [status, problemResponse(alike)]));
}

/** The documented statuses must be exactly the statuses that the function declares. */
function checkStatuses({ contract, operationId }: DescribedRoute, documented: readonly Problem[]): void {
  const missing = (contract.problems ?? []).filter(
    (status) => !documented.some((problem) => problem.status === status),
  );
  if (missing.length > 0) throw new Error(`${operationId}: no example of a problem ${missing.join(', ')}`);
}

/** The problems that every route of this kind can answer. */
function commonProblems({ contract, trigger, maxBodyBytes }: DescribedRoute): Problem[] {
  const badBody = contract.body === undefined ? [] : [problems.notJson, problems.notJsonType];
  const tooLarge = maxBodyBytes === undefined ? [] : [bodyTooLarge(maxBodyBytes)];
  const badKey = contract.idempotent === true ? [problems.noKey] : [];
  const changed = contract.versioned === true && contract.body !== undefined ? [otherVersion] : [];
  // A partner's call is stored unread. Its errors are found when it is interpreted.
  const wrong = trigger.access.kind === 'signature' ? [] : wrongFields(contract);
  return [
    ...badBody,
    ...tooLarge,
    ...badKey,
    ...changed,
    ...(wrong.length === 0 ? [] : [invalid(wrong)]),
    ...(trigger.access.kind === 'scope' ? [problems.ofOneStorefront] : []),
    problems.busy,
    problems.internal,
  ];
}

/** The route's own answer to input that does not match its contract. */
function wrongFields({ body, query, params }: Described): FieldProblem[] {
  const [schema, root] =
    body !== undefined ? [body, ''] : query !== undefined ? [query, '#/query'] : [params, '#/path'];
  return schema === undefined ? [] : problemsOf(schema, root).slice(0, 3);
}

function problemsOf(schema: z.ZodType, root: string): FieldProblem[] {
  const shape = 'shape' in schema ? Object.keys(schema.shape as object) : [];
  const attempts = [{}, Object.fromEntries(shape.map((name) => [name, '?'])), { unknown: '?' }];
  for (const attempt of attempts) {
    const parsed = schema.safeParse(attempt);
    if (!parsed.success) return fieldProblems(parsed.error, root);
  }
  return [];
}

function problemResponse(alike: readonly Problem[]): Response {
  const values = alike.map((problem) => [problem.code, problem.title, bodyOf(problem)] as const);
  const byCode = new Map(values.map(([code, title, value]) => [code, { summary: title, value }]));
  const types = [...byCode.values()].map(({ value }) => value.type);
  return {
    description: [...byCode].map(([code, { value }]) => `\`${code}\`: ${value.detail}`).join('\n\n'),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: { type: { type: 'string', enum: types } } },
          ],
        },
        examples: Object.fromEntries(byCode),
      },
    },
  };
}

/** The problem exactly as a route answers it. */
function bodyOf(problem: Problem): { readonly type: string; readonly detail: string } {
  return JSON.parse(problemAnswer(problem, 'JKJaXmPLvHcESHA=').body ?? '{}') as {
    type: string;
    detail: string;
  };
}
