import type { Command } from 'commander';
import { path } from '../command-line/option-values.ts';
import { say } from '../terminal/say.ts';

/** `entrepot bundles`. */
export function addBundles(program: Command): void {
  program
    .command('bundles')
    .summary('the bundled code of the functions')
    .description('The bundled code of the functions.')
    .command('list')
    .summary("list the functions' bundles by size")
    .description("Lists the functions' bundles in a folder of synthesised stacks, the largest first.")
    .argument('[folder]', 'the folder of the synthesised stacks', path, 'cdk.out')
    .action(async (folder: string) => {
      const { bundleLines, listBundles } = await import('./list-bundles.ts');
      for (const line of bundleLines(listBundles(folder))) say(line);
    });
}
