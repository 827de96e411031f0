// Prints one fresh HJ 212 frame of the demo device that the simulator leaves silent:
//   npm run frame -- pm25=75.1 | nc 127.0.0.1 9212
// What npm prints before it holds no '##', so the receiver passes over it.
import { readFileSync } from 'node:fs'
import { messageFrame, sayQn, sayTime } from '@plumbline/core/codec/hj212'

const codes: Record<string, string> = {
  pm25: 'a34004',
  pm10: 'a34002',
  tsp: 'a34001',
  noise: 'LA',
  temperature: 'a01001',
  humidity: 'a01002',
  pressure: 'a01006',
  wind: 'a01007',
  direction: 'a01008',
}

function fail(sentence: string): never {
  process.stderr.write(
    `${sentence}\nusage: npm run frame -- pm25=75.1 [name=value …] [--bad-crc] [--mn=…]\n` +
      `names: ${Object.keys(codes).join(' ')}; pm25, pm10 and tsp in µg/m³\n`,
  )
  process.exit(2)
}

function readArguments(words: readonly string[]) {
  const readings = new Map<string, string>()
  let badCrc = false
  let mn: string | undefined
  for (const word of words) {
    if (word === '--bad-crc') badCrc = true
    else if (word.startsWith('--mn=')) {
      mn = word.slice(5)
      // HJ 212-2017 table 3: up to 24 characters.
      if (!/^[0-9A-Za-z]{1,24}$/.test(mn)) fail('--mn takes 1 to 24 letters and digits')
    } else {
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(word) ?? []
      const code = Object.hasOwn(codes, name) ? codes[name] : undefined
      if (code === undefined) fail(`not understood: ${word}`)
      if (!/^-?\d{1,9}(\.\d{1,6})?$/.test(value)) fail(`${name} takes a plain number such as 75.1, not "${value}"`)
      if (readings.has(code)) fail(`${name} is given twice`)
      readings.set(code, value)
    }
  }
  if (readings.size === 0) fail('no reading is given')
  return { readings, badCrc, mn }
}

function getDevice(): { mn: string; pw: string } {
  const path = new URL('../demo/frame-device.json', import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8')) as { mn: string; pw: string }
}

const { readings, badCrc, mn } = readArguments(process.argv.slice(2))
const device = getDevice()
const now = Date.now()
const groups = [...readings].map(([code, value]) => `;${code}-Rtd=${value},${code}-Flag=N`).join('')
const frame = messageFrame(
  { mn: mn ?? device.mn, pw: device.pw, st: '39', version: '2017' },
  { qn: sayQn(now), cn: '2011', wantsAnswer: true, cp: `DataTime=${sayTime(now)}${groups}` },
)
// The last digit of the check value, wrong by one bit: '0' to '1', '1' to '0'. It is always one of the two.
if (badCrc) frame[frame.length - 3]! ^= 1
process.stdout.write(frame)
