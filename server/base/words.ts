import { pinyin } from 'pinyin-pro'

const pairs = (text: string) => [...text].slice(0, -1).map((char, at) => char + [...text][at + 1])

/**
 * The words by which a text is found: single characters, pairs of neighbouring characters, and pairs of the pinyin
 * initials. Trigrams would miss two-character names. A query of several pairs must find them all.
 */
export function wordsOf(texts: readonly string[], as: 'record' | 'query' = 'record'): string[] {
  const words = new Set<string>()
  for (const text of texts) {
    for (const part of text.toLowerCase().split(/[\s,，、;；:：()（）〔〕[\]【】"'“”./\\-]+/u)) {
      if (!part) continue
      const chars = [...part].slice(0, 200)
      const plain = chars.join('')
      if (as === 'record' || chars.length === 1) for (const char of chars) words.add(char)
      for (const pair of pairs(plain)) words.add(pair)
      if (as === 'query') continue
      const initials = initialsOf(plain)
      if (initials !== plain) for (const initial of [...initials, ...pairs(initials)]) words.add(initial)
    }
  }
  return [...words]
}

const initialsOf = (text: string) =>
  pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'spaced' }).join('').toLowerCase()
