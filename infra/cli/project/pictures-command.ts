import { Argument, type Command } from 'commander';
import { exitWith } from '../command-line/exit-with.ts';
import { say } from '../terminal/say.ts';

/** `entrepot pictures`. */
export function addPictures(program: Command): void {
  program
    .command('pictures')
    .summary('take the pictures of reports, of the sample shop and of the console in the documentation')
    .description(
      'Makes the pages of some reports on a made-up month, and pays in the sample shop by every kind of flow, and opens an order in the console. Takes ' +
        'pictures into docs/pictures, with the Chromium of the browser tests: at the width of a desktop and of a ' +
        'telephone, and from right to left. Looks differ by the fonts of the machine. Where Chromium cannot run, it ' +
        'says that it is skipped.',
    )
    .addArgument(
      new Argument('[parts...]', 'the parts; all if none is named').choices(['reports', 'shop', 'console']),
    )
    .action(async (parts: readonly ('reports' | 'shop' | 'console')[]) =>
      exitWith(await (await import('../../../test/pictures/take-pictures.ts')).takePictures(parts, say)),
    );
}
