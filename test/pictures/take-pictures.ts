import { openBrowser } from '../end-to-end/open-browser.ts';
import { takeConsolePictures } from './console-pictures.ts';
import { takeReportPictures } from './report-pictures.ts';
import { takeShopPictures } from './shop-pictures.ts';

const parts = { reports: takeReportPictures, shop: takeShopPictures, console: takeConsolePictures } as const;

/**
 * Takes the pictures of these parts of the documentation, in the Chromium of the browser tests; of all if none is
 * named. Gives whether all were taken; where there is no browser it says so.
 */
export async function takePictures(
  named: readonly (keyof typeof parts)[],
  say: (line: string) => void,
): Promise<boolean> {
  const opened = await openBrowser();
  if ('reason' in opened) {
    say(`SKIPPED: ${opened.reason}`);
    return true;
  }
  try {
    let isWell = true;
    for (const [name, take] of Object.entries(parts))
      if (named.length === 0 || named.some((one) => one === name))
        isWell = (await take(opened.browser, say)) && isWell;
    return isWell;
  } finally {
    await opened.browser.close();
  }
}
