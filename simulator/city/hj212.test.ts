import { decode, takeFrames } from '@plumbline/core/codec/hj212'
import { getModel } from '@plumbline/core/device'
import { measurementsOf } from '@plumbline/core/telemetry'
import { expect, test } from 'vitest'
import { makeCity, readingsOf, speaksHj212, uploadOf } from './index.ts'
import { county, from } from './testing.ts'

const city = makeCity({ seed: 5, sites: 60, devices: 200, days: 2, from, county })
const monitors = city.devices.filter(({ kind }) => kind === 'dust')

/** Reads a frame with the gateway's own decoder, in the device's mode. */
function readBack(bytes: Uint8Array, crcMode: 'strict' | 'either') {
  const { frames } = takeFrames(bytes, bytes.length, { toleranceOf: () => ({ crc: crcMode, ending: 'crlf' }) })
  const [frame] = frames
  if (frames.length !== 1 || frame?.kind !== 'good') throw new Error('not one good frame')
  return decode(bytes, frame.dataStart, frame.dataEnd)
}

test('a frame of the wrong check value is refused by a strict reader, taken by one that knows such devices', () => {
  const device = monitors.find(({ modelCode }) => modelCode === 'dust-modbus')!
  const [frame] = readingsOf(city, device, city.start, city.start + 60_000, 60)
  const bytes = uploadOf(frame!, 0)
  expect(() => readBack(bytes, 'strict')).toThrow('not one good frame')
  expect(readBack(bytes, 'either').mn).toBe(device.number)
})

test.each(['dust-ug', 'dust-ng', 'dust-modbus'])(
  '%s sends five-minute means that are read back as they were',
  (code) => {
    const device = monitors.find(({ modelCode }) => modelCode === code)!
    const { unitProfile = 'ug', crcMode = 'strict' } = getModel(code)
    const mode = crcMode === 'either' ? 'either' : 'strict'
    for (const frame of readingsOf(city, device, city.start, city.until, 300, { means: true })) {
      const message = readBack(uploadOf(frame, 300), mode)
      expect(message).toMatchObject({
        cn: '2051',
        pw: device.password,
        wantsAnswer: true,
        dataTime: frame.told,
        problems: [],
      })
      const kept = measurementsOf(message.readings, 'm', unitProfile)
      expect(kept.map(({ quantity, value }) => [quantity, value])).toEqual(
        device.quantities.map((quantity, i) => [quantity, frame.values[i]]),
      )
    }
  },
)

test('a sprayer reports its state, and no two frames of a device bear one QN', () => {
  const device = city.devices.find(({ kind }) => kind === 'sprayer')!
  const seen = new Set<string | undefined>()
  let count = 0
  for (const frame of readingsOf(city, device, city.start, city.until, 300, { means: true })) {
    const message = readBack(uploadOf(frame, 300), 'strict')
    expect(message).toMatchObject({ cn: '2021', readings: [{ code: 'SB1', kind: 'RS', value: 0 }] })
    seen.add(message.qn)
    count += 1
  }
  expect(seen.size).toBe(count)
  expect(speaksHj212(device)).toBe(true)
})
