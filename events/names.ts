import type { FunctionPath } from './trigger.ts';

/**
 * The name of a function in logical ids and metrics: `3-payment/on-screening-released` gives
 * `PaymentOnScreeningReleased`. The number of the stage is left out, so that a new numbering of the stages changes no
 * deployed name.
 */
export function plainName(id: FunctionPath): string {
  const words = id.replace(/^\d+-/, '').split(/[-/]/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The folder of the journey that a function belongs to, without its number: `payment`. */
export function folderOf(id: FunctionPath): string {
  return id.replace(/^\d+-/, '').split('/')[0] ?? id;
}

/** The name of a resource that exists once for each stage. */
export function stageWide(stage: string, ...parts: readonly string[]): string {
  return ['entrepot', stage, ...parts].join('-');
}

/** The name of a function, and of its queue if it has one. */
export function functionName(stage: string, id: FunctionPath): string {
  return stageWide(stage, plainName(id));
}
