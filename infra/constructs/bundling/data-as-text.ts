import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Puts JSON files into a bundle as text that is parsed. As an object literal the same data takes the engine several
 * times as long, because it compiles them as code.
 */
export const dataAsText: Plugin = {
  name: 'data-as-text',
  setup({ onLoad }) {
    onLoad({ filter: /\.json$/ }, async ({ path }) => {
      // Parsed once here, so that a broken file stops the bundling, and spaces are not bundled.
      const data = JSON.parse(await readFile(path, 'utf8'));
      // The SDK names the version of each of its packages in its requests, and reads nothing else of them.
      const text = JSON.stringify(basename(path) === 'package.json' ? { version: data.version } : data);
      return { contents: `export default /* @__PURE__ */ JSON.parse(${JSON.stringify(text)});` };
    });
  },
};
