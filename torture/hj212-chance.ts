import { type Chance } from '../core/codec/hj212/captures/made.ts'
import { isFrameSlowly } from '../core/codec/hj212/slow.ts'
import { decode, frameOf, parseTime, takeFrames, type Message } from '../core/codec/hj212/index.ts'

const said = {
  mn: '330482A89000160000000001',
  pw: '123456',
  dataTime: parseTime('20251120093000')!,
  values: { a34004: 68, a34002: 121, LA: 63.2, a01001: 14.6 } as Record<string, number>,
}
const frame = frameOf(
  `QN=20251120093000123;ST=39;CN=2011;PW=${said.pw};MN=${said.mn};Flag=5;CP=&&DataTime=20251120093000;` +
    `${Object.entries(said.values)
      .map(([code, value]) => `${code}-Rtd=${value},${code}-Flag=N`)
      .join(';')}&&`,
)

/** Upper bounds as the platform has them, in µg/m³, dB(A) and ℃, and what counts as a time near the present one. */
const most: Record<string, number> = { a34004: 10_000, a34002: 10_000, LA: 160, a01001: 70 }
const nearMillis = 86_400_000

/** What first shows that a frame is not the one that was sent; null when nothing does. */
function caughtBy(message: Message): string | null {
  if (message.mn !== said.mn || message.pw !== said.pw) return 'number or password'
  if (message.cn !== '2011' || message.problems.length > 0) return 'grammar'
  if (message.dataTime === undefined || Math.abs(message.dataTime - said.dataTime) > nearMillis) return 'time'
  const known = message.readings.filter(({ code, kind }) => kind === 'Rtd' && Object.hasOwn(most, code))
  if (known.some(({ code, value }) => value < -50 || value > most[code]!)) return 'bounds'
  const isSaid =
    message.dataTime === said.dataTime &&
    known.length === 4 &&
    known.every(({ code, value, flag }) => value === said.values[code] && flag === 'N')
  return isSaid ? 'the values are the ones sent' : null
}

/**
 * Annex A makes one of 256 check values. Two to four bytes of one frame are changed, mostly into digits, as the worst
 * case is; how many pass the check, and what catches those.
 */
export function byChance(count: number, chance: Chance): string {
  const caught = new Map<string, number>()
  let passed = 0
  for (let round = 0; round < count; round += 1) {
    const bytes = Uint8Array.from(frame)
    for (let left = 2 + chance(3); left > 0; left -= 1) {
      bytes[6 + chance(bytes.length - 12)] = chance(3) > 0 ? 48 + chance(10) : chance(256)
    }
    for (const taken of takeFrames(bytes, bytes.length).frames) {
      if (taken.kind === 'bad') continue
      if (!isFrameSlowly(bytes.subarray(taken.at, taken.end))) throw new Error('taken, and wrong by the reference')
      passed += 1
      const by = caughtBy(decode(bytes, taken.dataStart, taken.dataEnd)) ?? 'nothing'
      caught.set(by, (caught.get(by) ?? 0) + 1)
    }
  }
  const lines = [...caught].toSorted((a, b) => b[1] - a[1]).map(([by, times]) => `  shown by ${by}: ${times}`)
  const rate = passed > 0 ? ` (one in ${Math.round(count / passed)})` : ''
  return [`two to four bytes changed: ${count}, pass the check value ${passed}${rate}`, ...lines].join('\n')
}
