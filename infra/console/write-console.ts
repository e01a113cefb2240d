import { buildConsole } from './build-console.ts';

// Writes the console into the folder of the first argument: the synthesis has to wait for it, and can't await.
const [, , folder] = process.argv;
if (folder === undefined) throw new Error('give the folder of the built console');
await buildConsole(folder);
