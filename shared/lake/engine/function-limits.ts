import type { EngineLimits } from './open-engine.ts';

/** Lambda gives a function one processor for this memory (AWS Lambda developer guide, "Memory and CPU"). */
const MB_A_PROCESSOR = 1_769;
/** The part of a function's memory that the engine may take: Node, its buffers and the engine's own code have the rest. */
const ENGINE_SHARE = 0.55;

/** What the engine may use in this function. Throws a RangeError outside of one. */
export function functionLimits(memory = process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE): EngineLimits {
  const memoryMb = Number(memory);
  if (!(memoryMb > 0)) throw new RangeError(`${memory} is no memory of a function in megabytes`);
  return {
    memoryMb: Math.floor(memoryMb * ENGINE_SHARE),
    threads: Math.max(1, Math.round(memoryMb / MB_A_PROCESSOR)),
  };
}
