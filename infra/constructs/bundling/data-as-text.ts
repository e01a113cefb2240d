import { readFile } from 'node:fs/promises';
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
      const text = JSON.stringify(JSON.parse(await readFile(path, 'utf8')));
      return { contents: `export default /* @__PURE__ */ JSON.parse(${JSON.stringify(text)});` };
    });
  },
};
