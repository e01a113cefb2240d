/** Takes one token at this time, given in milliseconds. Gives false when no token is left. */
export type TakeToken = (nowMs: number) => boolean;

/**
 * The token bucket by which the gateway throttles: it holds at most `burst` tokens and gains `ratePerSecond`.
 */
export function createTokenBucket(limits: {
  readonly burst: number;
  readonly ratePerSecond: number;
}): TakeToken {
  let tokens = limits.burst;
  let filledAtMs: number | undefined;
  return (nowMs) => {
    const gained = ((nowMs - (filledAtMs ?? nowMs)) / 1000) * limits.ratePerSecond;
    tokens = Math.min(limits.burst, tokens + gained);
    filledAtMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
