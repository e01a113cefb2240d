#!/usr/bin/env node
// The command `entrepot`: prints help at once, and runs everything else on the Node release that the Lambda runtime
// has, after installing what is missing. Plain JavaScript without dependencies, because the Node that starts it may be
// too old to read TypeScript, and because nothing may be installed yet.
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
