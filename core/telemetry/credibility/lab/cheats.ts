import { CheatKind } from '../kinds.ts'
import { airCheats } from './air-cheats.ts'
import { craneCheats } from './crane-cheats.ts'
import type { Forge, Forged } from './forge.ts'
import { drawing } from './random.ts'
import { toldCheats } from './told-cheats.ts'
import type { World } from './world.ts'

const forges: Record<CheatKind, Forge> = { ...airCheats, ...toldCheats, ...craneCheats }

/** Forges the day of a world, by numbers of its own; null where in a few attempts nothing was worth it. */
export function forgedDay(kind: CheatKind, seed: number, world: World): Forged {
  const draw = drawing(seed * 31 + CheatKind.options.indexOf(kind))
  for (let attempt = 0; attempt < 4; attempt++) {
    const told = forges[kind]({ ...world, draw })
    if (told && wasTold(kind, world, told)) return told
  }
  return null
}

/** Where hardly a value was told meanwhile, nothing was forged. */
function wasTold(kind: CheatKind, { honest }: World, { forged }: NonNullable<Forged>): boolean {
  if (forged.length === 0 || !dustForgeries.has(kind)) return forged.length > 0
  const length = forged.reduce((sum, { from, until }) => sum + until - from, 0)
  const values = honest.series['a34002']!.filter(
    ({ at, flag }) => flag === 'N' && forged.some(({ from, until }) => at >= from && at < until),
  )
  return values.length * honest.periodSeconds * 1000 >= length / 2
}

/** Those that need values to forge. */
const dustForgeries = new Set<CheatKind>(
  CheatKind.options.filter((kind) => !['silent_when_bad', 'clock_drift', ...Object.keys(craneCheats)].includes(kind)),
)
