import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { measuredAt } from './index.ts'
import { startMeter } from './meter.ts'
import { startSprayer } from './sprayer.ts'

const address = { mn: '990421A80000000000000001', pw: '123456', st: '39', version: '2017' as const }
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A platform that only listens, and speaks when told. */
async function openPlatform() {
  let text = ''
  let socket: Socket | undefined
  const server: Server = createServer((one) => {
    socket = one
    one.on('data', (chunk) => (text += chunk.toString('latin1')))
    one.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    socket?.destroy()
    server.close()
  })
  const bound = server.address()
  const until = async (wanted: RegExp) => {
    for (let tries = 0; tries < 200; tries += 1) {
      const found = wanted.exec(text)
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error(`never heard ${String(wanted)} in ${text}`)
  }
  const port = typeof bound === 'object' && bound ? bound.port : 0
  return { port, host: '127.0.0.1', until, say: (frame: string) => socket!.write(frame), heard: () => text }
}

/** By the words of Annex A, not by the code under test. */
function frameOf(data: string): string {
  let crc = 0xffff
  for (const byte of Buffer.from(data)) {
    crc = (crc >> 8) ^ byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return `##${String(data.length).padStart(4, '0')}${data}${crc.toString(16).toUpperCase().padStart(4, '0')}\r\n`
}
const order = (qn: string, cp: string) =>
  frameOf(`QN=${qn};ST=39;CN=3901;PW=123456;MN=${address.mn};Flag=5;CP=&&${cp}&&`)

const noon = Date.parse('2026-11-20T04:00:00Z')

test('an order past its time is refused and changes nothing', async () => {
  const platform = await openPlatform()
  const sprayer = startSprayer({ ...platform, address, clock: () => noon, units: 1, periodSeconds: 60, reactMillis: 5 })
  closing.push(() => sprayer.stop())
  await platform.until(/CN=2021/)
  platform.say(order('20261120120000001', 'Unit=1;On=1;ValidTo=20261120115900;MaxRun=1800'))
  await platform.until(/QN=20261120120000001;.*CN=9011;.*QnRtn=2/)
  expect(sprayer.state(1)).toBe(0)
})

test('an order is accepted, executed and reported; the same order again has no second effect', async () => {
  const platform = await openPlatform()
  const sprayer = startSprayer({ ...platform, address, clock: () => noon, units: 1, periodSeconds: 60, reactMillis: 5 })
  closing.push(() => sprayer.stop())
  await platform.until(/CN=2021/)
  const on = order('20261120120000001', 'Unit=1;On=1;ValidTo=20261120120100;MaxRun=1800')
  platform.say(on)
  await platform.until(
    /QN=20261120120000001;.*CN=9011;.*QnRtn=1[^]*QN=20261120120000001;.*CN=9012;.*ExeRtn=1[^]*CN=2021;.*SB1-RS=1/,
  )
  platform.say(order('20261120120000002', 'Unit=1;On=0;ValidTo=20261120120100;MaxRun=1800'))
  await platform.until(/QN=20261120120000002;.*CN=9012/)
  platform.say(on)
  await platform.until(/(QN=20261120120000001;[^#]*CN=9012[^]*){2}/)
  expect(sprayer.state(1)).toBe(0)
})

test('a sprayer stops by itself after its longest run', async () => {
  const platform = await openPlatform()
  const sprayer = startSprayer({ ...platform, address, clock: () => noon, units: 1, periodSeconds: 60, reactMillis: 5 })
  closing.push(() => sprayer.stop())
  await platform.until(/CN=2021/)
  platform.say(order('20261120120000001', 'Unit=1;On=1;ValidTo=20261120120100;MaxRun=1'))
  await platform.until(/SB1-RS=1[^]*SB1-RS=0/)
  expect(sprayer.state(1)).toBe(0)
})

test('a monitor reports what it measures, by the legal clock', async () => {
  const platform = await openPlatform()
  const meter = startMeter({ ...platform, address, clock: () => noon, seed: 7, periodSeconds: 1 })
  closing.push(() => meter.stop())
  const [frame] = await platform.until(/##\d{4}QN=20261120120000\d{3};ST=39;CN=2011;.*?\r\n/)
  expect(frame).toContain('DataTime=20261120120000')
  expect(frame).toContain(`a34004-Rtd=${measuredAt(7, address.mn, noon).a34004},a34004-Flag=N`)
})

test('a calm county stays calm: no hour of any monitor reaches 70', () => {
  for (let device = 0; device < 40; device += 1)
    for (let hour = 0; hour < 24 * 6; hour += 1) {
      const values = measuredAt(7, `MN${device}`, noon + hour * 600_000)
      expect(values.a34004).toBeGreaterThan(5)
      expect(values.a34004).toBeLessThan(70)
    }
})
