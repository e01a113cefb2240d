import type { EngineLimits } from './open-engine.ts';

/** Lambda gives a function one processor for this memory (AWS Lambda developer guide, "Memory and CPU"). */
const MB_A_PROCESSOR = 1_769;
/** The part of a function's memory that the engine may take. Node, its buffers and the engine's code have the rest. */
const ENGINE_SHARE = 0.55;

/** What the engine may use in a function with this memory. */
export function functionLimits(memoryMb: number): EngineLimits {
  return {
    memoryMb: Math.floor(memoryMb * ENGINE_SHARE),
    threads: Math.max(1, Math.round(memoryMb / MB_A_PROCESSOR)),
  };
}
