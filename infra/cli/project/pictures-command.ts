import type { Command } from 'commander';
import { exitWith } from '../command-line/exit-with.ts';
import { say } from '../terminal/say.ts';

/** `entrepot pictures`. */
export function addPictures(program: Command): void {
  program
    .command('pictures')
    .summary('take the pictures of reports in the documentation')
    .description(
      'Makes the pages of some reports on a made-up month and takes their pictures into docs/pictures, with the ' +
        'Chromium of the browser tests: at the width of a desktop and of a telephone, and from right to left. Looks ' +
        'differ by the fonts of the machine. Where Chromium cannot run, it says that it is skipped.',
    )
    .action(async () =>
      exitWith(await (await import('../../../test/pictures/take-pictures.ts')).takePictures(say)),
    );
}
