import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { getModel } from '@plumbline/core/device'
import { expect, test } from 'vitest'
import { type CityAsk, makeCity, truthHash } from '../simulator/city/index.ts'
import { type Lived, liveCity } from './life.ts'
import type { Seen } from './report.ts'
import { findAlarms, silenceIn } from './seen.ts'

const ask: CityAsk = { seed: 7, sites: 2, devices: 16, days: 1, from: '2026-10-01' }

const run = (...words: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'run.ts'), ...words], { encoding: 'utf8' })

test('a city of no devices, or from no day, is refused with the usage', () => {
  for (const words of [
    ['--devices', '0'],
    ['--from', 'tomorrow'],
  ]) {
    const { status, stderr } = run(...words)
    expect(status, words.join(' ')).toBe(1)
    expect(stderr).toContain(`${words[0]} takes a`)
    expect(stderr).toContain('npm run city -- ')
  }
})

test('another process tells the same truth of the same seed', () => {
  const { stdout } = run(...['--seed', '7', '--sites', '2', '--devices', '16', '--days', '1', '--truth'])
  expect(stdout).toContain(`truth ${truthHash(makeCity(ask))}\n`)
})

test('a day of a small city: of every protocol, no acknowledged frame is lost and nobody is called silent who spoke', async () => {
  const city = makeCity(ask)
  const protocolOf = (number: string) => getModel(city.devices.find((one) => one.number === number)!.modelCode).protocol
  const heard = new Set<string>()
  let lived: Lived | undefined
  let silence: Seen | undefined
  await liveCity(ask, {
    say: () => {},
    see: async (house, _city, seen) => {
      lived = seen
      const { rows } = await house.cluster.owner.query<{ mn: string }>(
        'select mn from device.device d where exists (select from telemetry.packet p where p.device_id = d.id)',
      )
      for (const { mn } of rows) heard.add(protocolOf(mn))
      silence = silenceIn(house, city, city.truth, await findAlarms(house))
    },
  })
  const speaking = city.devices.filter(({ number }) => protocolOf(number) !== 'modbus').length
  expect(lived).toMatchObject({ until: city.until, lost: 0 })
  expect(lived!.acknowledged).toBe(lived!.frames)
  expect(lived!.frames).toBeGreaterThan(0.9 * speaking * 288)
  expect([...heard].toSorted()).toEqual(['hj212', 'modbus', 'mqtt', 'push'])
  expect(silence).toMatchObject({ wrong: 0 })
  expect(silence!.found).toBe(silence!.truths)
}, 900_000)
