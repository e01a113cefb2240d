import { reportError } from './command-line/report-error.ts';
import { buildProgram } from './program.ts';

try {
  const program = buildProgram();
  if (process.argv.length === 2) program.outputHelp();
  else await program.parseAsync(process.argv);
} catch (error) {
  // What a failed verb left open must not keep the process.
  process.exit(reportError(error));
}
