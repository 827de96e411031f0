import type { Figure } from '../figure.ts'
import type { Options } from '../options.ts'
import { commandFigures } from './command.ts'
import { ruleFigures } from './rules.ts'

/** What rules cost for a reading, and how soon an excess opens the sprayer. */
export async function b4(options: Options): Promise<Figure[]> {
  const rules = await ruleFigures(options)
  for (const { what, figure, unit } of rules) options.say(`B4: ${what}: ${figure.toFixed(2)} ${unit}`)
  return [...rules, ...(await commandFigures(options))]
}
