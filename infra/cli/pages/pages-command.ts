import type { Command } from 'commander';
import { say } from '../terminal/say.ts';

/** `entrepot pages`. `build` makes a second copy of the whole program: its help is on the pages. */
export function addPages(program: Command, build: () => Command): void {
  program
    .command('pages')
    .summary('the pages of docs/ that are computed')
    .description('The pages of docs/ that are computed.')
    .command('write')
    .summary('write the pages of docs/ that are computed, and the help texts')
    .description(
      'Writes the pages of docs/ that are computed from the code, and the help texts that are printed before anything ' +
        'is installed.',
    )
    .action(async () => {
      const { writePages } = await import('./write-pages.ts');
      await writePages(build, say);
    });
}
