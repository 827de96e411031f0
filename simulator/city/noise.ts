/**
 * Noise by counter, not by sequence: every number follows from a key and a whole number, so any moment can be computed
 * directly, in any order, and nothing is remembered between two of them.
 */

/** Thirty-two well mixed bits from two whole numbers (the finaliser found by Wellons' hash prospector, public domain). */
export function mix(key: number, n: number): number {
  let bits = key ^ Math.imul(n, 0x9e3779b1)
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d)
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b)
  return bits ^ (bits >>> 16)
}

/** In [0, 1). */
export const unit = (key: number, n: number): number => (mix(key, n) >>> 0) / 4294967296

/** In [-1, 1], most often near 0: the sum of two even halves of one hash. */
export function bell(key: number, n: number): number {
  const bits = mix(key, n)
  return ((bits & 0xffff) + (bits >>> 16)) / 65535 - 1
}

/** A key of its own for one part of what a key stands for. */
export const part = (key: number, which: number): number => mix(key ^ 0x5bd1e995, which)

/** The key of a name under a seed (FNV-1a over the text, then mixed). */
export function keyOf(seed: number, name: string): number {
  const text = `${seed}/${name}`
  let bits = 0x811c9dc5
  for (let i = 0; i < text.length; i++) bits = Math.imul(bits ^ text.charCodeAt(i), 0x01000193)
  return mix(bits, text.length)
}

/** A smooth curve in [-1, 1] through a random point every `period` seconds. */
export function wave(key: number, t: number, period: number): number {
  const x = t / period
  const n = Math.floor(x)
  const f = x - n
  const before = bell(key, n)
  return before + (bell(key, n + 1) - before) * f * f * (3 - 2 * f)
}

/** Rises as `x` does, and never reaches `cap`: up to four fifths of it unchanged. */
export function soften(x: number, cap: number): number {
  const knee = 0.8 * cap
  if (x <= knee) return x
  const over = (x - knee) / (cap - knee)
  return knee + ((cap - knee) * over) / (1 + over)
}

export const tenth = (value: number): number => Math.round(value * 10) / 10
export const hundredth = (value: number): number => Math.round(value * 100) / 100
export const clamp = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value
