import font from './dejavu-sans.json' with { type: 'json' };

/** The font of printed evidence: DejaVu Sans 2.37, with the scripts that are named beside it in `README.md`. */
export const fontFile = (): Buffer => Buffer.from(font.ttf, 'base64');
