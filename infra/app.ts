import { synthesiseApp } from './synthesise-app.ts';

// The program that cdk.json runs.
try {
  synthesiseApp();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
