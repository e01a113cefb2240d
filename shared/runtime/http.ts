import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { z } from 'zod';
import { bodyLimitOf } from '../../events/body-limits.ts';
import { holdsCardNumber } from '../kernel/card-number.ts';
import { defined } from '../kernel/defined.ts';
import { fieldProblems } from '../kernel/issues.ts';
import { plainMessage } from '../kernel/plain-issue.ts';
import { type FieldProblem, invalid, ProblemError } from '../kernel/problem.ts';
import { type WantedVersions, wantedVersions } from '../kernel/version.ts';
import { answerError } from './answer-error.ts';
import { answerTo } from './answer-head.ts';
import { CARD_NUMBER, cardNumbersIn } from './card-numbers.ts';
import { clientAddress, clientNetwork } from './client-network.ts';
import type { HttpContract } from './http-contract.ts';
import { inTime } from './in-time.ts';
import { log } from './log.ts';
import { once } from './once.ts';
import { problems } from './problem-answer.ts';
import { readJson } from './read-json.ts';
import { isBehindProxy } from './settings.ts';

/** The caller, as the gateway's authorizer identified it. */
interface Caller {
  readonly storefrontId: string | undefined;
  /** Whether the storefront takes orders of which nothing is to be paid. */
  readonly takesFreeOrders: boolean;
  readonly subject: string | undefined;
  /** The only storefront whose figures the token may read; undefined for a token without such a limit. */
  readonly onlyStorefront: string | undefined;
  /** The network that the request came from. */
  readonly network: string;
  /** The device that the request came from. Personal data: handed to partners that ask for it, and kept nowhere. */
  readonly device: { readonly ip: string; readonly userAgent?: string };
}

export interface HttpRequest<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params: z.infer<P>;
  readonly query: z.infer<Q>;
  readonly body: z.infer<B>;
  /** Empty unless the contract requires one. */
  readonly idempotencyKey: string;
  /** The versions that may be changed, if the contract has versions and the caller named some. */
  readonly ifMatch: WantedVersions | undefined;
  /** The guest's order token, if one was sent. */
  readonly orderToken: string | undefined;
  readonly caller: Caller;
  readonly requestId: string;
  /**
   * Whether the caller asked for comma-separated values or a page, if the contract offers them, and takes gzip; and its
   * header `Accept-Language` as it came.
   */
  readonly accepts: {
    readonly csv: boolean;
    readonly html: boolean;
    readonly gzip: boolean;
    readonly language: string | undefined;
  };
}

