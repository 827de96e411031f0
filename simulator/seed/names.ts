import { createHash } from 'node:crypto'

/**
 * The same words make the same request id, so that a loading that was broken off and begun again is answered with what
 * was already done.
 */
export const idOf = (...words: (string | number)[]): string =>
  createHash('sha256')
    .update(words.join('|'))
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')
