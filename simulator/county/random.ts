/** A stream of pseudo-random numbers. The same seed and stream name give the same numbers on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number, both ends included. */
  int(low: number, high: number): number
  chance(probability: number): boolean
  /** Throws RangeError on an empty list. */
  pick<T>(list: readonly T[]): T
  /** Picks in proportion to the weights. Throws RangeError on an empty list. */
  weighted<T>(list: readonly (readonly [T, number])[]): T
}

/** Four 32-bit words from a text (cyrb128, public domain), so that seeds that differ little start far apart. */
function words(text: string): [number, number, number, number] {
  let a = 1779033703
  let b = 3144134277
  let c = 1013904242
  let d = 2773480762
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = b ^ Math.imul(a ^ code, 597399067)
    b = c ^ Math.imul(b ^ code, 2869860233)
    c = d ^ Math.imul(c ^ code, 951274213)
    d = a ^ Math.imul(d ^ code, 2716044179)
  }
  a = Math.imul(c ^ (a >>> 18), 597399067)
  b = Math.imul(d ^ (b >>> 22), 2869860233)
  c = Math.imul(a ^ (c >>> 17), 951274213)
  d = Math.imul(b ^ (d >>> 19), 2716044179)
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a]
}

/** sfc32 (Chris Doty-Humphrey's Small Fast Counter). A stream of its own per subject keeps one list from shifting another. */
export function random(seed: number, stream: string): Random {
  let [a, b, c, counter] = words(`${seed}/${stream}`)
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) next()

  const pick = <T>(list: readonly T[]): T => {
    if (!list.length) throw new RangeError('nothing to pick from')
    return list[Math.floor(next() * list.length)] as T
  }
  return {
    next,
    pick,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    weighted(list) {
      let left = next() * list.reduce((total, [, weight]) => total + weight, 0)
      for (const [value, weight] of list) if ((left -= weight) < 0) return value
      return pick(list)[0]
    },
  }
}