export interface HttpAnswer {
  readonly status: number;
  readonly body?: unknown;
  /** Comma-separated values instead of a body. */
  readonly csv?: string;
  /** Bytes instead of a body, with the headers that say what they are. */
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A route's function. The contract parses the input before `handle` receives it. A refusal is answered as problem
 * details. An unexpected error becomes a 500 with only the request's id.
 */
export function http<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Deps>(
  contract: HttpContract<P, Q, B>,
  deps: () => Deps,
  handle: (request: HttpRequest<P, Q, B>, deps: Deps) => Promise<HttpAnswer>,
) {
  const made = once(deps);
  const answer = async (event: APIGatewayProxyEventV2) => {
    const request = readRequest(contract, event);
    const { status, body, csv, bytes, headers = {} } = await handle(request, made());
    log.info('COMPLETED', { route: contract.id, status });
    return {
      statusCode: status,
      headers: {
        'content-type': csv === undefined ? 'application/json' : 'text/csv; charset=utf-8',
        'cache-control': 'no-store',
        ...headers,
      },
      ...(body === undefined && csv === undefined ? {} : { body: csv ?? JSON.stringify(body) }),
      ...(bytes === undefined ? {} : { body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true }),
    };
  };
  return async (
    event: APIGatewayProxyEventV2,
    context: Context,
  ): Promise<APIGatewayProxyStructuredResultV2> => {
    try {
      return answerTo(event, await inTime(context, () => answer(event)));
    } catch (error) {
      return answerTo(event, answerError(error, event.requestContext.requestId, contract.id));
    }
  };
}

function readRequest<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  contract: HttpContract<P, Q, B>,
  event: APIGatewayProxyEventV2,
): HttpRequest<P, Q, B> {
  const context = event.requestContext as unknown as GatewayContext;
  const errors: FieldProblem[] = [];
  const read = <S extends z.ZodType>(schema: S | undefined, value: unknown, root: string): z.infer<S> => {
    if (schema === undefined) return undefined as z.infer<S>;
    const parsed = schema.safeParse(value, { error: plainMessage });
    if (!parsed.success) errors.push(...fieldProblems(parsed.error, root));
    return parsed.data as z.infer<S>;
  };
  refuseCardNumbers(event);
  const request = {
    params: read(contract.params, event.pathParameters ?? {}, '#/path'),
    query: read(contract.query, event.queryStringParameters ?? {}, '#/query'),
    body:
      contract.body === undefined
        ? (undefined as z.infer<B>)
        : read(contract.body, readJson(event, bodyLimitOf(contract.id)), ''),
    idempotencyKey: contract.idempotent === true ? idempotencyKey(event) : '',
    ifMatch: contract.versioned === true ? wantedVersions(event.headers['if-match']) : undefined,
    orderToken: bearer(event.headers.authorization),
    caller: {
      storefrontId: context.authorizer?.lambda?.storefrontId,
      takesFreeOrders: context.authorizer?.lambda?.takesFreeOrders === 'true',
      subject: context.authorizer?.jwt?.claims?.sub,
      onlyStorefront: context.authorizer?.jwt?.claims?.[STOREFRONT_CLAIM],
      network: clientNetwork(event, isBehindProxy()),
      device: deviceOf(event),
    },
    requestId: event.requestContext.requestId,
    accepts: {
      csv: names(event.headers.accept, 'text/csv'),
      html: names(event.headers.accept, 'text/html'),
      gzip: names(event.headers['accept-encoding'], 'gzip'),
      language: event.headers['accept-language'],
    },
  };
  // A token of one storefront opens only what is made for such readers.
  if (request.caller.onlyStorefront !== undefined && contract.readByStorefronts !== true)
    throw new ProblemError(problems.ofOneStorefront);
  if (errors.length > 0) throw new ProblemError(invalid(errors));
  return request;
}

/** Refused before anything else is read, so that no other problem names the parameter. */
function refuseCardNumbers({
  pathParameters = {},
  queryStringParameters = {},
}: APIGatewayProxyEventV2): void {
  const found = [
    ...cardNumbersIn(pathParameters, '#/path'),
    ...cardNumbersIn(queryStringParameters, '#/query'),
  ];
  if (found.length > 0) throw new ProblemError(invalid(found));
}

function deviceOf(event: APIGatewayProxyEventV2): Caller['device'] {
  const ip = clientAddress(event, isBehindProxy());
  return { ip, ...defined({ userAgent: event.requestContext.http.userAgent || undefined }) };
}

interface GatewayContext {
  readonly authorizer?: {
    readonly lambda?: { readonly storefrontId?: string; readonly takesFreeOrders?: string };
    readonly jwt?: { readonly claims?: { readonly sub?: string; readonly [STOREFRONT_CLAIM]?: string } };
  };
}

/** The claim of an access token that limits it to the figures of one storefront. */
const STOREFRONT_CLAIM = 'storefront_id';

/**
 * Whether a list of media types or codings in a header names this one. One with the weight zero is named to be refused
 * (RFC 9110, section 12.4.2).
 */
const names = (header: string | undefined, wanted: string): boolean =>
  (header ?? '').split(',').some((each) => {
    const [name, ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
    return name === wanted && !parameters.some((parameter) => /^q\s*=\s*0(\.0{0,3})?$/.test(parameter));
  });

/** The Idempotency-Key: a structured-field string in quotes, as in the draft, or bare, as most callers send it. */
function idempotencyKey(event: APIGatewayProxyEventV2): string {
  const raw = event.headers['idempotency-key']?.trim() ?? '';
  const key = /^"(.*)"$/.exec(raw)?.[1] ?? raw;
  if (key.length < 1 || key.length > 128) throw new ProblemError(problems.noKey);
  if (holdsCardNumber(key))
    throw new ProblemError(invalid([{ pointer: '#/headers/idempotency-key', ...CARD_NUMBER }]));
  return key;
}

function bearer(header: string | undefined): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1];
}
