import { spawnSync } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { endWithReader } from '../../../infra/cli/command-line/reader-gone.ts';

describe('a command whose reader has gone', () => {
  it('ends without a message, as by SIGPIPE', () => {
    const program =
      "import { endWithReader } from './infra/cli/command-line/reader-gone.ts';" +
      'endWithReader(process.stdout, process.exit);' +
      'for (let line = 0; line < 100_000; line += 1) console.log(line);';
    const command = '"$0" --input-type=module -e "$1" | head -1; echo $PIPESTATUS';
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', command, process.execPath, program], {
      encoding: 'utf8',
      env: { NODE_NO_WARNINGS: '1' },
    });
    expect({ stdout, stderr }).toEqual({ stdout: '0\n141\n', stderr: '' });
  });

  it('ends with 141, and any other failure of the output is an error', () => {
    const output = new PassThrough();
    const codes: number[] = [];
    endWithReader(output, (code) => codes.push(code));
    output.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    expect(codes).toEqual([141]);
    expect(() => output.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }))).toThrow('full');
  });
});
