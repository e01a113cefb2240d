import type { EngineLimits } from './open-engine.ts';

/** Lambda gives a function one processor for this memory (AWS Lambda developer guide, "Memory and CPU"). */
const MB_A_PROCESSOR = 1_769;
/**
 * The part of a function's memory that the engine may take. Node, its buffers, the engine's code and what it takes
 * without counting have the rest. With more, reports of a million orders take more memory and are no faster.
 */
const ENGINE_SHARE = 0.34;

/** What the engine may use in a function with this memory. */
export function functionLimits(memoryMb: number): EngineLimits {
  return {
    memoryMb: Math.floor(memoryMb * ENGINE_SHARE),
    threads: Math.max(1, Math.round(memoryMb / MB_A_PROCESSOR)),
  };
}
