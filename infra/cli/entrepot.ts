import { endWithReader } from './command-line/reader-gone.ts';
import { reportError } from './command-line/report-error.ts';
import { buildProgram } from './program.ts';

endWithReader(process.stdout, process.exit);
try {
  const program = buildProgram();
  if (process.argv.length === 2) program.outputHelp();
  else await program.parseAsync(process.argv);
} catch (error) {
  // A failed command may have left something open that would keep the process running.
  process.exit(reportError(error));
}
