/** Takes the place of the reader of pictures in what prints. */
export default undefined;
