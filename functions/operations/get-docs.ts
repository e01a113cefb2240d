import { docs } from '../../shared/runtime/docs.ts';

/** The contract viewer: a page and its assets, served from the function's own bundle. */
export const handler = docs();
