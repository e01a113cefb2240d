import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const PICTURES = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
/** A larger picture makes the repository heavy. */
const MAX_BYTES = 150_000;

export const DESKTOP = { width: 1280, height: 860 };
export const TELEPHONE = { width: 390, height: 844 };

/**
 * Writes what the page shows into docs/pictures, or the element of a selector. Gives whether the file is small enough,
 * and says its size.
 */
export async function savePicture(
  page: Page,
  { file, part }: { readonly file: string; readonly part?: string | undefined },
  say: (line: string) => void,
): Promise<boolean> {
  const path = join(PICTURES, file);
  const clip = part === undefined ? null : await page.locator(part).boundingBox();
  const isLong = clip !== null && clip.y + clip.height > (page.viewportSize()?.height ?? 0);
  await writeFile(path, await page.screenshot(clip === null ? {} : { clip, fullPage: isLong }));
  const { size: bytes } = await stat(path);
  say(`${file}: ${Math.round(bytes / 1_000)} KB${bytes > MAX_BYTES ? ', too large' : ''}`);
  return bytes <= MAX_BYTES;
}
