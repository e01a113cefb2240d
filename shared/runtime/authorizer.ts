import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
  Context as LambdaContext,
} from 'aws-lambda';
import { inTime } from './in-time.ts';
import { once } from './once.ts';

type Context = Readonly<Record<string, string>>;

/**
 * A Lambda authorizer that identifies callers by one header; `identify` returns the data about the caller that routes
 * receive.
 */
export function authorizer<Deps>(
  header: string,
  deps: () => Deps,
  identify: (value: string, deps: Deps) => Promise<Context | undefined>,
) {
  const made = once(deps);
  return async (
    event: APIGatewayRequestAuthorizerEventV2,
    lambda: LambdaContext,
  ): Promise<APIGatewaySimpleAuthorizerWithContextResult<Context>> => {
    const value = event.headers?.[header];
    const context =
      value === undefined || value === '' ? undefined : await inTime(lambda, () => identify(value, made()));
    return { isAuthorized: context !== undefined, context: context ?? {} };
  };
}
