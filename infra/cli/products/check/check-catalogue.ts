import type { Progress } from '../../terminal/progress.ts';
import { checkDeployment } from './check-deployment.ts';
import { checkFile } from './check-file.ts';
import type { CheckOptions } from './check-options.ts';
import { checkJson, checkText } from './print-check.ts';

/**
 * Says for each product and each market whether it is priced: of a file by the repository's rules and editions, of a
 * running backend by its own. Gives whether all are. Throws {@link BadFile} with one line for each error of a file;
 * then nothing is checked.
 */
export async function checkCatalogue(
  options: CheckOptions,
  { progress, say }: { readonly progress: Progress; readonly say: (text: string) => void },
): Promise<boolean> {
  const { file } = options;
  if (file === undefined && (options.seller !== undefined || options.rates !== undefined))
    throw new Error('--seller and --rates go with --file: a backend has its own');
  const { checked, terms } =
    file === undefined ? await checkDeployment(options, progress) : await checkFile(file, options, progress);
  say(options.format === 'json' ? checkJson(checked, terms) : checkText(checked, terms, options.all));
  return checked.every(({ outcome }) => outcome !== 'refused');
}
