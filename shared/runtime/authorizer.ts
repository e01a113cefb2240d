import middy from '@middy/core';
import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
} from 'aws-lambda';
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
  return middy<
    APIGatewayRequestAuthorizerEventV2,
    APIGatewaySimpleAuthorizerWithContextResult<Context>
  >().handler(async (event) => {
    const value = event.headers?.[header];
    const context = value === undefined || value === '' ? undefined : await identify(value, made());
    return { isAuthorized: context !== undefined, context: context ?? {} };
  });
}
