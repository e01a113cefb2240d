import middy from '@middy/core';
import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
} from 'aws-lambda';
import { once } from './once.ts';

type Context = Readonly<Record<string, string>>;

/** A Lambda authorizer that knows callers by one header; `identify` gives what the routes are told of the caller. */
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
