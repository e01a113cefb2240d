import { fileWay } from './file/way.ts';
import { httpWay } from './http/way.ts';
import type { SendingWay } from './way.ts';

/** THE REGISTRY of ways in which orders reach suppliers: to add one, add one line to this array. */
export const sendingWays: readonly SendingWay[] = [fileWay, httpWay];
