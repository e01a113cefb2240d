import type { Writable } from 'node:stream';

/** The exit code of a program that SIGPIPE ends, as a shell gives it: 128 + 13. */
const READER_GONE = 141;

/**
 * Ends the process without a message when the reader of its output has gone, as `| head` does after ten lines. Other
 * failures of the output stay errors.
 */
export function endWithReader(output: Writable, exit: (code: number) => void): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    exit(READER_GONE);
  });
}
