import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type CityDevice, makeActuators, valuesAt } from '../city/index.ts'
import { makeCounty } from '../county/index.ts'
import { livingCounty } from './county.ts'
import { keptBetween, playDevices } from './player.ts'

const noon = Date.parse('2026-11-20T04:00:00Z')
const city = livingCounty(makeCounty(7, '2026-11-20'), { seenAt: noon, historyDays: 42 })
const deviceOf = (kind: CityDevice['kind']) => city.devices.find((one) => one.kind === kind)!
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
    for (let tries = 0; tries < 300; tries += 1) {
      const found = wanted.exec(text)
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error(`never heard ${String(wanted)} in ${text}`)
  }
  const port = typeof bound === 'object' && bound ? bound.port : 0
  return { port, until, say: (frame: string) => socket!.write(frame), heard: () => text }
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

/** Plays one device at noon of the legal clock. Time goes by; what the device says slowly is said at once. */
async function play(kind: CityDevice['kind'], from = noon) {
  const platform = await openPlatform()
  const device = deviceOf(kind)
  const actuators = makeActuators(city)
  const began = Date.now()
  const clock = () => noon + (Date.now() - began)
  const hosts = { hj212Port: platform.port, mqttPort: 0, url: 'http://127.0.0.1:1' }
  const kept = keptBetween(from, noon, 300)
  const playing = await playDevices({ city, actuators, hosts, clock, devices: [{ device, kept }] })
  closing.push(() => playing.stop())
  const order = (qn: string, cp: string) =>
    platform.say(frameOf(`QN=${qn};ST=39;CN=3901;PW=${device.password};MN=${device.number};Flag=5;CP=&&${cp}&&`))
  const acknowledge = (qn: string) =>
    platform.say(frameOf(`QN=${qn};ST=91;CN=9014;PW=${device.password};MN=${device.number};Flag=4;CP=&&&&`))
  return { platform, device, actuators, order, acknowledge }
}

test('an order past its time is refused and changes nothing', async () => {
  const { platform, device, actuators, order } = await play('sprayer')
  await platform.until(/CN=2021/)
  order('20261120120000001', 'Unit=1;On=1;ValidTo=20261120115900;MaxRun=1800')
  await platform.until(/QN=20261120120000001;.*CN=9011;.*QnRtn=2/)
  expect(actuators.isRunning(device, noon + 60_000)).toBe(false)
})

test('an order is accepted, executed and reported; the same order again has no second effect', async () => {
  const { platform, device, actuators, order } = await play('sprayer')
  await platform.until(/CN=2021/)
  const on = ['20261120120000001', 'Unit=1;On=1;ValidTo=20261120120100;MaxRun=1800'] as const
  order(...on)
  await platform.until(
    /QN=20261120120000001;.*CN=9011;.*QnRtn=1[^]*QN=20261120120000001;.*CN=9012;.*ExeRtn=1[^]*CN=2021;.*SB1-RS=1/,
  )
  order('20261120120000002', 'Unit=1;On=0;ValidTo=20261120120100;MaxRun=1800')
  await platform.until(/QN=20261120120000002;.*CN=9012/)
  order(...on)
  await platform.until(/(QN=20261120120000001;[^#]*CN=9012[^]*){2}/)
  expect(actuators.isRunning(device, noon + 60_000)).toBe(false)
})

test('a sprayer stops by itself after its longest run, and says so at once', async () => {
  const { platform, order, acknowledge } = await play('sprayer')
  const [, qn] = await platform.until(/QN=(\d{17});ST=39;CN=2021/)
  acknowledge(qn!)
  order('20261120120000001', 'Unit=1;On=1;ValidTo=20261120120100;MaxRun=1')
  const [, state] = await platform.until(/SB1-RS=1[^]*QN=(\d{17});ST=39;CN=2021/)
  acknowledge(state!)
  await platform.until(/SB1-RS=1[^]*SB1-RS=0/)
})

test('a monitor reports what it measures, by the legal clock, and then what it kept, oldest first', async () => {
  const { platform, device, acknowledge } = await play('dust', noon - 600_000)
  const [frame, qn] = await platform.until(/##\d{4}QN=(20261120120000\d{3});ST=39;CN=2011;.*?\r\n/)
  expect(frame).toContain('DataTime=20261120120000')
  expect(frame).toContain(`a34004-Rtd=${valuesAt(city, device, noon)!['a34004']},a34004-Flag=N`)
  expect(platform.heard()).not.toContain('CN=2051')
  acknowledge(qn!)
  const [, first] = await platform.until(/QN=(\d{17});ST=39;CN=2051;[^#]*DataTime=20261120115000;a34004-Avg=/)
  acknowledge(first!)
  await platform.until(/CN=2051;[^#]*DataTime=20261120115500;/)
})
