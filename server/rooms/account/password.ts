import { hash, verify } from '@node-rs/argon2'
import { randomInt } from 'node:crypto'

// argon2id, 19 MiB, two passes: the least that OWASP advises.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** At most four at once: 76 MiB, and other requests keep their core. */
const atOnce = 4

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((go) => waiting.push(go))
  else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

export const hashPassword = (password: string) => inTurn(() => hash(password, cost))

/** Verifies against a hash, or, for an account that does not exist, against a decoy that costs the same. */
export async function passwordFits(known: string | undefined, password: string): Promise<boolean> {
  const fits = await inTurn(async () => verify(known ?? (await decoy), password))
  return known !== undefined && fits
}

const decoy = hash('no account has this password', cost)

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A first password to be read out or written down: no look-alike letters, 75 bits. */
export const newPassword = () =>
  Array.from({ length: 15 }, () => letters[randomInt(letters.length)])
    .join('')
    .replace(/(.{5})(?=.)/g, '$1-')
