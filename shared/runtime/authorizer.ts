import { createHash, timingSafeEqual } from 'node:crypto';
import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
  Context as LambdaContext,
} from 'aws-lambda';
import { inTime } from './in-time.ts';
import { once } from './once.ts';

type Context = Readonly<Record<string, string>>;
type Answer = APIGatewaySimpleAuthorizerWithContextResult<Context>;

/** The headers that an authorizer reads. */
interface AuthorizerHeaders {
  /** Identifies the caller. */
  readonly caller: string;
  /** Proves that a request came through CloudFront. */
  readonly origin: string;
}

interface AuthorizerDeps {
  /** The value that CloudFront sends; undefined where the API is called directly. */
  readonly originProof: (() => Promise<string>) | undefined;
}

const refused: Answer = { isAuthorized: false, context: {} };

/**
 * A Lambda authorizer that identifies callers by one header; `identify` returns the data about the caller that routes
 * receive. Where CloudFront stands before the API, a request that did not come through it is refused. Routes that
 * need no caller then ask with the header of the origin alone.
 */
export function authorizer<Deps extends AuthorizerDeps>(
  headers: AuthorizerHeaders,
  deps: () => Deps,
  identify: (value: string, deps: Deps) => Promise<Context | undefined>,
) {
  const made = once(deps);
  const answer = async (event: APIGatewayRequestAuthorizerEventV2): Promise<Answer> => {
    const own = made();
    const proof = await own.originProof?.();
    if (proof !== undefined && !isSame(event.headers?.[headers.origin] ?? '', proof)) return refused;
    if (proof !== undefined && event.identitySource?.length === 1) return { isAuthorized: true, context: {} };
    const value = event.headers?.[headers.caller] ?? '';
    const context = value === '' ? undefined : await identify(value, own);
    return context === undefined ? refused : { isAuthorized: true, context };
  };
  return (event: APIGatewayRequestAuthorizerEventV2, lambda: LambdaContext): Promise<Answer> =>
    inTime(lambda, () => answer(event));
}

/** Compares in a time that tells nothing about the value. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
