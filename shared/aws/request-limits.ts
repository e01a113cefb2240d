/** A dead connection must not use up the whole invocation: the call times out and is repeated. */
export const REQUEST_LIMITS = {
  connectionTimeout: 1_000,
  requestTimeout: 3_000,
  throwOnRequestTimeout: true,
} as const;
