import { spawnSync } from 'node:child_process';
import { writeConsoleContract } from './write-contract.ts';

// The types of the contract are made first: the console is checked against what the routes are now.
await writeConsoleContract();
const { status } = spawnSync('npx', ['tsc', '-p', 'infra/console/tsconfig.json'], { stdio: 'inherit' });
process.exitCode = status ?? 1;
