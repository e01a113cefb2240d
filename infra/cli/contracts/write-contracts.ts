import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { contractFiles } from './contract-files.ts';

// Writes OpenAPI, AsyncAPI and the JSON Schemas of the events from the zod schemas: `npm run contracts`.
const files = await contractFiles();
rmSync('events/generated', { recursive: true, force: true });
for (const [path, text] of files) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
console.log(`${files.size} files written under events/generated`);
