import { docs } from '../../shared/runtime/docs.ts';
import { once } from '../../shared/runtime/once.ts';
import { readSettings } from '../../shared/runtime/settings.ts';

/** The contract viewer: a page and its assets, served from the function's own bundle. */
export const handler = docs(once(() => readSettings()));
