#!/usr/bin/env node
// The command `entrepot`. It prints help at once. Everything else runs on the Node release of the Lambda runtime, and
// missing packages are installed first. This file is plain JavaScript without dependencies: the Node that starts it
// may be too old to read TypeScript, and perhaps nothing is installed yet.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { helpFor } from './launcher/help.mjs';
import { installIfNeeded } from './launcher/install.mjs';
import { run } from './launcher/run.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const words = process.argv.slice(2);

const help = helpFor(words);
if (help !== undefined) process.stdout.write(help);
else if (installIfNeeded(root)) run(root, words);
