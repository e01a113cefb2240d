/** The metadata of a function's resource that names the engine whose native code its package carries. */
export const ENGINE_METADATA = 'entrepot:engine';
